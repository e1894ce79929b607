import assert from "node:assert/strict";
import { appendFile, link, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { findLeftovers, findParts, removePart, removeStaleParts } from "../../../src/download/part/parts.ts";
import { always, type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { exportBytes, sha256 } from "./faultyStore.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(2_000_000);
const cutAt = 1_200_000;

async function assertWhole(downloading: Downloading): Promise<void> {
  assert.deepEqual(await downloading.files(), [name]);
  assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(file));
}

/** A download that broke off, with its part on the disk. */
async function interrupted(context: Parameters<typeof startDownloading>[0]): Promise<Downloading> {
  const downloading = await startDownloading(context, file, ({ turn, request, cutAfter }) => {
    if (turn === 0) cutAfter(cutAt);
    else request.socket.resetAndDestroy();
  });
  await failureOf(downloading.run({}, { retryBudgetMs: 0 }));
  downloading.store.behave = ({ serve }) => serve();
  downloading.store.requests.length = 0;
  return downloading;
}

async function partOf(downloading: Downloading): Promise<NonNullable<Awaited<ReturnType<typeof findParts>>[number]>> {
  const [part] = await findParts(downloading.folder);
  return part ?? assert.fail("there is no part");
}

async function changeSidecar(downloading: Downloading, changes: object): Promise<void> {
  const { sidecar } = (await partOf(downloading)).paths;
  const content: unknown = JSON.parse(await readFile(sidecar, "utf8"));
  await writeFile(sidecar, JSON.stringify({ ...(content as object), ...changes }));
}

describe("after an interruption (row 27)", () => {
  test("an interrupted download is found with the bytes it received", async (context) => {
    const downloading = await interrupted(context);
    const { paths, updatedAt, startedAt, ...part } = await partOf(downloading);
    assert.deepEqual(part, {
      accountId: "account-1",
      taskId: "12345",
      fileIndex: 0,
      name,
      folder: downloading.folder,
      bytes: cutAt,
      total: file.length,
      ownerLives: false,
      finalPath: join(downloading.folder, name),
    });
    assert.ok(Math.abs(updatedAt - Date.parse(startedAt)) < 60_000);
    assert.ok(paths.part.startsWith(downloading.folder));
  });

  test("neither the sidecar nor any other file contains the URL", async (context) => {
    const downloading = await interrupted(context);
    for (const each of await downloading.files()) {
      const text = await readFile(join(downloading.folder, each), "utf8");
      assert.doesNotMatch(text, /s3cr3t|sig=|http:|127\.0\.0\.1/, each);
    }
  });

  test("the download compares the last KiB, then resumes where it stopped", async (context) => {
    const downloading = await interrupted(context);
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests[0]?.headers.range, `bytes=${cutAt - 1024}-`);
    assert.equal(downloading.store.requests.length, 1);
  });

  test("a part with the shorter names of earlier versions is resumed, and its names are gone at the end", async (context) => {
    const downloading = await interrupted(context);
    const { part, sidecar } = (await partOf(downloading)).paths;
    const shorter = part.replace(/([0-9a-f]{8})[0-9a-f]{8}\.part$/, "$1.part");
    assert.notEqual(shorter, part);
    await rename(part, shorter);
    await rename(sidecar, `${shorter}.json`);
    assert.equal((await partOf(downloading)).paths.part, shorter);
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests[0]?.headers.range, `bytes=${cutAt - 1024}-`);
  });

  test("a part that is already complete costs one small request", async (context) => {
    const downloading = await interrupted(context);
    const { paths } = await partOf(downloading);
    await appendFile(paths.part, file.subarray(cutAt));
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests[0]?.sent, 1024);
    assert.equal(files[0]?.verified, "length");
  });

  for (const [what, damage] of [
    ["torn", (path: string) => truncate(path, 40)],
    ["empty", (path: string) => truncate(path, 0)],
    ["gone", (path: string) => rm(path)],
    ["of another version", (path: string) => writeFile(path, '{"version":2}')],
  ] as const) {
    test(`with a sidecar that is ${what}, the download starts over`, async (context) => {
      const downloading = await interrupted(context);
      const { paths } = await partOf(downloading);
      await damage(paths.sidecar);
      await downloading.run();
      await assertWhole(downloading);
      assert.equal(downloading.store.requests[0]?.headers.range, undefined);
    });
  }

  test("with a part whose last bytes differ from the file's, the download starts over", async (context) => {
    const downloading = await interrupted(context);
    const { paths } = await partOf(downloading);
    await truncate(paths.part, cutAt - 500);
    await appendFile(paths.part, Buffer.alloc(500));
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 2);
  });

  test("with a part longer than the file, the download starts over", async (context) => {
    const downloading = await interrupted(context);
    const { paths } = await partOf(downloading);
    await appendFile(paths.part, Buffer.alloc(file.length));
    await downloading.run();
    await assertWhole(downloading);
  });

  test("after the computer restarts, only bytes that were flushed to disk are trusted", async (context) => {
    const downloading = await interrupted(context);
    await changeSidecar(downloading, { bootedAt: 1_600_000_000_000, flushedBytes: 500_000 });
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests[0]?.headers.range, `bytes=${500_000 - 1024}-`);
  });

  test("a file that changed since the interruption is fetched from the start, without counting as a fault", async (context) => {
    const downloading = await interrupted(context);
    downloading.store.etag = '"another"';
    downloading.store.behave = ({ turn, serve, cutAfter }) => {
      if (turn === 0) cutAfter(cutAt);
      else serve();
      downloading.store.etag = '"yet another"';
    };
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 2);
  });

  test("if a process is killed while it places a file, the finished file is not changed and nobody is asked", async (context) => {
    const downloading = await interrupted(context);
    const { paths } = await partOf(downloading);
    await appendFile(paths.part, file.subarray(cutAt));
    await link(paths.part, join(downloading.folder, name));
    await downloading.run({ fileExists: () => assert.fail("nobody is to be asked") });
    await assertWhole(downloading);
  });

  test("if the store's file has changed since then, the finished file isn't changed either", async (context) => {
    const downloading = await interrupted(context);
    const { paths } = await partOf(downloading);
    await appendFile(paths.part, file.subarray(cutAt));
    await link(paths.part, join(downloading.folder, name));
    const newer = exportBytes(1_000_000, "newer");
    downloading.store.file = newer;
    downloading.store.etag = '"newer"';
    const { files } = await downloading.run({ fileExists: always("keepBoth") });
    assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(file));
    assert.equal(sha256(await readFile(new URL(files[0]?.uri ?? ""))), sha256(newer));
  });

  test("an interrupted download can be removed by hand", async (context) => {
    const downloading = await interrupted(context);
    await removePart(await partOf(downloading));
    assert.deepEqual(await downloading.files(), []);
  });

  test("old parts are removed, recent ones stay", async (context) => {
    const downloading = await interrupted(context);
    assert.equal(await removeStaleParts(downloading.folder, 60_000), 0);
    assert.equal((await downloading.files()).length, 2);
    assert.equal(await removeStaleParts(downloading.folder, -1), 1);
    assert.deepEqual(await downloading.files(), []);
  });

  test("a file that only has the name of a part is not removed", async (context) => {
    const downloading = await startDownloading(context, file);
    const { folder } = downloading;
    await writeFile(join(folder, "video.mp4.0123abcd.part"), "a person's own file");
    await writeFile(join(folder, "empty.csv.0123abcd.part"), "");
    assert.equal(await removeStaleParts(folder, -1), 1);
    assert.deepEqual(await downloading.files(), ["video.mp4.0123abcd.part"]);
  });

  for (const ending of [".part", ".part.json", ".part.lock", ".part.json.new", ".part.lock.new"]) {
    test(`a person's own file that ends in a date and ${ending} is never cleaned away`, async (context) => {
      const downloading = await startDownloading(context, file);
      const { folder } = downloading;
      const own = join(folder, `orders.20260131${ending}`);
      await writeFile(own, '{"version":1,"orders":[]}');
      assert.equal(await removeStaleParts(folder, -1), 0);
      assert.deepEqual(await findLeftovers(folder), []);
      assert.equal(await readFile(own, "utf8"), '{"version":1,"orders":[]}');
      assert.equal((await downloading.files()).length, 1);
    });
  }

  test("a part whose notes are damaged is still known as ours", async (context) => {
    const downloading = await interrupted(context);
    const { paths } = await partOf(downloading);
    await truncate(paths.sidecar, 60);
    assert.equal((await findLeftovers(downloading.folder)).length, 1);
    assert.equal(await removeStaleParts(downloading.folder, -1), 1);
    assert.deepEqual(await downloading.files(), []);
  });

  test("parts in a task's own folder are found, and none in a missing folder", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, request, cutAfter }) => {
      if (turn === 0) cutAfter(cutAt);
      else request.socket.resetAndDestroy();
    });
    await failureOf(
      downloading.run({ relativePath: ({ name: each }) => join("Task 12345", each) }, { retryBudgetMs: 0 }),
    );
    assert.equal((await partOf(downloading)).bytes, cutAt);
    assert.deepEqual(await findParts(join(downloading.folder, "nowhere")), []);
  });
});
