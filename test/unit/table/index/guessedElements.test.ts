import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { guessElements } from "../../../../src/table/index/guessedElements.ts";
import { rowsIn, windowOf } from "./guesses.ts";

const guessed = (text: string, atBegin?: boolean): string[] => rowsIn(text, guessElements(windowOf(text, atBegin)));

describe("the elements of a JSON array in the middle of a file", () => {
  for (const [what, text, rows] of [
    ["objects", '"a":1},{"a":2},{"a":3}', ['{"a":2},', '{"a":3}']],
    ["objects with spaces", '"a":1} ,\n {"a":2} , {"a":3}', ['\n {"a":2} ,', ' {"a":3}']],
    ["arrays", "1,2],[3,4],[5,6]", ["[3,4],", "[5,6]"]],
    ["objects with lists of objects", '"a":[{"b":1},{"b":2}]},{"a":[{"b":3},{"b":4}]}', ['{"a":[{"b":3},{"b":4}]}']],
    ["numbers", "11,22,33", ["22,", "33"]],
    ["strings with commas", '1,"a,b","c,d"', ['"a,b",', '"c,d"']],
    ["up to the end of the array", '"a":1},{"a":2}],"b":3', ['{"a":2}']],
    ["from inside of a string", 'ab, cd"},{"a":"x"},{"a":"y"}', ['{"a":"x"},', '{"a":"y"}']],
    ["with brackets in strings", '"a":"},{"},{"a":"]["},{"a":1}', ['{"a":"]["},', '{"a":1}']],
    [
      "with escaped quotes in strings",
      String.raw`"a":"\"},{\""},{"a":"\\"},{"a":1}`,
      [String.raw`{"a":"\\"},`, '{"a":1}'],
    ],
    ["behind half of an escape", String.raw`"},{"a":1},{"a":2}`, ['{"a":1},', '{"a":2}']],
    ["none", "abc", []],
    ["nothing", "", []],
    ["backslashes alone", String.raw`\\\\`, []],
  ] as const) {
    it(`are found: ${what}`, () => assert.deepEqual(guessed(text), rows));
  }

  it("are exact at the beginning of the array", () => {
    assert.deepEqual(guessed('{"a":1},{"a":2}', true), ['{"a":1},', '{"a":2}']);
    assert.deepEqual(guessed('{"a":"},{"},2],3', true), ['{"a":"},{"},', "2"]);
    assert.deepEqual(guessed("1", true), ["1"]);
  });

  it("are divided outside of strings if both ways fit, and inside if only that fits", () => {
    assert.deepEqual(guessed('},{"a":1},{"a":2'), ['{"a":1},', '{"a":2']);
    assert.deepEqual(guessed('xyz"},{"a":"xyz"},{"a":"xyz'), ['{"a":"xyz"},', '{"a":"xyz']);
  });
});
