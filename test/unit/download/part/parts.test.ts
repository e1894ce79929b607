import assert from "node:assert/strict";
import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { isOurs } from "../../../../src/download/part/leftoverProof.ts";
import { type FileKey, partPaths, type PartPaths } from "../../../../src/download/part/partPaths.ts";
import {
  findLeftovers,
  findParts,
  removePart,
  removePartsOf,
  removeStaleParts,
} from "../../../../src/download/part/parts.ts";
import { type Sidecar, writeSidecar } from "../../../../src/download/part/sidecar.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const key: FileKey = { accountId: "account-1", taskId: "12345", fileIndex: 0 };
const hour = 3_600_000;

function contentFor(file: FileKey, changes: Partial<Sidecar> = {}): Sidecar {
  return {
    version: 1,
    ...file,
    name: "a.csv",
    identity: { etag: '"v1"', total: 9 },
    decoded: false,
    checksums: [],
    flushedBytes: 0,
    bootedAt: 0,
    startedAt: "2026-01-31T12:00:00Z",
    updatedAt: "2026-01-31T12:00:00Z",
    ...changes,
  };
}

/** A part of three bytes, as an interrupted download leaves it. */
async function leavePart(
  folder: string,
  name = "a.csv",
  file = key,
  changes: Partial<Sidecar> = {},
): Promise<PartPaths> {
  const paths = partPaths(join(folder, name), file, folder);
  await mkdir(dirname(paths.part), { recursive: true });
  await writeFile(paths.part, "abc");
  await writeSidecar(paths, contentFor(file, changes));
  return paths;
}

/** Makes the last change of files look older. */
async function age(milliseconds: number, ...paths: readonly string[]): Promise<void> {
  const then = new Date(Date.now() - milliseconds);
  for (const path of paths) await utimes(path, then, then);
}

const ids = (found: readonly { readonly taskId: string }[]): string[] => found.map(({ taskId }) => taskId).sort();

describe("an interrupted download in a folder", () => {
  it("is found with all that is known of it", async (context) => {
    const folder = await temporaryFolder(context);
    const finalPath = join(folder, "Shop", "a.csv");
    const paths = await leavePart(folder, "Shop/a.csv", key, { finalPath });
    await age(hour, paths.part);
    const [part, ...others] = await findParts(folder);
    assert.ok(part);
    assert.deepEqual(others, []);
    const { updatedAt, paths: found, ...rest } = part;
    assert.deepEqual(rest, {
      ...key,
      name: "a.csv",
      folder: join(folder, "Shop"),
      bytes: 3,
      total: 9,
      startedAt: "2026-01-31T12:00:00Z",
      ownerLives: false,
      finalPath,
    });
    assert.deepEqual([found.part, found.sidecar, found.lock], [paths.part, paths.sidecar, paths.lock]);
    assert.ok(Math.abs(Date.now() - hour - updatedAt) < 60_000);
  });

  it("has no total and no final path if they aren't known", async (context) => {
    const folder = await temporaryFolder(context);
    await leavePart(folder, "a.csv", key, { identity: {} });
    const [part] = await findParts(folder);
    assert.ok(part && !("total" in part) && !("finalPath" in part));
  });

  it("belongs to a process while that holds its lock", async (context) => {
    const folder = await temporaryFolder(context);
    const { lock } = await leavePart(folder);
    await writeFile(lock, JSON.stringify({ pid: process.ppid, host: hostname(), token: "another" }));
    assert.equal((await findParts(folder))[0]?.ownerLives, true);
  });

  it("is none if there is only a note: about a placed file, without a part, or unreadable", async (context) => {
    const folder = await temporaryFolder(context);
    const path = join(folder, "a.csv");
    const placed = { path, bytes: 1, sha256: "", verified: "length", placedAt: "", taskUnfinished: true } as const;
    await leavePart(folder, "a.csv", key, { placed });
    const gone = partPaths(join(folder, "b.csv"), { ...key, fileIndex: 1 }, folder);
    await writeSidecar(gone, contentFor({ ...key, fileIndex: 1 }));
    await writeFile(
      (await leavePart(folder, "c.csv", { ...key, fileIndex: 2 })).sidecar,
      '{"version": 9, "accountId": ',
    );
    assert.deepEqual(await findParts(folder), []);
    const leftovers = await findLeftovers(folder);
    assert.deepEqual(leftovers.map(({ sidecar }) => sidecar?.fileIndex).sort(), [0, 1, undefined]);
  });

  it("is found in each folder below, except hidden ones", async (context) => {
    const folder = await temporaryFolder(context);
    const places = ["1", "2", "3", "4", "5", "6/7", "6/7/8", ".hidden", "9/.hidden"];
    for (const [at, place] of places.entries())
      await leavePart(folder, `${place}/a.csv`, { ...key, taskId: String(at) });
    assert.deepEqual(ids(await findParts(folder)), ["0", "1", "2", "3", "4", "5", "6"]);
    assert.deepEqual(await findParts(join(folder, "missing")), []);
  });
});

