import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { failureOf } from "../../download/downloading.ts";
import { type Behaviour, exportBytes } from "../../download/faultyStore.ts";
import { cutOnceReceived, hasWritten, HeldStore, overwrite, receivedBytes, startRegistry, until } from "./registry.ts";
import { type UnfinishedFile, UnfinishedFiles } from "../../../../src/vscode/downloads/unfinishedFiles.ts";

const task = { accountId: "account-1", taskId: "12345" };
const part = { file: 0, part: "/exports/a.csv.01234567.part", path: "/exports/a.csv", bytes: 10, total: 100 };

function listened(): { unfinished: UnfinishedFiles; told: UnfinishedFile[] } {
  const unfinished = new UnfinishedFiles();
  const told: UnfinishedFile[] = [];
  unfinished.listen((changed) => void told.push(changed));
  return { unfinished, told };
}

const statesOf = (told: readonly UnfinishedFile[]): string[] => told.map(({ state }) => state.kind);

describe("A file that is being downloaded", () => {
  it("is found by its final name and by the name of its part, until it is complete", () => {
    const { unfinished, told } = listened();
    unfinished.grew(task, { ...part, placed: false });
    assert.equal(unfinished.find("/exports/a.csv")?.bytes, 10);
    assert.equal(unfinished.find(part.part)?.path, "/exports/a.csv");
    assert.equal(unfinished.find("/exports/b.csv"), undefined);
    unfinished.grew(task, { ...part, bytes: 100, path: "/exports/a (2).csv", placed: true });
    assert.equal(unfinished.find("/exports/a.csv"), undefined);
    assert.deepEqual(unfinished.ofTask(task), []);
    assert.deepEqual(statesOf(told), ["growing", "placed"]);
    assert.equal(told.at(-1)?.path, "/exports/a (2).csv");
  });

  it("reports once why no bytes arrive, and when they arrive again", () => {
    const { unfinished, told } = listened();
    unfinished.setWaiting(task, 0, "nobody knows this file yet");
    unfinished.grew(task, { ...part, placed: false });
    unfinished.setWaiting(task, 0, "The network is away.");
    unfinished.setWaiting(task, 0, "The network is away.");
    unfinished.setWaiting(task, 1, "another file");
    unfinished.setWaiting(task, 0, undefined);
    assert.deepEqual(
      told.map(({ state }) => (state.kind === "growing" ? state.waiting : state.kind)),
      [undefined, "The network is away.", undefined],
    );
  });

  it("is paused with what was received, and continues from there", () => {
    const { unfinished, told } = listened();
    unfinished.grew(task, { ...part, path: "/exports/better name.csv", placed: false });
    unfinished.setStopped(task, [{ ...part, bytes: 20 }], undefined);
    const paused = unfinished.find("/exports/better name.csv");
    assert.deepEqual([paused?.state, paused?.bytes], [{ kind: "paused" }, 20]);
    unfinished.resumed(task);
    unfinished.setStopped(task, [part], "The disk is full.");
    assert.deepEqual(told.at(-1)?.state, { kind: "failed", reason: "The disk is full." });
    assert.deepEqual(statesOf(told), ["growing", "paused", "growing", "failed"]);
  });

  it("is removed from the list when its download leaves no part, and no other file is", () => {
    const { unfinished, told } = listened();
    unfinished.grew(task, { ...part, placed: false });
    unfinished.grew(task, { ...part, file: 1, part: "/exports/b.part", path: "/exports/b.csv", placed: false });
    unfinished.ended(task, [1]);
    assert.deepEqual(
      unfinished.ofTask(task).map(({ file }) => file),
      [0],
    );
    assert.deepEqual(
      told.filter(({ state }) => state.kind === "gone").map(({ file }) => file),
      [1],
    );
    unfinished.ended(task);
    assert.deepEqual(statesOf(told).at(-1), "gone");
    assert.equal(unfinished.find("/exports/a.csv"), undefined);
  });

  it("is listed for its own task only", () => {
    const { unfinished } = listened();
    unfinished.grew(task, { ...part, placed: false });
    unfinished.grew(
      { ...task, taskId: "2" },
      { ...part, path: "/exports/2.csv", part: "/exports/2.part", placed: false },
    );
    unfinished.ended(task);
    assert.equal(unfinished.find("/exports/2.csv")?.taskId, "2");
  });
});

describe("Unfinished files keep up with downloads", { timeout: 60_000 }, () => {
  const file = exportBytes(600_000);
  const inWords = (error: unknown): string => (error instanceof Error ? error.message : "");

  it("from the first byte to the complete file, including a pause", async (context) => {
    const { downloads, downloading } = await startRegistry(context, file, new HeldStore().behave, ["a.csv"]);
    const { unfinished, told } = listened();
    unfinished.follow(downloads, inWords);
    const download = downloads.create(task);
    void download.start(overwrite).catch(() => undefined);
    await until(() => receivedBytes(download) > 50_000);
    await download.pause();
    const paused = unfinished.find(join(downloading.folder, "a.csv"));
    assert.equal(paused?.state.kind, "paused");
    assert.ok(paused.bytes > 50_000);
    downloading.store.behave = ({ serve }) => serve();
    await download.start(overwrite);
    assert.deepEqual(unfinished.ofTask(task), []);
    assert.deepEqual(told.at(-1)?.state, { kind: "placed" });
    assert.equal(told.at(-1)?.path, join(downloading.folder, "a.csv"));
  });

  it("including why one file failed while the others of its task arrive", async (context) => {
    const behave: Behaviour = (exchange) => {
      if (exchange.request.url === "/1") return cutOnceReceived(exchange, () => hasWritten(registry.told, 1));
      exchange.serve();
      return undefined;
    };
    const registry = await startRegistry(context, file, behave, ["a.csv", "b.csv"]);
    const { downloads } = registry;
    const { unfinished, told } = listened();
    unfinished.follow(downloads, inWords);
    await failureOf(downloads.create(task).start(overwrite));
    const [failed, ...others] = unfinished.ofTask(task);
    assert.deepEqual(others, []);
    assert.ok(failed?.state.kind === "failed" && failed.file === 1);
    assert.doesNotMatch(failed.state.reason, /Task 12345/, "the file is shown where its task is known");
    await downloads.discard(task);
    assert.deepEqual(unfinished.ofTask(task), []);
    assert.deepEqual(told.at(-1)?.state, { kind: "gone" }, "somebody discarded it, so why it failed no longer matters");
  });
});
