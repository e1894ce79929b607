import assert from "node:assert/strict";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { WholeRequest } from "../../../../src/vscode/downloads/download.ts";
import { withPauseReason } from "../../../../src/vscode/downloads/pauseReason.ts";
import { failureOf } from "../../download/downloading.ts";
import { type Behaviour, exportBytes } from "../../download/faultyStore.ts";
import {
  cutOnceReceived,
  hasWritten,
  HeldStore,
  overwrite,
  receivedBytes,
  type Registry,
  startRegistry,
  task,
  until,
} from "./registry.ts";

const file = exportBytes(1_000_000);
const names = ["a.csv", "b.csv", "c.csv"];

/** What was fetched from the store. */
const urlsOf = ({ downloading }: Registry): string[] => downloading.store.requests.map(({ url }) => url).sort();

describe("The registry of downloads", { timeout: 60_000 }, () => {
  it("gives a second request for a running task its own files", async (context) => {
    const held = new HeldStore();
    const registry = await startRegistry(context, file, held.behave, names);
    const { downloads, downloading } = registry;
    const first = downloads.create({ ...task, files: [0] });
    const one = first.start(overwrite);
    await until(() => receivedBytes(first) > 0);
    const second = downloads.create({ ...task, files: [1] });
    const two = second.start(overwrite);
    await until(() => receivedBytes(second) > 0);
    held.release();
    assert.deepEqual(
      (await one).files.map(({ name }) => name),
      ["a.csv"],
    );
    assert.deepEqual(
      (await two).files.map(({ name }) => name),
      ["b.csv"],
    );
    assert.deepEqual(await downloading.files(), ["a.csv", "b.csv"]);
    assert.deepEqual(urlsOf(registry), ["/0", "/1"]);
  });

  it("gives a second request its own choice about files that exist", async (context) => {
    const held = new HeldStore();
    const { downloads, downloading } = await startRegistry(context, file, held.behave, names);
    await writeFile(join(downloading.folder, "a.csv"), "older");
    await writeFile(join(downloading.folder, "b.csv"), "older");
    const first = downloads.create({ ...task, files: [0], fileExists: "overwrite" });
    const one = first.start(overwrite);
    await until(() => receivedBytes(first) > 0);
    const second = downloads.create({ ...task, files: [1], fileExists: "keepBoth" });
    const two = second.start(overwrite);
    await until(() => receivedBytes(second) > 0);
    held.release();
    assert.deepEqual(
      (await two).files.map(({ name }) => name),
      ["b (2).csv"],
    );
    await one;
    assert.deepEqual(await downloading.files(), ["a.csv", "b (2).csv", "b.csv"]);
  });

  it("fetches a file that two downloads of a task want only once", async (context) => {
    const held = new HeldStore();
    const registry = await startRegistry(context, file, held.behave, names);
    const { downloads } = registry;
    const some = downloads.create({ ...task, files: [0, 1] });
    const one = some.start(overwrite);
    await until(() => receivedBytes(some) > 0);
    const all = downloads.create(task);
    const two = all.start(overwrite);
    await until(() => receivedBytes(all) > 0);
    await some.pause();
    await failureOf(one);
    assert.equal(downloads.of(task.accountId, task.taskId)?.state, "running", "the other download continues");
    held.release();
    assert.equal((await two).files.length, 3);
    assert.deepEqual(urlsOf(registry), ["/0", "/1", "/2"]);
    assert.deepEqual(downloads.all(), [], "nothing is left for the paused one to do");
  });

  it("shows the downloads of one task as one entry with the progress of all files", async (context) => {
    const held = new HeldStore();
    const { downloads } = await startRegistry(context, file, held.behave, names);
    const [a, b] = [downloads.create({ ...task, files: [0] }), downloads.create({ ...task, files: [2] })];
    for (const each of [a, b]) void each.start(overwrite).catch(() => undefined);
    await until(() => receivedBytes(a) > 0 && receivedBytes(b) > 0);
    const [entry, ...others] = downloads.all();
    assert.deepEqual(others, []);
    assert.deepEqual([...(entry?.progress.keys() ?? [])].sort(), [0, 2]);
    assert.ok([...(entry?.progress.values() ?? [])].every(({ files }) => files === 3));
    await downloads.pause(task);
    assert.equal(downloads.of(task.accountId, task.taskId)?.state, "paused");
    await downloads.discard(task);
  });

  it("lets a new download take over what a paused one lacked, and no more", async (context) => {
    const held = new HeldStore();
    const { downloads, downloading } = await startRegistry(context, file, held.behave, names);
    const paused = downloads.create({ ...task, files: [0, 1] });
    void paused.start(overwrite).catch(() => undefined);
    await until(() => paused.files.length === 2 && paused.files.every(({ progress }) => progress.receivedBytes > 0));
    await paused.pause();
    downloading.store.behave = ({ serve }) => serve();
    await downloads.create({ ...task, files: [0] }).start(overwrite);
    assert.equal(paused.state, "paused");
    assert.deepEqual(
      paused.files.map(({ index }) => index),
      [1],
    );
    const all = downloads.create(task);
    assert.equal(paused.state, "ended");
    const { files } = await all.start(overwrite);
    assert.deepEqual(
      files.map(({ resumed }) => resumed),
      [0, 1, 0],
    );
  });

  it("pauses everything when the disk is full", async (context) => {
    const held = new HeldStore();
    const full: Behaviour = (exchange) => {
      if (exchange.request.url !== "/1") return held.behave(exchange);
      return exchange.response.writeHead(200, { "content-length": String(2 ** 52) }).write(file);
    };
    const { downloads } = await startRegistry(context, file, full, names);
    const other = downloads.create({ ...task, files: [0] });
    const unattended = failureOf(withPauseReason(other, other.start(overwrite)));
    await until(() => receivedBytes(other) > 0);
    const failure = await failureOf(downloads.create({ ...task, files: [1] }).start(overwrite));
    assert.equal(failure.code, "diskFull");
    await until(() => other.state === "paused");
    assert.equal((await unattended).code, "diskFull", "nobody has canceled it");
    const resumed = failureOf(withPauseReason(other, other.start(overwrite)));
    await other.pause();
    assert.equal((await resumed).code, "cancelled");
  });

  it("ends the downloads of an account that is removed", async (context) => {
    const held = new HeldStore();
    const { downloads, removeAccount, leftovers } = await startRegistry(context, file, held.behave, names);
    const download = downloads.create(task);
    const end = failureOf(download.start(overwrite));
    await until(() => receivedBytes(download) > 100_000);
    removeAccount();
    assert.equal((await end).code, "cancelled");
    assert.deepEqual(await leftovers(), []);
  });

  it("lists after a restart what was left, with the request that it came from", async (context) => {
    const held = new HeldStore();
    const registry = await startRegistry(context, file, held.behave, names);
    const download = registry.downloads.create({ ...task, files: [1] });
    void download.start(overwrite).catch(() => undefined);
    await until(() => receivedBytes(download) > 100_000);
    await download.pause();
    const request: WholeRequest = { ...task, files: [1], folder: registry.downloading.folder };
    const later = registry.again();
    const [restored] = await later.restore([request], 86_400_000);
    assert.equal(restored?.state, "paused");
    assert.ok((later.of(task.accountId, task.taskId)?.progress.get(1)?.receivedBytes ?? 0) > 100_000);
    registry.downloading.store.behave = ({ serve }) => serve();
    const result = await restored.start(overwrite);
    assert.deepEqual(
      result.files.map(({ index, resumed }) => [index, resumed]),
      [[1, 1]],
    );
  });
});

