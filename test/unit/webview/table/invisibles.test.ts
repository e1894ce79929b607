import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inPlainSigns } from "../../../../src/webview/table/invisibles.ts";

describe("Invisible characters", () => {
  it("are shown by a sign with their code: direction overrides, zero-width spaces, controls, tabs", () => {
    assert.equal(inPlainSigns("user\u202Egpj.exe"), "user[U+202E]gpj.exe");
    assert.equal(inPlainSigns("a\u200Bb\uFEFF"), "a[U+200B]b[U+FEFF]");
    assert.equal(inPlainSigns("\u0000\t"), "[U+0000][U+0009]");
    assert.equal(inPlainSigns("pay\u200Dpal"), "pay[U+200D]pal");
    assert.equal(inPlainSigns("a\u034Fb\u{E0041}"), "a[U+034F]b[U+E0041]");
  });

  it("aren't marked if a script or an emoji needs them", () => {
    for (const text of ["👩‍👩‍👧", "👩🏽‍🚀", "می‌خواهم", "क्‍ष", "❤️‍🔥"]) {
      assert.equal(inPlainSigns(text), text);
    }
  });
});
