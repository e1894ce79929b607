import assert from "node:assert/strict";
import { join, posix, relative, win32 } from "node:path";
import { describe, it } from "node:test";

import fc from "fast-check";

import { addToBaseName, safeFileName, splitExtension } from "../../../src/disk/fileNames.ts";

/** Names as an attacker, a service in any language, or a mistake would make them. */
const hostilePiece = fc.constantFrom(
  ..."../ ..\\ / \\ . .. ~ C: c:\\ con nul.txt COM1 LPT9. aux.csv .part .part.json .part.lock .PART .csv .json .csv.gz".split(
    " ",
  ),
  ...["\u0000", "\u202e", "\u200f", "\u2066", "\ufeff", "\u0007", "\u007f", "\u0085", "\u2028", "\ud800", "\u200d"],
  ...[" ", "  ", ".", "...", ":", "*", "?", '"', "<", ">", "|", "e\u0301", "\u0301", "👩‍👩‍👧", "漢字", "ﬁ", "\u00a0"],
);
const hostileName = fc
  .array(fc.oneof(hostilePiece, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), { maxLength: 12 })
  .map((pieces) => pieces.join(""));
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/i;

function assertSafe(name: string, maxBytes: number): void {
  assert.notEqual(name, "");
  assert.ok(Buffer.byteLength(name) <= maxBytes, `${Buffer.byteLength(name)} bytes`);
  assert.equal(name, name.normalize("NFC"));
  assert.doesNotMatch(name, /[\p{Cc}\p{Cs}\u2028\u2029<>:"/\\|?*]|\p{Bidi_Control}/u);
  assert.doesNotMatch(name, /^[. ]|[. ]$/);
  assert.doesNotMatch(name, device);
  assert.doesNotMatch(name, /\.part(\.json|\.lock)?$/i);
  for (const path of [posix, win32]) {
    assert.equal(path.basename(name), name);
    assert.equal(path.isAbsolute(name), false);
  }
  assert.equal(relative("/folder", join("/folder", name)), name);
}

describe("a safe file name", () => {
  it("stays in its folder and is valid on every file system, whatever name it is made from", () =>
    fc.assert(
      fc.property(hostileName, hostileName, fc.integer({ min: 32, max: 255 }), (name, fallback, maxBytes) =>
        assertSafe(safeFileName(name, fallback, maxBytes), maxBytes),
      ),
      { numRuns: 3_000 },
    ));

  it("does not change if it is made safe again", () =>
    fc.assert(
      fc.property(hostileName, fc.integer({ min: 32, max: 255 }), (name, maxBytes) => {
        const safe = safeFileName(name, "fallback.csv", maxBytes);
        assert.equal(safeFileName(safe, "other", maxBytes), safe);
      }),
      { numRuns: 2_000, examples: [[`${"\u{10000}".repeat(7)} .part.json\0`, 32]] },
    ));

  for (const name of [
    "Transactions_Export-12345.csv",
    "part-0001.json",
    "données été.csv",
    "売上.csv",
    "a b (2).csv.gz",
  ]) {
    it(`is ${name} itself if that is safe`, () => assert.equal(safeFileName(name, "fallback"), name));
  }

  for (const [name, safe] of [
    ["../../etc/passwd", "etc_passwd"],
    ["..\\..\\evil.csv", "evil.csv"],
    ["C:\\Users\\me\\a.csv", "Users_me_a.csv"],
    ["/abs/a.csv", "abs_a.csv"],
    ["con.csv", "con_.csv"],
    ["NUL", "NUL_"],
    ["a:b.csv", "a_b.csv"],
    [".hidden.csv", "hidden.csv"],
    ["a.csv. . ", "a.csv"],
    ["a.csv.part", "a.csv_part"],
    ["a.csv.part.json", "a.csv_part.json"],
    ["invoice\u202egpj.csv", "invoice_gpj.csv"],
    ["e\u0301.csv", "é.csv"],
  ] as const) {
    it(`is ${JSON.stringify(safe)} for ${JSON.stringify(name)}`, () =>
      assert.equal(safeFileName(name, "fallback"), safe));
  }

  for (const name of ["", ".", "..", "...", "/", " ", "\u200d", "\u0000", "///"]) {
    it(`is the fallback if nothing readable is left of ${JSON.stringify(name)}`, () =>
      assert.equal(safeFileName(name, "export-7.csv"), "export-7.csv"));
  }

  it("keeps its extension and only whole characters if it has to be shortened", () => {
    assert.equal(safeFileName(`${"x".repeat(300)}.csv.gz`, "f"), `${"x".repeat(248)}.csv.gz`);
    assert.equal(safeFileName(`${"👩‍👩‍👧".repeat(60)}.csv`, "f"), `${"👩‍👩‍👧".repeat(13)}.csv`);
    assert.equal(safeFileName(`${"é".repeat(300)}.json`, "f", 100), `${"é".repeat(47)}.json`);
  });

  it("has no extension if the text after its dot is a whole sentence", () => {
    const name = safeFileName(`Report. ${"word ".repeat(100)}`, "f");
    assert.ok(name.startsWith("Report. word word"), name);
  });
});

describe("the parts of a file name", () => {
  it("include the extension with its dot, and both parts of a double extension", () => {
    assert.deepEqual(splitExtension("a.b.csv"), { base: "a.b", extension: ".csv" });
    assert.deepEqual(splitExtension("a.csv.gz"), { base: "a", extension: ".csv.gz" });
    assert.deepEqual(splitExtension("README"), { base: "README", extension: "" });
  });

  it("allow an addition before the extension", () => {
    assert.equal(addToBaseName("a.csv", " (2)"), "a (2).csv");
    const long = addToBaseName(`${"x".repeat(251)}.csv`, " (2)");
    assert.equal(long, `${"x".repeat(247)} (2).csv`);
  });
});
