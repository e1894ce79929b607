import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";
import { root } from "../../../../project/checkout.ts";
import { mutantsOf } from "../../../../scripts/mutation/mutants.ts";
import { type FileMutant, partOf, sampleOf } from "../../../../scripts/mutation/sample.ts";

const file = path.join(root, "src/source.ts");
const lines = Array.from({ length: 100 }, (_, index) => `const a${index} = b${index} ?? c;`);

function mutantsIn(text: readonly string[]): FileMutant[] {
  return mutantsOf(text.join("\n"), file).map((mutant) => ({ ...mutant, file }));
}

const texts = (mutants: readonly FileMutant[]): string[] => mutants.map(({ lineText, text }) => `${lineText} ${text}`);

describe("a sample of mutants", () => {
  it("has the requested size, in the order of the text, without repetition", () => {
    const sample = sampleOf(mutantsIn(lines), 40, "1");
    assert.equal(new Set(sample).size, 40);
    assert.deepEqual(
      sample.map(({ start }) => start),
      sample.map(({ start }) => start).toSorted((one, other) => one - other),
    );
  });

  it("is the same for the same seed, and another one for another seed", () => {
    assert.deepEqual(sampleOf(mutantsIn(lines), 40, "1"), sampleOf(mutantsIn(lines), 40, "1"));
    assert.notDeepEqual(sampleOf(mutantsIn(lines), 40, "1"), sampleOf(mutantsIn(lines), 40, "2"));
  });

  it("stays the same in places where the source is unchanged", () => {
    const before = texts(sampleOf(mutantsIn(lines), 40, "1"));
    const after = texts(sampleOf(mutantsIn(["f();", ...lines]), 40, "1"));
    assert.ok(before.filter((text) => after.includes(text)).length >= 39);
  });

  it("distinguishes equal lines", () => {
    const sample = sampleOf(mutantsIn(lines.map(() => "const a = b ?? c;")), 40, "1");
    assert.ok(sample.some(({ line }) => line > 50));
    assert.ok(sample.some(({ line }) => line <= 50));
  });

  it("is divided into parts that together are complete", () => {
    const sample = sampleOf(mutantsIn(lines), 40, "1");
    const parts = [1, 2, 3].map((number) => partOf(sample, { number, of: 3 }));
    assert.deepEqual(
      parts.map((part) => part.length),
      [14, 13, 13],
    );
    assert.deepEqual(new Set(parts.flat()), new Set(sample));
  });
});
