import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { matchFiles } from "../../../../src/download/transfer/matchFiles.ts";
import type { ResolvedFile } from "../../../../src/model/contract.ts";
import { processorMs } from "../../model/processorTime.ts";

function listOf(count: number, nameOf: (at: number) => string, signature: string): ResolvedFile[] {
  return Array.from({ length: count }, (_, at) => ({
    index: at,
    name: nameOf(at),
    url: `https://store.example.com/${at}/file.csv?signature=${signature}`,
  }));
}

/** As many as a task can have. */
const most = 10_000;

describe("New URLs of as many files as a task can have", () => {
  for (const [what, nameOf] of [
    ["names of their own", (at: number) => `part-${at}.csv`],
    ["one name", () => "part.csv"],
  ] as const) {
    it(`are matched in the time that it takes to read them, if the files have ${what}`, () => {
      const known = listOf(most, nameOf, "old");
      const fresh = listOf(most, nameOf, "new").toReversed();
      const readMs = processorMs(() => [...known, ...fresh].map(({ url }) => new URL(url).pathname));
      const tookMs = processorMs(() => matchFiles(known, fresh));
      assert.ok(tookMs < 10 * readMs + 10, `${tookMs} ms, and reading the URLs takes ${readMs} ms`);
      const urls = matchFiles(known, fresh);
      for (const { index } of known) assert.equal(urls.get(index), fresh[most - 1 - index]?.url);
    });
  }

  it("are refused if two of the same name have the same path", () => {
    const twins = listOf(2, () => "part.csv", "old").map((file) => ({ ...file, url: "https://store.example.com/x" }));
    assert.throws(() => matchFiles(twins, twins), { code: "fileChanged" });
    const [one, other] = listOf(2, () => "part.csv", "old");
    assert.ok(one && other);
    assert.throws(() => matchFiles([one, other], [one, { ...other, url: one.url }]), { code: "fileChanged" });
    assert.throws(() => matchFiles([one, other], [one, { ...other, name: "other.csv" }]), { code: "fileChanged" });
  });
});
