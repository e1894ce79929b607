import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Utf8Check } from "../../../../src/table/index/utf8Check.ts";

/** What is found in a text that arrives in stretches. */
function checked(
  stretches: readonly Uint8Array[],
  from = 0,
): { hasCharacters: boolean; wrongFrom: number | undefined } {
  const check = new Utf8Check();
  let byte = from;
  for (const stretch of stretches) {
    check.pass(stretch, byte);
    byte += stretch.length;
  }
  return { hasCharacters: check.hasCharacters, wrongFrom: check.wrongFrom };
}

describe("A file that is read as UTF-8", () => {
  it("has no other bytes, wherever it is divided", () => {
    for (const character of ["é", "€", "😀"]) {
      const bytes = Buffer.from(`abc ${character} def ${character}${character} ghi`);
      for (let cut = 0; cut <= bytes.length; cut++) {
        const found = checked([bytes.subarray(0, cut), bytes.subarray(cut)]);
        assert.deepEqual(found, { hasCharacters: true, wrongFrom: undefined }, `${character} cut at ${cut}`);
      }
    }
    assert.deepEqual(checked([Buffer.from("abc")]), { hasCharacters: false, wrongFrom: undefined });
  });

  it("is wrong from the stretch on in which other bytes are, and what follows says nothing", () => {
    const [ascii, utf8, latin1] = [Buffer.from("abc"), Buffer.from("é, ü\n"), Buffer.from("\xe9, \xfc\n", "latin1")];
    assert.deepEqual(checked([ascii, latin1, utf8], 10), { hasCharacters: false, wrongFrom: 13 });
    assert.deepEqual(checked([utf8, latin1, latin1]), { hasCharacters: true, wrongFrom: 7 });
  });

  it("is wrong if a character is cut off where no stretch ends", () => {
    for (const wrong of [
      "c3 61 62 63 64",
      "e2 82 61 62 63 64",
      "f0 9f 98 61 62 63 64",
      "61 80 80 80 80",
      "80 80 80 80 61",
    ]) {
      const bytes = Buffer.from(wrong.replaceAll(" ", ""), "hex");
      assert.equal(checked([bytes]).wrongFrom, 0, wrong);
    }
  });

  it("is wrong if what is cut off at the end of a stretch doesn't continue in the next one, or begins there", () => {
    const latin1 = Buffer.from("Jos\xe9\nZo\xeb\n", "latin1");
    for (let cut = 0; cut <= latin1.length; cut++) {
      const found = checked([latin1.subarray(0, cut), latin1.subarray(cut)]);
      assert.equal(found.wrongFrom, cut > 4 ? 0 : cut, `cut at ${cut}`);
      assert.equal(found.hasCharacters, false);
    }
    assert.equal(checked([Buffer.from("Jos\xe9", "latin1"), Buffer.from("\nAnn\n")]).wrongFrom, 4);
    assert.equal(checked([Buffer.from("80616263", "hex")]).wrongFrom, 0);
  });

  it("is told what another check found in the rows that follow, unless it knows better", () => {
    const check = new Utf8Check();
    check.passed(20, undefined, false);
    assert.deepEqual([check.wrongFrom, check.hasCharacters], [undefined, false]);
    check.passed(60, 70, true);
    assert.deepEqual([check.wrongFrom, check.hasCharacters], [70, true]);
    check.passed(40, 50, false);
    assert.deepEqual([check.wrongFrom, check.hasCharacters], [70, true]);
    const cut = new Utf8Check();
    cut.pass(Buffer.from("abc\xc3", "latin1"), 0);
    cut.passed(4, undefined, true);
    assert.equal(cut.wrongFrom, 4);
    for (const text of ["abc", "é", "€", "😀"]) {
      const whole = new Utf8Check();
      whole.pass(Buffer.from(text), 0);
      whole.passed(4, undefined, true);
      assert.equal(whole.wrongFrom, undefined, text);
    }
  });
});
