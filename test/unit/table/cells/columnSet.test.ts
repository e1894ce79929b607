import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { columnName, columnNames } from "../../../../src/table/cells/columnNames.ts";
import { ColumnSet, mostJsonColumns } from "../../../../src/table/cells/columnSet.ts";
import { nestedParts, topParts, topPath } from "../../../../src/table/cells/jsonPaths.ts";

const fill = (set: ColumnSet, count: number): void => {
  for (let at = 0; at < count; at += 1) set.indexOf(`k${at}`, "1");
};

describe("the columns of JSON records", () => {
  it("are added in the order in which they appear, with the type of their first value", () => {
    const set = new ColumnSet();
    assert.deepEqual([set.indexOf("a", "1"), set.indexOf("b", ""), set.indexOf("a", "x")], [0, 1, 0]);
    assert.deepEqual(set.columns, [
      { name: "a", type: "number" },
      { name: "b", type: "text" },
    ]);
    assert.deepEqual([set.version, set.has("a"), set.has("c"), set.free], [2, true, false, mostJsonColumns - 2]);
  });

  it("are at most 2,000, and one more for what is left", () => {
    const set = new ColumnSet();
    fill(set, 1999);
    assert.deepEqual([set.free, set.indexOf("last", "1"), set.free, set.indexOf("more", "1")], [1, 1999, 0, undefined]);
    assert.equal(set.version, 2000);
    assert.deepEqual([set.overflowIndex(), set.overflowIndex(), set.version, set.free], [2000, 2000, 2001, 0]);
    assert.deepEqual(set.columns[2000], { name: "…", type: "json" });
    assert.equal(set.indexOf("last", "1"), 1999);
  });

  it("have a name for what is left that no key has", () => {
    const set = new ColumnSet();
    fill(set, 1998);
    set.indexOf("…", "1");
    set.indexOf("……", "1");
    set.overflowIndex();
    assert.equal(set.columns[2000]?.name, "………");
  });

  it("can be those of another reader, with the column for what is left", () => {
    const other = new ColumnSet();
    fill(other, 2000);
    other.overflowIndex();
    const set = new ColumnSet(other.columns);
    assert.deepEqual(set.columns, other.columns);
    assert.deepEqual(
      [set.version, set.overflowIndex(), set.version, set.has("…"), set.indexOf("k7", "")],
      [0, 2000, 0, false, 7],
    );
  });

  it("can get their types from several rows", () => {
    const set = new ColumnSet();
    fill(set, 2);
    set.typeBy([["x", "2024-01-01"], ["y"]]);
    assert.deepEqual(set.columns, [
      { name: "k0", type: "text" },
      { name: "k1", type: "date" },
    ]);
  });
});

describe("the names of columns", () => {
  it("are those of the header, and numbers where it has none", () => {
    assert.deepEqual(columnNames(["a", ""], 3), ["a", "Column 2", "Column 3"]);
    assert.deepEqual(columnNames(["a", "b", "c"], 2), ["a", "b", "c"]);
    assert.deepEqual(columnNames([], 0), []);
    assert.deepEqual([columnName(undefined, 0), columnName("", 1), columnName(" ", 1)], ["Column 1", "Column 2", " "]);
  });
});

describe("the parts of a JSON value", () => {
  it("are the members of an object or the numbered elements of an array", () => {
    assert.deepEqual(topParts(' {"a" : 1, "b\\n":[2]}'), [
      { name: "a", text: "1" },
      { name: "b\n", text: "[2]" },
    ]);
    assert.deepEqual(topParts(' [1,{"a":2}]'), [
      { name: "1", text: "1" },
      { name: "2", text: '{"a":2}' },
    ]);
    assert.deepEqual(
      [topParts("{}"), topParts("[]"), topParts("1"), topParts('"a"'), topParts("")],
      [[], [], undefined, undefined, undefined],
    );
  });

  it("are none if something else is between them, but those that are there if it is cut off", () => {
    assert.deepEqual([topParts('{"a":1,b}'), topParts("[1,oops]")], [undefined, undefined]);
    assert.deepEqual([topParts('{"a":1,'), topParts("[1,")], [[{ name: "a", text: "1" }], [{ name: "1", text: "1" }]]);
  });

  it("have paths that can't be confused with keys", () => {
    assert.deepEqual(["a", "a b", "a.b", "a[b", "a]b", 'a"b', ""].map(topPath), [
      "a",
      "a b",
      '["a.b"]',
      '["a[b"]',
      '["a]b"]',
      '["a\\"b"]',
      '[""]',
    ]);
    assert.deepEqual(
      nestedParts("p", '{"a":1,"b.c":2,"":3}')?.map(({ name }) => name),
      ["p.a", 'p["b.c"]', 'p[""]'],
    );
    assert.deepEqual(nestedParts("p", "[5,6]"), [
      { name: "p[0]", text: "5" },
      { name: "p[1]", text: "6" },
    ]);
  });

  it("are not nested if there are none, or more than 32 elements of an array", () => {
    for (const text of ["{}", "[]", "1", '"{}"', "[1 2]"]) assert.equal(nestedParts("p", text), undefined, text);
    const array = (length: number): string => `[${Array(length).fill("1").join()}]`;
    assert.equal(nestedParts("p", array(32))?.length, 32);
    assert.equal(nestedParts("p", array(33)), undefined);
    const members = Array.from({ length: 33 }, (_, at) => `"k${at}":1`).join();
    assert.equal(nestedParts("p", `{${members}}`)?.length, 33, "an object may have any number of members");
  });
});
