import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hasInvisibles, inPlainSigns } from "../../../../src/webview/table/invisibles.ts";

describe("Characters that have no shape", () => {
  it("get a sign with their code: direction overrides, zero-width spaces, controls, tabs", () => {
    assert.equal(inPlainSigns("user\u202Egpj.exe"), "user[U+202E]gpj.exe");
    assert.equal(inPlainSigns("a\u200Bb\uFEFF"), "a[U+200B]b[U+FEFF]");
    assert.equal(inPlainSigns("\u0000\t"), "[U+0000][U+0009]");
    assert.equal(inPlainSigns("pay\u200Dpal"), "pay[U+200D]pal");
  });

  it("are left alone where a script or an emoji is written with them", () => {
    for (const text of ["👩‍👩‍👧", "👩🏽‍🚀", "می‌خواهم", "क्‍ष", "❤️‍🔥"]) {
      assert.equal(hasInvisibles(text), false, text);
      assert.equal(inPlainSigns(text), text);
    }
  });

  it("are not seen in plain text", () => {
    assert.equal(hasInvisibles("Müller, 12 € – “ok” 日本語 עברית"), false);
  });
});