describe("a file with the name of a part", () => {
  async function pathsWith(context: TestContext, contents: { part?: string; sidecar?: string; lock?: string }) {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), key);
    if (contents.part !== undefined) await writeFile(paths.part, contents.part);
    if (contents.sidecar !== undefined) await writeFile(paths.sidecar, contents.sidecar);
    if (contents.lock !== undefined) await writeFile(paths.lock, contents.lock);
    return paths;
  }
  const note = '{ "version": 7, "accountId": "a';
  const lock = JSON.stringify({ pid: 1, host: "h", token: "t" });

  for (const [what, contents, isOurOwn] of [
    ["nothing", {}, true],
    ["an empty part", { part: "" }, true],
    ["a part without a note", { part: "abc" }, false],
    ["a part with a note", { part: "abc", sidecar: note }, true],
    ["a part with somebody's JSON", { part: "abc", sidecar: '{"a": 1}' }, false],
    ["a part with an empty note", { part: "abc", sidecar: "" }, false],
    ["an empty part and an empty note", { part: "", sidecar: "" }, true],
    ["a note alone", { sidecar: note }, true],
    ["somebody's JSON alone", { sidecar: '[{"version": 7, "accountId": "a"}]' }, false],
    ["a note with a lock", { part: "abc", sidecar: note, lock }, true],
    ["a lock alone", { lock }, true],
    ["an empty lock", { sidecar: note, lock: "" }, true],
    ["something else that is called a lock", { sidecar: note, lock: "mine" }, false],
    ["a note that is longer than any of ours", { sidecar: note.padEnd(64 * 1024 + 1) }, false],
    ["a note that is as long as ours can be", { sidecar: note.padEnd(64 * 1024) }, true],
  ] as const) {
    it(`is ${isOurOwn ? "ours" : "somebody else's"} with ${what}`, async (context) => {
      assert.equal(await isOurs(await pathsWith(context, contents)), isOurOwn);
    });
  }
});

describe("removing what a download left", () => {
  it("removes its part, its note, its lock, old temporary files and the folders that it created", async (context) => {
    const folder = await temporaryFolder(context);
    const paths = await leavePart(folder, "Shop/2026/a.csv", key, { createdFolders: ["Shop", "Shop/2026"] });
    const [old, recent] = [`${paths.lock}.01234567.new`, `${paths.lock}.waiting-01234567`];
    for (const path of [old, `${paths.sidecar}.01234567.new`]) await writeFile(path, "");
    await age(hour + 60_000, old);
    assert.equal(await removePart({ paths }), true);
    assert.deepEqual(await readdir(folder), []);
    const other = await leavePart(folder);
    await writeFile(recent.replace(paths.lock, other.lock), "");
    await age(hour - 60_000, recent.replace(paths.lock, other.lock));
    await removePart({ paths: other });
    assert.deepEqual(await readdir(folder), [`a.csv.${other.mark}.part.lock.waiting-01234567`]);
  });

  it("can be limited to a task, and to some of its files", async (context) => {
    const folder = await temporaryFolder(context);
    for (const fileIndex of [0, 1, 2]) await leavePart(folder, `${fileIndex}.csv`, { ...key, fileIndex });
    await leavePart(folder, "b.csv", { ...key, taskId: "6" });
    await leavePart(folder, "c.csv", { ...key, accountId: "account-2" });
    const left = async (): Promise<string[]> =>
      (await findParts(folder)).map(({ paths }) => paths.part.slice(folder.length + 1, folder.length + 2)).sort();
    await removePartsOf(folder, "account-1", "12345", [1, 5]);
    assert.deepEqual(await left(), ["0", "2", "b", "c"]);
    await removePartsOf(folder, "account-1", "12345", []);
    assert.deepEqual(await left(), ["0", "2", "b", "c"]);
    await removePartsOf(folder, "account-1", "12345");
    assert.deepEqual(await left(), ["b", "c"]);
  });

  it("removes the folder of several files after the last of them, whichever created it", async (context) => {
    const folder = await temporaryFolder(context);
    await leavePart(folder, "Shop/a.csv", key, { createdFolders: ["Shop"] });
    await leavePart(folder, "Shop/b.csv", { ...key, fileIndex: 1 });
    await removePartsOf(folder, "account-1", "12345");
    assert.deepEqual(await readdir(folder), []);
  });

  it("can be limited to old ones: part, note and lock must all be older", async (context) => {
    const folder = await temporaryFolder(context);
    const paths = await leavePart(folder);
    await writeFile(paths.lock, "{");
    const all = [paths.part, paths.sidecar, paths.lock];
    for (const each of all) {
      await age(2 * hour, ...all);
      await age(0, each);
      assert.equal(await removeStaleParts(folder, hour), 0, each);
    }
    // An old lock would be watched for a few seconds first.
    await rm(paths.lock);
    await age(2 * hour, paths.part, paths.sidecar);
    assert.equal(await removeStaleParts(folder, hour), 1);
    assert.deepEqual(await readdir(folder), []);
  });

  it("leaves what is exactly as old as the limit", async (context) => {
    const folder = await temporaryFolder(context);
    const { part, sidecar } = await leavePart(folder);
    // File systems keep whole seconds exactly.
    const now = Math.floor(Date.now() / 1000) * 1000;
    context.mock.timers.enable({ apis: ["Date"], now });
    for (const file of [part, sidecar]) await utimes(file, new Date(now - hour), new Date(now - hour));
    assert.equal(await removeStaleParts(folder, hour), 0);
    assert.equal(await removeStaleParts(folder, hour - 1), 1);
  });

  it("counts how many old ones it removed, and leaves somebody else's", async (context) => {
    const folder = await temporaryFolder(context);
    for (const fileIndex of [0, 1, 2]) {
      const { part, sidecar } = await leavePart(folder, `${fileIndex}.csv`, { ...key, fileIndex });
      await age(2 * hour, part, sidecar);
    }
    const somebodys = join(folder, "d.csv.01234567.part");
    await writeFile(somebodys, "mine");
    await age(2 * hour, somebodys);
    assert.equal(await removeStaleParts(folder, hour), 3);
    assert.deepEqual(await readdir(folder), ["d.csv.01234567.part"]);
  });
});
