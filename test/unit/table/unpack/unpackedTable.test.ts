import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import type { Match } from "../../../../src/table/tableTypes.ts";
import { rowNumber } from "../../../../src/table/view/rowIdentity.ts";
import { mountDisk } from "../../download/mountedDisk.ts";
import { tablePrograms } from "../file/tablePrograms.ts";

const never = new AbortController().signal;
const manyRows = 200_000;
const text = `id,name\n${Array.from({ length: manyRows }, (_, row) => `${row},name ${row}`).join("\n")}\n`;
const packed = gzipSync(text);

interface Archive {
  readonly file: OpenFile;
  readonly archive: string;
  readonly unpacked: string;
}

async function openArchive(
  test: TestContext,
  content: Uint8Array,
  name = "export.csv.gz",
  disk?: string,
): Promise<Archive> {
  const folder = await mkdtemp(path.join(tmpdir(), "task-exports-archive-"));
  const unpacked = await mkdtemp(path.join(disk ?? folder, "unpacked-"));
  const archive = path.join(folder, name);
  await writeFile(archive, content);
  const spec = { path: archive, growing: false, readAs: {} };
  const file = new OpenFile(spec, tablePrograms, { folder: { path: () => Promise.resolve(unpacked) } });
  test.after(async () => {
    await file.dispose();
    await rm(folder, { recursive: true });
  });
  return { file, archive, unpacked };
}

async function columnsOf(file: OpenFile): Promise<string[]> {
  const opened = await file.settled();
  if (opened.kind === "problem") assert.fail(opened.problem.kind);
  return opened.shape.columns.map(({ name }) => name);
}

async function cellsOf(file: OpenFile, row: number): Promise<readonly string[] | undefined> {
  return (await file.rows({ from: rowNumber(row), count: 1 }, never)).rows[0]?.cells;
}

async function matchesOf(file: OpenFile, wanted: string): Promise<Match[]> {
  const found: Match[] = [];
  const pattern = { text: wanted, regex: false, caseSensitive: true, wholeWord: false };
  for await (const batch of file.matches(pattern, never)) found.push(...batch);
  return found;
}

describe("A gzip file", () => {
  it("is read as the table in it, and nothing is written beside it", async (test) => {
    const { file, archive } = await openArchive(test, packed);
    assert.deepEqual(await columnsOf(file), ["id", "name"]);
    const progress = await file.indexed(Infinity, never);
    assert.deepEqual([progress.rows, progress.exact, progress.growing], [manyRows, true, false]);
    assert.deepEqual(await cellsOf(file, manyRows - 1), ["199999", "name 199999"]);
    assert.deepEqual((await readdir(path.dirname(archive))).length, 2, "the archive and the folder for unpacked files");
  });

  it("is searched to its end, however much of it is unpacked", async (test) => {
    const { file } = await openArchive(test, packed);
    assert.deepEqual(await matchesOf(file, "name 199999"), [{ row: manyRows - 1, column: 1 }]);
  });

  it("is judged by its content, not by its name, and may have several members", async (test) => {
    const { file } = await openArchive(test, Buffer.concat([gzipSync("id;name\n"), gzipSync("1;Ada\n")]), "export.csv");
    assert.deepEqual(await columnsOf(file), ["id", "name"]);
    assert.deepEqual(await cellsOf(file, 0), ["1", "Ada"]);
  });

  it("shows the rows before its damage, and says why there are no more", async (test) => {
    const { file } = await openArchive(test, packed.subarray(0, packed.length / 2));
    const reasons: Error[] = [];
    file.listen({ onCut: (reason) => reasons.push(reason) });
    assert.deepEqual(await columnsOf(file), ["id", "name"]);
    assert.deepEqual(await cellsOf(file, 10), ["10", "name 10"]);
    await assert.rejects(file.indexed(Infinity, never), { code: "truncated" });
    assert.match(reasons[0]?.message ?? "", /^export\.csv\.gz is incomplete or damaged\. /);
  });

  it("is a problem that says why if nothing of it can be unpacked", async (test) => {
    const { file } = await openArchive(test, Buffer.from("1f8b08000000000000ffffff", "hex"));
    const opened = await file.settled();
    assert.ok(opened.kind === "problem" && opened.problem.kind === "gzip");
    assert.match(opened.problem.reason ?? "", /incomplete or damaged/);
  });

  it("is not unpacked again to be read in another way, but when it has changed", async (test) => {
    const { file, archive, unpacked } = await openArchive(test, gzipSync("a;b\n1,5;2\n"));
    assert.deepEqual(await columnsOf(file), ["a", "b"]);
    const [first] = await readdir(unpacked);
    await file.reread({ readAs: { delimiter: "," } });
    assert.deepEqual(await readdir(unpacked), [first]);
    assert.deepEqual(await cellsOf(file, 0), ["1", "5;2"]);
    const changed = gzipSync("c,d\n3,4\n");
    await writeFile(archive, changed);
    await file.reread({ path: archive, size: changed.length, growing: false, readAs: {} });
    assert.deepEqual(await columnsOf(file), ["c", "d"]);
  });

  it("says that the disk is full, and shows the rows until then", async (test) => {
    const disk = await mountDisk(test, "ext4");
    if ("missing" in disk) {
      test.skip(disk.missing);
      return;
    }
    const { file } = await openArchive(test, gzipSync(text.repeat(12)), "large.csv.gz", disk.folder);
    assert.deepEqual(await columnsOf(file), ["id", "name"]);
    await assert.rejects(file.indexed(Infinity, never), { code: "diskFull" });
    assert.deepEqual(await cellsOf(file, 10), ["10", "name 10"]);
  });

  it("leaves nothing when it is closed", async (test) => {
    const { file, unpacked } = await openArchive(test, packed);
    await columnsOf(file);
    assert.equal((await readdir(unpacked)).length, 1);
    await file.dispose();
    while ((await readdir(unpacked)).length > 0) await sleep(10);
  });
});
