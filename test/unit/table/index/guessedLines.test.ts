import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { guessLines } from "../../../../src/table/index/guessedLines.ts";
import type { Grammar } from "../../../../src/table/scan/scanner.ts";
import { rowsIn, windowOf } from "./guesses.ts";

const commas: Grammar = { kind: "delimited", delimiter: 44, quote: 34, newline: 10 };
const plain: Grammar = { ...commas, quote: undefined };

function guessed(text: string, { grammar = commas, columns = 2, atBegin = false } = {}): string[] {
  return rowsIn(text, guessLines(windowOf(text, atBegin), grammar, columns));
}

describe("rows in the middle of a file", () => {
  it("begin after the first newline, or at the beginning of the file", () => {
    assert.deepEqual(guessed("a,b\nc,d\ne,f"), ["c,d\n", "e,f"]);
    assert.deepEqual(guessed("a,b\nc,d\n", { atBegin: true }), ["a,b\n", "c,d\n", ""]);
    assert.deepEqual(guessed("a,b"), []);
    assert.deepEqual(guessed('x"\nc,d\n', { grammar: plain }), ["c,d\n", ""]);
    assert.deepEqual(guessed("a,b\rc,d\r", { grammar: { ...commas, newline: 13 } }), ["c,d\r", ""]);
  });

  it("begin outside of quotes if that leaves fewer stray quotes", () => {
    assert.deepEqual(guessed('1,"x\ny"\n2,"z"\n'), ['2,"z"\n', ""]);
    assert.deepEqual(guessed('a\nb",1\n"c\nd",2\n'), ['"c\nd",2\n', ""]);
    assert.deepEqual(guessed('a\n"b" ,1\n'), ['"b" ,1\n', ""]);
    assert.deepEqual(guessed('a,b\r\n"c"\r\n"d",e\r\n'), ['"c"\r\n', '"d",e\r\n', ""]);
  });

  it("begin where more of them have the expected number of fields, if quotes decide nothing", () => {
    const text = 'x\n",1,5\n",\n",2,6\n",';
    assert.deepEqual(guessed(text, { columns: 3 }), ['",\n",2,6\n', '",']);
    assert.deepEqual(guessed(text, { columns: 2 }), ['",1,5\n",\n', '",2,6\n",']);
    assert.deepEqual(guessed("a\nb,c\n", { columns: 2 }), ["b,c\n", ""]);
  });

  it("follow backslashes and spaces before quotes if the grammar has them", () => {
    const escapes = String.raw`a\"` + '\nb",c\n"d\ne",f\n';
    assert.deepEqual(guessed(escapes, { grammar: { ...commas, escapes: true } }), ['"d\ne",f\n', ""]);
    const spaces = 'a\nb", "c\nd"\ne, "f"\n';
    assert.deepEqual(guessed(spaces, { grammar: { ...commas, skipsSpaces: true } }), ['e, "f"\n', ""]);
  });
});