describe("Clearing interrupted downloads", { timeout: 60_000 }, () => {
  it("finds and removes parts and notes about complete files, but no complete file and nobody else's file", async (context) => {
    const behave: Behaviour = (exchange) => {
      const { request, response, serve } = exchange;
      if (request.url === "/2") return cutOnceReceived(exchange, () => hasWritten(registry.told, 2));
      if (request.url === "/1") response.writeHead(404).end();
      else serve();
      return undefined;
    };
    const registry = await startRegistry(context, file, behave, names);
    const { downloads, downloading, leftovers } = registry;
    await failureOf(downloads.create(task).start(overwrite));
    await mkdir(join(downloading.folder, "task"));
    const own = join(downloading.folder, "task", "orders.20260131.part");
    await writeFile(own, "a person's own file");
    assert.ok((await leftovers()).some((name) => name.endsWith(".part.json")));
    const summary = await downloads.interrupted();
    assert.equal(summary.tasks, 1);
    assert.ok(summary.bytes > 0, "the part counts");
    assert.equal(await downloads.clearInterrupted(), 1);
    assert.deepEqual(await leftovers(), [join("task", "orders.20260131.part")]);
    assert.equal(await readFile(own, "utf8"), "a person's own file");
    assert.deepEqual((await readdir(downloading.folder)).sort(), ["a.csv", "task"]);
    assert.equal(await downloads.clearInterrupted(), 0);
    assert.deepEqual(downloads.all(), []);
  });

  it("leaves running downloads alone", async (context) => {
    const held = new HeldStore();
    const { downloads, downloading } = await startRegistry(context, file, held.behave, ["a.csv"]);
    const download = downloads.create(task);
    const end = download.start(overwrite);
    await until(() => receivedBytes(download) > 0);
    assert.deepEqual(await downloads.interrupted(), { tasks: 0, bytes: 0 });
    assert.equal(await downloads.clearInterrupted(), 0);
    held.release();
    await end;
    assert.deepEqual(await downloading.files(), ["a.csv"]);
  });
});
