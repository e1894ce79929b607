import assert from "node:assert/strict";
import { appendFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { partPaths } from "../../../../src/download/part/partPaths.ts";
import { announceWaiter, findPlaced, forgetPlaced, leavePlaced } from "../../../../src/download/part/placedFiles.ts";
import { readSidecar } from "../../../../src/download/part/sidecar.ts";
import { processorMsOf } from "../../model/processorTime.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const key = { accountId: "account-1", taskId: "12345", fileIndex: 0, name: "a.csv" };

async function placed(context: TestContext, taskUnfinished: boolean) {
  const folder = await temporaryFolder(context);
  const path = join(folder, "a.csv");
  await writeFile(path, "id\n1\n");
  const file = { path, bytes: 5, sha256: "ab", verified: "length", placedAt: "", taskUnfinished } as const;
  return { path, paths: partPaths(path, key), file };
}

describe("The sidecar of a file that was placed", () => {
  it("is kept while other files of its task are missing", async (context) => {
    const { paths, file } = await placed(context, true);
    await leavePlaced(paths, key, file);
    assert.deepEqual(await findPlaced(paths), file);
    await forgetPlaced([paths]);
    assert.equal(await findPlaced(paths), undefined);
  });

  it("is not kept if nobody needs it", async (context) => {
    const { paths, file } = await placed(context, false);
    await leavePlaced(paths, key, file);
    assert.equal(await readSidecar(paths), undefined);
  });

  it("is kept for another window that waits for the file", async (context) => {
    const { paths, file } = await placed(context, false);
    const stopWaiting = await announceWaiter(paths);
    await leavePlaced(paths, key, file);
    assert.deepEqual(await findPlaced(paths), file);
    await stopWaiting();
    await forgetPlaced([paths]);
    assert.equal(await findPlaced(paths), undefined);
  });

  it("is kept only for the file that another window waits for, not for others of its folder", async (context) => {
    const one = await placed(context, true);
    const other = { ...one, path: join(dirname(one.path), "b.csv") };
    other.paths = partPaths(other.path, { ...key, fileIndex: 1 });
    await writeFile(other.path, "id\n1\n");
    await leavePlaced(one.paths, key, one.file);
    await leavePlaced(other.paths, { ...key, fileIndex: 1 }, { ...one.file, path: other.path });
    const stopWaiting = await announceWaiter(other.paths);
    await forgetPlaced([one.paths, other.paths]);
    assert.equal(await findPlaced(one.paths), undefined);
    assert.equal((await findPlaced(other.paths))?.taskUnfinished, false);
    await stopWaiting();
  });

  it("counts only for its own file, even if the mark in its name is also that of another one", async (context) => {
    const { paths, file } = await placed(context, true);
    await leavePlaced(paths, key, file);
    for (const other of [{ accountId: "account-2" }, { taskId: "12346" }, { fileIndex: 1 }]) {
      assert.equal(await findPlaced({ ...paths, key: { ...key, ...other } }), undefined);
    }
    assert.deepEqual(await findPlaced(paths), file);
  });

  it("is forgotten for hundreds of files in the time that a few take, even in a folder with thousands", async (context) => {
    const { path, paths } = await placed(context, true);
    const others = Array.from({ length: 1500 }, (_, at) => join(dirname(path), `other-${at}.csv`));
    await Promise.all(others.map((other) => writeFile(other, "")));
    const hundreds = others.slice(0, 300).map((other, fileIndex) => partPaths(other, { ...key, fileIndex }));
    const few = await processorMsOf(() => forgetPlaced([paths]));
    const many = await processorMsOf(() => forgetPlaced(hundreds));
    assert.ok(many < 50 * few, `${many} ms for 300 files, ${few} ms for one`);
  });

  it("no longer counts if the file has another size or is gone", async (context) => {
    const { path, paths, file } = await placed(context, true);
    await leavePlaced(paths, key, file);
    await appendFile(path, "2\n");
    assert.equal(await findPlaced(paths), undefined);
    await rm(path);
    assert.equal(await findPlaced(paths), undefined);
  });
});
