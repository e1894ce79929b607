import assert from "node:assert/strict";
import { appendFile, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type FileReference, OpenFiles } from "../../../../src/table/file/openFiles.ts";
import type { ReadAs } from "../../../../src/table/tableTypes.ts";
import { tablePrograms } from "./tablePrograms.ts";

const timeout = 120_000;
const never = new AbortController().signal;

async function prepare(test: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-open-"));
  const path = join(folder, "table.csv");
  await writeFile(path, "id;name\n1;one\n2;two\n");
  const files = new OpenFiles(tablePrograms);
  test.after(async () => {
    files.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  const open = (readAs: ReadAs = {}): FileReference => files.open({ path, growing: false, readAs });
  return { folder, path, files, open };
}

async function rowsOf({ file }: FileReference): Promise<number> {
  await file.settled();
  return (await file.indexed(Infinity, never)).rows;
}

describe("A file that is open", { timeout }, () => {
  it("is shared by everybody who reads it in the same way, with its index", async (test) => {
    const { open } = await prepare(test);
    const one = open();
    await rowsOf(one);
    assert.equal(open().file, one.file);
    assert.equal(open({}).file.progress?.exact, true);
  });

  it("is opened separately if it is read in another way", async (test) => {
    const { open } = await prepare(test);
    const one = open();
    const other = open({ delimiter: "," });
    assert.notEqual(other.file, one.file);
    assert.equal(open({ delimiter: "," }).file, other.file);
    await one.file.reread({ readAs: { delimiter: "," } });
    assert.notEqual(open().file, one.file, "it is read in another way by now");
  });

  it("is no longer shared once another file has replaced it, and stays as it was for those who have it open", async (test) => {
    const { path, open } = await prepare(test);
    const one = open();
    assert.equal(await rowsOf(one), 2);
    await writeFile(`${path}.new`, "id;name\n1;one\n2;two\n3;three\n");
    await rename(`${path}.new`, path);
    const other = open();
    assert.notEqual(other.file, one.file);
    assert.deepEqual([await rowsOf(one), await rowsOf(other)], [2, 3]);
  });

  it("is shared again after its growth was reported or it was reloaded", async (test) => {
    const { path, open } = await prepare(test);
    const one = open();
    await rowsOf(one);
    await appendFile(path, "3;three\n");
    const early = open();
    assert.notEqual(early.file, one.file);
    early.dispose();
    one.file.grew({ path, size: 27, growing: false });
    await appendFile(path, "4;four\n");
    await one.file.reread({ path, size: 34, growing: false });
    assert.equal(await rowsOf(open()), 4);
  });

  it("is shared only after its download is complete", async (test) => {
    const { path, files, open } = await prepare(test);
    const growing = files.open({ path, size: 14, growing: true, readAs: {} });
    assert.notEqual(open().file, growing.file);
    assert.notEqual(files.open({ path, size: 14, growing: true, readAs: {} }).file, growing.file);
    const whole = `${path}.whole.csv`;
    await rename(path, whole);
    growing.file.grew({ path: whole, size: 20, growing: false });
    assert.equal(files.open({ path: whole, growing: false, readAs: {} }).file, growing.file);
  });

  it("keeps its index for a while when nobody uses it, then closes", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const { open } = await prepare(test);
    const one = open();
    const { file } = one;
    one.dispose();
    one.dispose();
    test.mock.timers.tick(19_999);
    const again = open();
    assert.equal(again.file, file, "it is used again");
    test.mock.timers.tick(60_000);
    const third = open();
    again.dispose();
    test.mock.timers.tick(60_000);
    const fourth = open();
    assert.equal(fourth.file, file, "one use is left");
    third.dispose();
    fourth.dispose();
    test.mock.timers.tick(20_000);
    assert.notEqual(open().file, file);
    await assert.rejects(file.indexed(1, never), { code: "cancelled" });
  });

  it("closes at once if nobody uses it and another file has replaced it", async (test) => {
    const { path, open } = await prepare(test);
    const one = open();
    await one.file.settled();
    one.dispose();
    await appendFile(path, "3;three\n");
    open();
    await assert.rejects(one.file.indexed(1, never), { code: "cancelled" });
  });
});
