import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nestedParts, topParts, topPath } from "../../../../src/table/cells/jsonPaths.ts";

type Parts = ReturnType<typeof topParts>;

/** The parts as `name=text`. */
const written = (parts: Parts): string | undefined => parts?.map(({ name, text }) => `${name}=${text}`).join(" ");

describe("the parts of a record", () => {
  for (const [text, expected] of [
    ['{"a":1,"b":"x"}', 'a=1 b="x"'],
    [' { "a" : 1 } ', "a=1"],
    [String.raw`{"a\n\u0041":[1]}`, "a\nA=[1]"],
    ["{}", ""],
    ['{"a":1', "a=1"],
    ['{"a":1 x "b":2}', undefined],
    ["[5,{},null]", "1=5 2={} 3=null"],
    [" [ 5 ] ", "1=5"],
    ["[]", ""],
    ["[1 2]", undefined],
    ["1", undefined],
    ['"{"', undefined],
    ["", undefined],
  ] as const) {
    it(`are ${JSON.stringify(expected)} for ${text}`, () => assert.equal(written(topParts(text)), expected));
  }
});

describe("the path of a member", () => {
  for (const [key, path] of [
    ["a", "a"],
    ["a b-c", "a b-c"],
    ["", '[""]'],
    ["a.b", '["a.b"]'],
    ["a[0]", '["a[0]"]'],
    ["]", '["]"]'],
    ['"', String.raw`["\""]`],
  ] as const) {
    it(`is ${path}`, () => assert.equal(topPath(key), path));
  }

  for (const [text, expected] of [
    ['{"name":1,"first.name":2,"":3}', 'user.name=1 user["first.name"]=2 user[""]=3'],
    ["[5,6]", "user[0]=5 user[1]=6"],
    ["{}", undefined],
    ["[]", undefined],
    ["1", undefined],
    ["[1 2]", undefined],
  ] as const) {
    it(`is written behind that of its value: ${JSON.stringify(expected)}`, () => {
      assert.equal(written(nestedParts("user", text)), expected);
    });
  }

  it("has a number in arrays of at most 32 elements", () => {
    const zeros = (count: number): string => `[${Array.from({ length: count }, () => 0).join(",")}]`;
    assert.equal(nestedParts("a", zeros(32))?.length, 32);
    assert.equal(nestedParts("a", zeros(33)), undefined);
    const members = Array.from({ length: 33 }, (_, at) => `"${at}":0`).join(",");
    assert.equal(nestedParts("a", `{${members}}`)?.length, 33);
  });
});
