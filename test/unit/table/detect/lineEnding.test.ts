import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { detectDialect } from "../../../../src/table/detect/dialect.ts";
import { lineEnding } from "../../../../src/table/detect/lineEnding.ts";
import type { ReadAs } from "../../../../src/table/tableTypes.ts";

const newlineOf = (text: string, readAs: ReadAs): number => detectDialect(text, true, "export.csv", readAs).newline;

describe("the character that ends rows", () => {
  it("ignores line breaks in the chosen quotes", () => {
    const row = "'1\n\n\n2','3'\r";
    assert.equal(newlineOf(row.repeat(4), { quote: "'" }), 13);
  });

  it("does not take a quote after a backslash for the end of a value if backslashes were chosen", () => {
    const row = String.raw`"say \"hi","1`.concat('\n\n\n2"\r');
    assert.equal(newlineOf(row.repeat(4), { quote: '"', escape: "backslash" }), 13);
  });

  it("is the line feed if a file with CR LF, or CR CR LF, ends between them", () => {
    assert.equal(newlineOf("a,b\r\n1,2\r", {}), 10);
    assert.equal(newlineOf("a,b\r\r\n1,2\r", {}), 10);
    assert.equal(newlineOf("a,b\n1,2\r3,4\r", {}), 13);
  });

  it("counts every line break if there are no quotes", () => {
    assert.equal(newlineOf(`a,b"\r${"5,6\r".repeat(6)}a"\nb\n`, { quote: "" }), 13);
  });
});

describe("the line ending of a text", () => {
  const [lf, cr] = [{ newline: 10 }, { newline: 13 }];
  for (const [text, ending] of [
    ["", lf],
    ["a", lf],
    ["a\nb\n", lf],
    ["a\r\nb\r\n", lf],
    ["a\r\r\nb\r\r\n", lf],
    ["a\r", lf],
    ["a\rb", cr],
    ["a\rb\r", cr],
    ["a\n\rb\n\r", cr],
    ["a\n\rb\n\rc\n", cr],
    ["a\n\rb\rc\n\rd", lf],
    ["a\n\rb\nc\n\rd", lf],
    ["\ra\n\rb\n\r", lf],
    ['"a\n\rb"\r\n"c"\r\nd\r\n', lf],
    ['"a\nb"\r"c\nd"\r', cr],
    ['"a\rb"\n"c\rd"\n', lf],
    ['"a\rb\nc"', { newline: 10, firstEnd: 13 }],
    ["a\rb\nc\nd", { newline: 10, firstEnd: 13 }],
    ["a\rb\r\nc\r\nd", { newline: 10, firstEnd: 13 }],
    ["a\nb\rc\rd", { newline: 13, firstEnd: 10 }],
    ["a\rb\rc\nd\ne", lf],
    ["a\rb\rc\rd\ne", cr],
    ["a\nb\nc\rd\re\rf\rg\rh", cr],
    ["a\nb\nc\rd\re\rf\rg", lf],
    ["a\nb\r\rc\rd\r\re", { newline: 13, firstEnd: 10 }],
    ["a\n\nb\rc\rd\re", lf],
    ["a\nb\nc\r", lf],
    ["a\r\nb\nc\r", lf],
  ] as const) {
    it(`is ${JSON.stringify(ending)} in ${JSON.stringify(text)}`, () => assert.deepEqual(lineEnding(text), ending));
  }

  it("counts other quotes if they are chosen, or none", () => {
    assert.deepEqual(lineEnding("'a\nb'\r'c\nd'\r", { quote: "'" }), cr);
    assert.deepEqual(lineEnding("'a\nb\nc'\r'd'\r"), lf);
    assert.deepEqual(lineEnding('"a\rb\rc\rd\re\rf"\n"g"\n', { quote: "" }), cr);
    assert.deepEqual(lineEnding("'a\n\rb'\r\nc\r\n", { quote: "'" }), lf);
    assert.deepEqual(lineEnding("^a\nb^\r^c\nd^\r", { quote: "^" }), cr);
  });

  it("counts what is in quotes if there is nothing else", () => {
    assert.deepEqual(lineEnding('"a\rb\rc\rd\ne'), cr);
    assert.deepEqual(lineEnding('"a\rb\nc\nd\ne'), { newline: 10, firstEnd: 13 });
  });
});
