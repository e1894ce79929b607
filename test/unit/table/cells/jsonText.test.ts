import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { afterString, compactJson, decodeString, parses } from "../../../../src/table/cells/jsonText.ts";

describe("JSON without white space", () => {
  for (const [text, compact] of [
    ["", ""],
    ["[1]", "[1]"],
    [" [ 1 ,\t2\r\n] ", "[1,2]"],
    ['{ "a b" : " c " }', '{"a b":" c "}'],
    [String.raw`[ "a\" b" , 1.10 ]`, String.raw`["a\" b",1.10]`],
    [String.raw`[ "a\\" , "b" ]`, String.raw`["a\\","b"]`],
    ['[ "a b', '["a b'],
    ["1 2", "12"],
    ["[1,\u00a02]", "[1,\u00a02]"],
  ] as const) {
    it(`is ${JSON.stringify(compact)} of ${JSON.stringify(text)}`, () => assert.equal(compactJson(text), compact));
  }
});

describe("a decoded string", () => {
  for (const [text, decoded] of [
    ['"a"', "a"],
    ['""', ""],
    ['"a', "a"],
    ['"', ""],
    [String.raw`"a\n\u00e9\"b"`, 'a\né"b'],
    [String.raw`"a\n`, "a\n"],
    [String.raw`"a\n\ `.trim(), "a\n"],
    [String.raw`"a\\`, "a\\"],
    [String.raw`"a\\\ `.trim(), "a\\"],
    [String.raw`"a\n\u`, "a\n"],
    [String.raw`"a\n\u0`, "a\n"],
    [String.raw`"a\n\u00e`, "a\n"],
    [String.raw`"a\n\u00e9`, "a\né"],
    [String.raw`"a\\u00e`, "a\\u00e"],
    [String.raw`"a\nu00`, "a\nu00"],
    [String.raw`"a\x"`, String.raw`"a\x"`],
  ] as const) {
    it(`is ${JSON.stringify(decoded)} of ${text}`, () => assert.equal(decodeString(text), decoded));
  }
});

describe("the end of a string", () => {
  for (const [text, at, end] of [
    ['"ab",', 0, 4],
    ['x"ab",', 1, 5],
    [String.raw`"a\"b",`, 0, 6],
    [String.raw`"a\\",b"`, 0, 5],
    ['"ab', 0, 3],
    [String.raw`"ab\ `.trim(), 0, 4],
    ['"', 0, 1],
  ] as const) {
    it(`is ${end} in ${text}`, () => assert.equal(afterString(text, at), end));
  }
});

describe("whether a text is valid JSON", () => {
  for (const text of ["1", '"NaN"', "NaN", "[NaN,-Infinity,Infinity]", '{"a":NaN,"b":"Infinity \\" NaN"}', " [] "]) {
    it(`${text} is`, () => assert.equal(parses(text), true));
  }
  for (const text of ["", "nan", "[NaN", "[aNaN]", "[NaN1]", "{NaN:1}", '"NaN', "+NaN", "[1,]", '["a" NaN]']) {
    it(`${JSON.stringify(text)} is not`, () => assert.equal(parses(text), false));
  }
});
