import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { guessValues } from "../../../../src/table/index/guessedValues.ts";
import { rowsIn, windowOf } from "./guesses.ts";

const guessed = (text: string, atBegin?: boolean): string[] => rowsIn(text, guessValues(windowOf(text, atBegin)));

describe("JSON values in the middle of a file", () => {
  for (const [text, rows] of [
    ['x}{"a":1}', ['{"a":1}']],
    ['x}\n{"a":1}\n[2]', ['{"a":1}\n', "[2]"]],
    ["x]\r[1]", ["[1]"]],
    ["x}\u001e{}", ["{}"]],
    ["x} \t\n{}", ["{}"]],
    ["x}\u001e\n\u001e[1]", ["[1]"]],
    ['"a":{"b":1}}{"c":2}', ['{"c":2}']],
    ['"a":[{"b":1},{"c":2}]}', []],
    ["x} {}", []],
    ["x},{}", []],
    ["x}\n,\n{}", []],
    ["1\n{}", []],
    ["\n{}", []],
    ["{}", []],
    ["", []],
  ] as const) {
    it(`are ${JSON.stringify(rows)} in ${JSON.stringify(text)}`, () => assert.deepEqual(guessed(text), rows));
  }

  it("include the first one at the beginning of the file", () => {
    assert.deepEqual(guessed('{"a":1}{"b":2}', true), ['{"a":1}', '{"b":2}']);
    assert.deepEqual(guessed("", true), [""]);
  });
});
