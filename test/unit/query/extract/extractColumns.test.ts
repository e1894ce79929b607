import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { writeLargeCsv } from "../../../../sandbox/sampleData/largeCsv.ts";
import type { SourcePart } from "../../../../src/query/exportSource.ts";
import {
  extractColumns,
  type ExtractOptions,
  type ExtractPrograms,
  loadedFrom,
} from "../../../../src/query/extract/extractColumns.ts";
import { extractPiece } from "../../../../src/query/extract/extractPiece.ts";
import { piecesOf } from "../../../../src/query/extract/pieces.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { builtProgram } from "../../table/scan/builtScanner.ts";
import { behaveAs, type DiskTraits } from "../../download/otherDisk.ts";
import { type IndexedExport, indexedExport, landmarksAt, Loader } from "./indexedExport.ts";

const never = new AbortController().signal;
const programs: ExtractPrograms = {
  fields: await builtProgram("fields"),
  extractWorker: new URL("../../../../src/query/extract/extractWorker.ts", import.meta.url).href,
  scanner: "none.wasm",
};
const small = { stretch: 4_096, piece: 10_000 };

let exports = "";
let folder = "";
let loader: Loader;
let big: IndexedExport;

function indexedText(text: string): IndexedExport {
  const indexed = indexedExport(exports, Buffer.from(text));
  assert.ok(indexed);
  return indexed;
}

before(async () => {
  loader = await Loader.open();
  exports = await mkdtemp(path.join(os.tmpdir(), "task-exports-exports-"));
  const lines = Array.from({ length: 5_000 }, (_, row) => `${row},"name ${row}",${row % 7}`);
  const indexed = indexedText(`id,name,day\n${lines.join("\n")}\n`);
  const landmarks = landmarksAt(indexed, (row) => row % 100 === 0);
  big = { ...indexed, part: { ...indexed.part, file: { ...indexed.part.file, landmarks } } };
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(exports, "columns-"));
});

after(async () => {
  loader.close();
  await rm(exports, { recursive: true });
});

function extract(parts: readonly SourcePart[], columns: readonly number[], options: Partial<ExtractOptions> = {}) {
  return extractColumns({ parts, columns, folder }, programs, { signal: never, sizes: small, ...options });
}

describe("Columns that threads extract", () => {
  it("are in files for their owner alone, in the order of the rows", async () => {
    const { files, rows } = await extract([big.part], [2, 0]);
    assert.equal(rows, 5_000);
    assert.ok(files.length > 4, `${files.length} files`);
    assert.deepEqual(await loader.values(files, [2, 0]), [big.shown(2), big.shown(0)]);
    assert.deepEqual((await readdir(folder)).length, files.length);
    if (process.platform !== "win32") assert.equal((await stat(files[0] ?? "")).mode & 0o777, 0o600);
  });

  it("tell how many bytes are read", async () => {
    const told: number[] = [];
    let total = 0;
    await extract([big.part], [1], {
      onProgress: ({ bytes, totalBytes }) => {
        told.push(bytes);
        total = totalBytes;
      },
    });
    assert.deepEqual(
      told,
      told.toSorted((one, other) => one - other),
    );
    assert.equal(told.at(-1), total);
    assert.equal(total, (big.part.file.size ?? 0) - big.part.file.division.begin);
  });

  it("of several parts come one after the other, with texts and missing values", async () => {
    const other = indexedText("name\nx\ny\n");
    const parts: SourcePart[] = [
      { ...big.part, fields: [{ kind: "text", text: "big.csv" }, { kind: "field", index: 1 }, { kind: "missing" }] },
      {
        ...other.part,
        fields: [{ kind: "text", text: "other.csv" }, { kind: "field", index: 0 }, { kind: "missing" }],
      },
    ];
    const { files, rows } = await extract(parts, [0, 1, 2]);
    assert.equal(rows, 5_002);
    const names = [...Array<string>(5_000).fill("big.csv"), "other.csv", "other.csv"];
    const nothing = Array<null>(5_002).fill(null);
    assert.deepEqual(await loader.values(files, [0, 1, 2]), [names, [...big.shown(1), "x", "y"], nothing]);
    const only = await extract(parts, [0]);
    assert.deepEqual(await loader.values(only.files, [0]), [names]);
  });

  it("of a file without rows are no file, and no rows", async () => {
    const { part } = indexedText("id,name\n");
    const { files, rows } = await extract([part], [1, 0]);
    assert.deepEqual([files, rows, await readdir(folder)], [[], 0, []]);
    assert.deepEqual(await loader.values(files, [1, 0]), [[], []]);
  });

  it("need at least one column to be read, but have a number of rows without any", async () => {
    assert.deepEqual(await extract([big.part], []), { files: [], rows: 5_000 });
    assert.throws(() => loadedFrom([], []), RangeError);
  });

  it("of JSON are found by name, so one without a name is refused", async () => {
    const { part } = indexedText('{"id":1,"tags":[1, 2],"none":null}\n{"id":"2"}\n');
    const { files } = await extract([part], [2, 1, 0]);
    assert.deepEqual(await loader.values(files, [2, 1, 0]), [[null, null], ["[1,2]", null], ["1", "2"]]); // prettier-ignore
    const more: SourcePart = { ...part, fields: [...part.fields, { kind: "field", index: 3 }] };
    await assert.rejects(extract([more], [3]), RangeError);
  });

  it("have values of many MiB, and nothing beyond what a table reads of a row", async () => {
    const long = "x".repeat(3 << 20);
    const longer = "y".repeat(6 << 20);
    const { part, shown } = indexedText(`a,b,c\n1,"${long}",2\n3,${longer},${longer},4\n5,6,7\n`);
    const { files } = await extract([part], [1, 2], { sizes: { stretch: 1 << 20, piece: 1 << 20 } });
    const [b = [], c = []] = await loader.values(files, [1, 2]);
    assert.deepEqual([b, c], [shown(1), shown(2)]);
    assert.deepEqual(b.map((text) => text?.length), [3 << 20, 4 << 20, 1]); // prettier-ignore
  });
});

