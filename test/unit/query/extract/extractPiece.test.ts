import assert from "node:assert/strict";
import fc from "fast-check";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { bytesOf } from "../../../../bench/fuzz/encodedText.ts";
import { randomTable } from "../../../../bench/fuzz/randomTable.ts";
import { createRandom } from "../../../../sandbox/sampleData/random.ts";
import { piecesOf } from "../../../../src/query/extract/pieces.ts";
import { FieldScanner } from "../../../../src/table/scan/fieldScanner.ts";
import { builtProgram } from "../../table/scan/builtScanner.ts";
import { exportClasses } from "../../table/file/exports/exportClasses.ts";
import { randomRecords } from "./randomRecords.ts";
import { extracted, type IndexedExport, indexedExport, landmarksAt, Loader } from "./indexedExport.ts";

let folder = "";
let loader: Loader;
const fieldScanner = new FieldScanner(await readFile(await builtProgram("fields")));

before(async () => {
  loader = await Loader.open();
  folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-extract-"));
});

after(async () => {
  loader.close();
  await rm(folder, { recursive: true });
});

interface Way {
  /** Whether fields are copied where that is possible. */
  readonly copies: boolean;
  readonly stretch: number;
  /** Where the file is divided, over and over. */
  readonly chosen: readonly boolean[];
  /** Which columns, over and over. */
  readonly columns: readonly number[];
}

const anyWay: fc.Arbitrary<Way> = fc.record({
  copies: fc.constantFrom(true, true, false),
  stretch: fc.integer({ min: 2, max: 300 }),
  chosen: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  columns: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
});

const pieces = [
  "a",
  "bc",
  "éé",
  "日本",
  "\ufeff",
  " ",
  "\\",
  "x".repeat(20),
  "\0",
  ",",
  '"',
  '"',
  '""',
  "\n",
  "\r\n",
  "\r",
];
const strange = [Buffer.of(0xff), Buffer.of(0xc3), Buffer.of(0xe6, 0x97), Buffer.of(0x80)];

const anyNoise = fc.record({
  bytes: fc
    .array(
      fc.oneof(
        { weight: 30, arbitrary: fc.constantFrom(...pieces).map((piece) => Buffer.from(piece)) },
        fc.constantFrom(...strange),
      ),
      { maxLength: 120, size: "max" },
    )
    .map((parts) => Buffer.concat([Buffer.from("a,b,c\n"), ...parts])),
  readAs: fc.record({
    delimiter: fc.constant(","),
    quote: fc.constantFrom('"', '"', ""),
    escape: fc.constant("double" as const),
    header: fc.boolean(),
    linesBefore: fc.constant(0),
    anyBytes: fc.constant(true as const),
    encoding: fc.constantFrom("utf-8" as const, "utf-8" as const, "windows-1252" as const),
  }),
});

const mostPieces = 12;

async function compare(indexed: IndexedExport, { stretch, chosen, columns, copies }: Way): Promise<void> {
  const count = indexed.part.fields.length;
  if (count === 0) return;
  const wanted = columns.map((column) => column % count);
  const landmarks = landmarksAt(indexed, (row) => chosen[row % chosen.length] === true);
  const part = { ...indexed.part, file: { ...indexed.part.file, landmarks } };
  // At most so many files, because each one takes time.
  const pieceBytes = Math.ceil((part.file.size ?? 0) / mostPieces);
  const files = await extracted(folder, piecesOf(part, wanted, pieceBytes), stretch, copies ? fieldScanner : undefined);
  const values = await loader.values(files, wanted);
  assert.deepEqual(values, wanted.map(indexed.shown));
  await Promise.all([part.file.path, ...files].map((file) => rm(file)));
}

describe("Extracted columns", () => {
  for (const [title, cases] of exportClasses) {
    it(`have the values that the table shows: ${title}`, async () => {
      for (const { content, what } of cases) {
        for (const copies of [true, false]) {
          const indexed = indexedExport(folder, Buffer.from(content));
          assert.ok(indexed, what);
          const columns = indexed.part.fields.map((_, column) => column);
          const stretch = Math.max(50, content.length >> 6);
          await compare(indexed, { stretch, chosen: [true, false, false], columns, copies });
        }
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
      { numRuns: 50 },
    );
  });

  it("have the values that the table shows if structure is everywhere, right and wrong", async () => {
    await fc.assert(
      fc.asyncProperty(anyNoise, anyWay, async ({ bytes, readAs }, way) => {
        const indexed = indexedExport(folder, bytes, readAs);
        if (indexed !== undefined) await compare(indexed, way);
      }),
      { numRuns: 100 },
    );
  });

  it("have the values that the table shows of JSON, right and wrong", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), anyWay, async (seed, way) => {
        const random = createRandom(seed);
        const readAs = { encoding: "utf-8", flat: random.chance(0.1), anyBytes: true } as const;
        const indexed = indexedExport(folder, randomRecords(random), readAs);
        if (indexed !== undefined) await compare(indexed, way);
      }),
      { numRuns: 150 },
    );
  });
});
