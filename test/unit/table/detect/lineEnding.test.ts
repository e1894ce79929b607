import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { detectDialect } from "../../../../src/table/detect/dialect.ts";
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