describe("A file that isn't as it was indexed", () => {
  const changes: readonly (readonly [what: string, change: (file: string) => Promise<void>])[] = [
    ["is shorter", (file) => truncate(file, 12)],
    ["has a row less", (file) => writeFile(file, "id,name\n1,2\n3,4,5,6\n")],
    ["has a row more", (file) => writeFile(file, "id,name\n1,2\n3,4\n\n5,6")],
    ["is another one", (file) => rm(file).then(() => writeFile(file, "id,name\n1,2\n3,4\n5,6"))],
  ];
  for (const [what, change] of changes) {
    it(`is refused if it ${what}`, async () => {
      const { part } = indexedText("id,name\n1,2\n3,4\n5,6\n");
      await change(part.file.path);
      await assert.rejects(extract([part], [1]), { code: "fileChanged" });
      assert.deepEqual(await readdir(folder), []);
    });
  }

  it("is refused if it changes while it is read", async () => {
    const { part } = indexedText("id,name\n1,2\n3,4\n5,6\n");
    const { path: file } = part.file;
    const touch = () => void utimes(file, 1, 1);
    await assert.rejects(extract([part], [1], { onProgress: touch }), { code: "fileChanged" });
    assert.deepEqual(await readdir(folder), []);
    await appendFile(file, "7,8\n");
  });

  it("is refused if it is gone", async () => {
    const { part } = indexedText("id,name\n1,2\n3,4\n5,6\n");
    await rm(part.file.path);
    await assert.rejects(extract([part], [1]), { code: "fileMissing" });
  });
});

describe("Extracting that can't end", () => {
  it("ends at once when it is canceled, and leaves nothing", async () => {
    const stop = new AbortController();
    const work = extract([big.part], [0, 1, 2], { signal: stop.signal, onProgress: () => stop.abort() });
    await assert.rejects(work, { code: "cancelled" });
    assert.deepEqual(await readdir(folder), []);
    await assert.rejects(extract([big.part], [0], { signal: stop.signal }), { code: "cancelled" });
  });

  const disks: readonly (readonly [what: string, traits: DiskTraits])[] = [
    ["has no space", { beforeChange: (change) => (change === "write" ? "ENOSPC" : undefined) }],
    ["has little space", { space: () => ({ total: 2 ** 40, free: 2 ** 28 }) }],
  ];
  for (const [what, traits] of disks) {
    it(`leaves nothing on a disk that ${what}`, async (context) => {
      const file = path.join(folder, "..", "large.csv");
      writeLargeCsv(file, 24 << 20);
      behaveAs(context, folder, traits);
      const division = { ...big.part.file.division, begin: 80 };
      const part: SourcePart = { ...big.part, file: { path: file, division } };
      const [piece] = piecesOf(part, [0, 1, 2, 0, 1, 2], 1);
      assert.ok(piece);
      const target = path.join(folder, "new.parquet");
      const work = extractPiece(
        { piece: { ...piece, rows: 10 ** 6 }, target, stretch: 1 << 20 },
        { scanner: createPlainScanner(), fieldScanner: undefined, signal: never, onBytes: () => undefined },
      );
      await assert.rejects(work, { code: "diskFull" });
      assert.deepEqual(await readdir(folder), []);
      await rm(file);
    });
  }
});
