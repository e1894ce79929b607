import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { detectContent } from "../../../../src/table/detect/detectContent.ts";
import { layOutJson } from "../../../../src/table/detect/jsonLayout.ts";
import { processorMs } from "../../model/processorTime.ts";

const few = 8 * 1024;
const times = 8;
/** In proportion to the length, with room for a busy machine. Twice as long for each byte would be `times` squared. */
const mostTimes = 24;

function detect(text: string): void {
  detectContent(Buffer.from(text), { fileName: "export.csv", whole: true, readAs: {} });
}

describe("The beginning of a file is understood in a time in proportion to its length, if it consists of", () => {
  for (const [what, beginning, repeated] of [
    ["carriage returns", "a,b\n1,2\n", "\r"],
    ["carriage returns in a cell", "a,b\n1,2\n3,", "\r\rx"],
    ["carriage returns before the end of a cell", 'a,b\n1,2\n3,"', "\r"],
    ["quotes", "a,b\n1,2\n", '"'],
    ["backslashes", 'a,b\n1,2\n"', "\\"],
    ["delimiters", "a,b\n1,2\n", ",;\t|"],
    ["brackets", "", "["],
    ["objects without an end", "", '{"a":'],
    ["blank lines", "a,b\n1,2\n", " \n"],
  ] as const) {
    it(what, () => {
      const text = (length: number): string => beginning + repeated.repeat(length / repeated.length);
      const short = processorMs(() => detect(text(few)));
      const long = processorMs(() => detect(text(few * times)));
      assert.ok(long < mostTimes * short + 20, `${long} ms for ${times} times as much, and ${short} ms before`);
    });
  }
});

describe("JSON that is no table is laid out in a time in proportion to its length, if it consists of", () => {
  for (const [what, repeated] of [
    ["brackets", "[],"],
    ["numbers", "1, "],
    ["something damaged", "' "],
  ] as const) {
    it(what, () => {
      const layOut = (length: number): unknown => layOutJson(repeated.repeat(length / repeated.length), length);
      const short = processorMs(() => layOut(few * 4));
      const long = processorMs(() => layOut(few * 4 * times));
      assert.ok(long < mostTimes * short + 20, `${long} ms for ${times} times as much, and ${short} ms before`);
    });
  }
});
