import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { isReached, readCoverage } from "../../../../scripts/mutation/coverage.ts";

const file = path.resolve("/checkout/src/a.ts");

describe("the coverage of a test run", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-coverage-"));
  });
  after(() => rm(folder, { recursive: true }));

  /** Writes what a process writes about its scripts. */
  async function write(name: string, scripts: Readonly<Record<string, [number, number, number][]>>): Promise<void> {
    const result = Object.entries(scripts).map(([url, ranges]) => ({
      url,
      functions: [{ ranges: ranges.map(([startOffset, endOffset, count]) => ({ startOffset, endOffset, count })) }],
    }));
    await writeFile(path.join(folder, `coverage-${name}.json`), JSON.stringify({ result }));
  }

  it("uses the smallest range around a place, from any process of the run", async () => {
    const url = pathToFileURL(file).href;
    await write("1", {
      [url]: [
        [0, 100, 1],
        [10, 50, 0],
      ],
    });
    await write("2", {
      [url]: [
        [0, 100, 1],
        [10, 50, 2],
        [20, 30, 0],
      ],
      "node:fs": [[0, 9, 1]],
    });
    const coverage = readCoverage(folder, path.resolve("/checkout/src"));
    const reached = [5, 15, 25, 30, 60, 100].filter((offset) => isReached(coverage, file, offset));
    assert.deepEqual(reached, [5, 15, 30, 60]);
  });

  it("leaves out files of other folders", () => {
    assert.deepEqual(readCoverage(folder, path.resolve("/checkout/sr")), {});
    assert.equal(isReached({}, file, 0), false);
  });
});
