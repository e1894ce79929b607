import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hasHeader } from "../../../../src/table/detect/header.ts";

/** Rows with `;` between rows and `,` between cells. */
const isHeader = (text: string): boolean => hasHeader(text.split(";").map((row) => row.split(",")));

describe("the first row has names", () => {
  for (const text of [
    "id,name;1,a;2,b",
    "id,name",
    "a;b;c",
    "id,2024;1,5;2,6",
    "x,1800,1801;a,5,6",
    "x,2199;a,5",
    "x,2020,2021;a,2021,2022",
    "2020,2021;2020,2021.5;2021,7",
    "2022,2021,2020;1,2,3",
    "2020,2030,2040;1,2,3",
    "0,1,2;1.5,3,7",
    ",0,1;0,5,7;1,7,9",
    "id,n/a;1,5;2,6",
    "id,2024-01-01;1,5;2,6",
    "id,name;id,name",
    "id,name;1,a;id,name,more;2,b,c",
    "on,off;open,1;closed,2",
    "a,b,1;x,y,z",
    "a,1;x,1.5;x,2.5;x,a",
    "name,1;2,3",
  ]) {
    it(`in ${text}`, () => assert.equal(isHeader(text), true));
  }

  it("if there is no row, because exports have names", () => assert.equal(hasHeader([]), true));
});

describe("the first row has values", () => {
  for (const text of [
    "1,2;3,4",
    "a,1",
    "1",
    "true,x",
    "2024-01-01,x",
    "x,1799;a,5",
    "x,2200;a,5",
    "x,2020.5;a,5",
    "x,2020;a,2021",
    "2020;5",
    "2020,2020;1,2",
    "2020,2021,2023;1,2,3",
    "1,2;5,6",
    "0,1;5,6;7,8;8,9",
    "0,2;5,6",
    "0.5,1.5;3,7",
    "x,2024-01-01;y,2024-01-02",
    "x,true;y,false",
    "1,n/a;2,3",
    "open,FR;open,DE;closed,FR",
    "a,b;a,c;d,b",
    "5,a;6,b",
    "1,5,2,5;1,6,2,4",
    "12:30,a;12:45,b",
    "+1 5,a;-2 7,b",
    "a,0,1;2024-01-01,5,6;b,6,7",
  ]) {
    it(`in ${text}`, () => assert.equal(isHeader(text), false));
  }

  for (const placeholder of [
    "n/a",
    "NA",
    "nan",
    "none",
    "NULL",
    "nil",
    "unknown",
    "undefined",
    "inf",
    "-inf",
    "-",
    "---",
    "?",
    ".",
    "#n/a",
    " na ",
  ]) {
    it(`if one of them is only missing: ${placeholder}`, () => {
      assert.equal(isHeader(`1,${placeholder};2,3;4,5`), false);
      assert.equal(isHeader(`1,x${placeholder}x;2,3;4,5`), true);
    });
  }
});

describe("a value of the first row that occurs below", () => {
  it("speaks against names only if that is so in more than half of the columns", () => {
    assert.equal(isHeader("a,b;a,c"), true);
    assert.equal(isHeader("a,b,c;a,b,d"), false);
    assert.equal(isHeader("a,b,;a,c,"), true);
    assert.equal(isHeader("a,,;a,x,y"), false);
  });

  it("is the header again if the whole row is the same", () => {
    assert.equal(isHeader("a,b;x,y;a,b"), true);
    assert.equal(isHeader("a,b;a,b,c;x,y"), true);
    assert.equal(isHeader("a;a;b"), false, "a single name can be a value");
  });
});
