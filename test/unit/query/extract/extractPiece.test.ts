import assert from "node:assert/strict";
import fc from "fast-check";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { bytesOf } from "../../../../bench/fuzz/encodedText.ts";
import { randomTable } from "../../../../bench/fuzz/randomTable.ts";
import { createRandom } from "../../../../sandbox/sampleData/random.ts";
import { piecesOf } from "../../../../src/query/extract/pieces.ts";
import { exportClasses } from "../../table/file/exports/exportClasses.ts";
import { extracted, type IndexedExport, indexedExport, landmarksAt, Loader } from "./indexedExport.ts";

let folder = "";
let loader: Loader;

before(async () => {
  loader = await Loader.open();
  folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-extract-"));
});

after(async () => {
  loader.close();
  await rm(folder, { recursive: true });
});

interface Way {
  readonly stretch: number;
  /** Where the file is divided, over and over. */
  readonly chosen: readonly boolean[];
  /** Which columns, over and over. */
  readonly columns: readonly number[];
}

const anyWay: fc.Arbitrary<Way> = fc.record({
  stretch: fc.integer({ min: 2, max: 300 }),
  chosen: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  columns: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
});

async function compare(indexed: IndexedExport, { stretch, chosen, columns }: Way): Promise<void> {
  const count = indexed.part.fields.length;
  if (count === 0) return;
  const wanted = columns.map((column) => column % count);
  const landmarks = landmarksAt(indexed, (row) => chosen[row % chosen.length] === true);
  const part = { ...indexed.part, file: { ...indexed.part.file, landmarks } };
  const files = await extracted(folder, piecesOf(part, wanted, 1), stretch);
  const values = await loader.values(files, wanted);
  assert.deepEqual(values, wanted.map(indexed.shown));
  await Promise.all([part.file.path, ...files].map((file) => rm(file)));
}

describe("Extracted columns", () => {
  for (const [title, cases] of exportClasses) {
    it(`have the values that the table shows: ${title}`, async () => {
      for (const { content, what } of cases) {
        const indexed = indexedExport(folder, Buffer.from(content));
        assert.ok(indexed, what);
        const columns = indexed.part.fields.map((_, column) => column);
        const stretch = Math.max(50, content.length >> 6);
        await compare(indexed, { stretch, chosen: [true, false, false], columns });
      }
    });
  }

  it("have the values that the table shows, wherever the file is divided", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), anyWay, async (seed, way) => {
        const table = randomTable(createRandom(seed), 2_000);
        const indexed = indexedExport(folder, bytesOf(table));
        if (indexed !== undefined) await compare(indexed, way);
      }),
      { numRuns: 60 },
    );
  });
});
