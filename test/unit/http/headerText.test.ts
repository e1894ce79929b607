import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { headerText } from "../../../src/http/headerText.ts";

/** As the HTTP parser hands a header over: each byte is one character. */
const received = (bytes: Buffer): string => bytes.toString("latin1");

describe("the text of a header", () => {
  for (const text of ["plain", "", "données.csv", "表.csv", "🎁"]) {
    it(`is read as UTF-8: ${text}`, () =>
      assert.equal(headerText("content-disposition", received(Buffer.from(text))), text));
  }

  it("is read as ISO 8859-1 if it isn't UTF-8", () => {
    assert.equal(headerText("content-disposition", received(Buffer.from("donn\u00e9es.csv", "latin1"))), "données.csv");
  });

  for (const name of ["etag", "last-modified"]) {
    it(`is not decoded in ${name}, because that is sent back unchanged`, () => {
      const value = received(Buffer.from('"é漢"'));
      assert.equal(headerText(name, value), value);
    });
  }
});
