import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cut, damaged, elementsOf, endOfValue, membersOf, skipSpace } from "../../../../src/table/cells/jsonSlices.ts";

/** The texts of the elements, and what is known of the end. */
function elements(text: string): readonly [string[], number] {
  const { slices, end } = elementsOf(text, 0);
  return [slices.map(({ from, to }) => text.slice(from, to)), end];
}

function members(text: string): readonly [string[], number] {
  const { slices, end } = membersOf(text, 0);
  return [slices.map(({ key, from, to }) => `${text.slice(key.from, key.to)}=${text.slice(from, to)}`), end];
}

describe("The elements of a JSON array", () => {
  it("are found up to its closing bracket, with or without white space", () => {
    assert.deepEqual(elements("[]x"), [[], 2]);
    assert.deepEqual(elements("[ \n]"), [[], 4]);
    assert.deepEqual(elements('[1,"a]",[2,3],{"b":4}] x'), [["1", '"a]"', "[2,3]", '{"b":4}'], 22]);
    assert.deepEqual(elements("[ 1 , 2 ]"), [["1", "2"], 9]);
  });

  it("include an incomplete last one if the text is cut off", () => {
    assert.deepEqual(elements("[1,[2"), [["1", "[2"], cut]);
    assert.deepEqual(elements('[1,"a'), [["1", '"a'], cut]);
    assert.deepEqual(elements("[1"), [["1"], cut]);
    assert.deepEqual(elements("[1,"), [["1"], cut]);
    assert.deepEqual(elements("["), [[], cut]);
  });

  it("end before damage", () => {
    assert.deepEqual(elements("[1,oops,2]"), [["1"], damaged]);
    assert.deepEqual(elements("[1 2]"), [["1"], damaged]);
    assert.deepEqual(elements("[,1]"), [[], damaged]);
    assert.deepEqual(elements("[1,]"), [["1"], damaged]);
  });
});

describe("The members of a JSON object", () => {
  it("are found up to its closing brace, with keys and values", () => {
    assert.deepEqual(members("{}"), [[], 2]);
    assert.deepEqual(members('{"a":1, "b}" : {"c":2}}x'), [['"a"=1', '"b}"={"c":2}'], 23]);
  });

  it("include an incomplete last value if the text is cut off, but no key alone", () => {
    assert.deepEqual(members('{"a":1,"b":"x'), [['"a"=1', '"b"="x'], cut]);
    for (const text of ['{"a":1,', '{"a":1,"b', '{"a":1,"b"', '{"a":1,"b" ']) {
      assert.deepEqual(members(text), [['"a"=1'], cut], text);
    }
  });

  it("end before damage", () => {
    for (const text of ['{"a":1,b:2}', '{"a":1,"b" 2}', '{"a":1,"b":oops}', '{"a":1 "b":2}', '{"a":1,}']) {
      assert.deepEqual(members(text), [['"a"=1'], damaged], text);
    }
  });
});

describe("The end of a JSON value", () => {
  it("is after its last character", () => {
    for (const value of [
      "1",
      "-1.5e+3",
      "true",
      "null",
      "NaN",
      "-Infinity",
      '"a\\\\"',
      '"a\\"]"',
      "[[]]",
      '{"a":"}"}',
    ]) {
      assert.equal(endOfValue(`${value},`, 0), value.length, value);
      assert.equal(endOfValue(`x ${value}`, 2), 2 + value.length, value);
    }
  });

  it("is missing if the text ends too early", () => {
    for (const text of ["", "-", "1.", "1e", "1e+", "1.5e-", "tru", "N", "-Inf", '"a', '"a\\"', "[1", '["]']) {
      assert.equal(endOfValue(text, 0), cut, text);
    }
  });

  it("is missing if there is no value", () => {
    for (const text of ["x", "1x", "1.x", "truest", "]", "1.5.2", "--1", "+1", "Infinite"]) {
      assert.equal(endOfValue(text, 0), damaged, text);
    }
  });
});

describe("White space of JSON", () => {
  it("is space, tab and both line breaks, and nothing else", () => {
    assert.equal(skipSpace("a \t\r\nb", 1), 5);
    assert.equal(skipSpace("\u00a0a", 0), 0);
    assert.equal(skipSpace("\va", 0), 0);
    assert.equal(skipSpace("  ", 0), 2);
  });
});
