import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cancelled } from "../../../../src/model/exportError.ts";
import type { FileExists } from "../../../../src/vscode/downloads/download.ts";
import { failureOf } from "../../download/downloading.ts";
import { type Behaviour, exportBytes } from "../../download/faultyStore.ts";
import { HeldStore, overwrite, receivedBytes, startRegistry, task, until } from "./registry.ts";

const file = exportBytes(1_000_000);
const names = ["a.csv", "b.csv", "c.csv"];

describe("A download", { timeout: 60_000 }, () => {
  it("tells that it started, which files there are, each arrival and its end", async (context) => {
    const { downloads, told } = await startRegistry(context, file, undefined, names);
    const download = downloads.create({ taskId: 12345 });
    const result = await download.start(overwrite);
    const kinds = told.map(({ event }) => event.kind).filter((kind) => !["progress", "written"].includes(kind));
    assert.deepEqual(kinds, ["started", "planned", "arrived", "arrived", "arrived", "stopped"]);
    assert.equal(download.state, "ended");
    assert.deepEqual(
      download.files.map(({ result: brought }) => brought?.name),
      names,
    );
    const last = told.at(-1)?.event;
    assert.ok(last?.kind === "stopped");
    assert.deepEqual([last.result, last.hasLeftovers, last.gone], [result, false, []]);
  });

  it("says that it waits for a choice while a person is asked about existing files, and no longer", async (context) => {
    const { downloads, downloading, told } = await startRegistry(context, file, undefined, names);
    await writeFile(join(downloading.folder, "a.csv"), "there before");
    const download = downloads.create(task);
    const shown = (): unknown[] => download.files.map(({ progress: { phase, reason } }) => [phase, reason]);
    const before: unknown[] = [];
    const ask: FileExists = () => {
      before.push(...shown());
      return new Promise((resolve) => {
        setImmediate(() => {
          told.length = 0;
          assert.deepEqual(
            shown(),
            names.map(() => ["waiting", "Waiting for your choice about existing files."]),
          );
          resolve("overwrite");
        });
      });
    };
    await download.start(ask);
    assert.equal(before.length, 3);
    const after = told.flatMap(({ event }) => (event.kind === "progress" ? [event.progress] : [])).slice(0, 3);
    assert.deepEqual(
      after.map(({ phase, reason }) => [phase, reason]),
      before,
    );
  });

  it("keeps what was received when it is paused, and continues from there", async (context) => {
    const { downloads, downloading, told } = await startRegistry(context, file, new HeldStore().behave, ["a.csv"]);
    const download = downloads.create(task);
    const first = failureOf(download.start(overwrite));
    await until(() => receivedBytes(download) > 100_000);
    await download.pause();
    assert.equal((await first).code, "cancelled");
    assert.deepEqual([download.state, download.error], ["paused", undefined]);
    const stopped = told.at(-1)?.event;
    assert.ok(stopped?.kind === "stopped");
    const [part] = stopped.unfinished;
    assert.ok((part?.bytes ?? 0) > 100_000);
    downloading.store.behave = ({ serve }) => serve();
    const { files } = await download.start(overwrite);
    assert.equal(files[0]?.resumed, 1);
    assert.equal(download.state, "ended");
    assert.ok((await readFile(join(downloading.folder, "a.csv"))).equals(file));
  });

  it("removes what was received of unfinished files, and nothing else, when it is discarded", async (context) => {
    const held = new HeldStore();
    const behave: Behaviour = (exchange) => {
      if (exchange.request.url !== "/0") return held.behave(exchange);
      exchange.serve();
      return undefined;
    };
    const { downloads, downloading, told, leftovers } = await startRegistry(context, file, behave, names);
    const download = downloads.create(task);
    const first = failureOf(download.start(overwrite));
    await until(() => download.files[0]?.result !== undefined && receivedBytes(download) > 100_000);
    await download.discard();
    assert.equal((await first).code, "cancelled");
    assert.equal(download.state, "ended");
    assert.deepEqual(await leftovers(), []);
    assert.deepEqual(await downloading.files(), ["a.csv"]);
    const last = told.at(-1)?.event;
    assert.ok(last?.kind === "stopped");
    assert.deepEqual(last.gone, [1, 2]);
  });

  it("can be discarded while it is paused", async (context) => {
    const { downloads, leftovers } = await startRegistry(context, file, new HeldStore().behave, ["a.csv"]);
    const download = downloads.create(task);
    void download.start(overwrite).catch(() => undefined);
    await until(() => receivedBytes(download) > 100_000);
    await download.pause();
    assert.notDeepEqual(await leftovers(), []);
    await download.discard();
    assert.equal(download.state, "ended");
    assert.deepEqual(await leftovers(), []);
    assert.equal(downloads.of(task.accountId, task.taskId), undefined);
  });

  it("stays listed after a stop only if something was received", async (context) => {
    const { downloads, downloading } = await startRegistry(context, file, () => undefined, ["a.csv"]);
    const nothing = downloads.create(task);
    void nothing.start(overwrite).catch(() => undefined);
    await until(() => downloading.store.requests.length > 0);
    await nothing.stop();
    assert.equal(nothing.state, "ended");
    downloading.store.behave = new HeldStore().behave;
    const some = downloads.create(task);
    void some.start(overwrite).catch(() => undefined);
    await until(() => receivedBytes(some) > 100_000);
    await some.stop();
    assert.equal(some.state, "paused");
  });

  it("fails with the task, the file and how many are there, and keeps the ones that arrived", async (context) => {
    const behave: Behaviour = ({ request, response, serve }) => {
      if (request.url === "/1") response.writeHead(404).end();
      else serve();
    };
    const { downloads, downloading, told } = await startRegistry(context, file, behave, names);
    const download = downloads.create(task);
    const failure = await failureOf(download.start(overwrite));
    assert.equal(failure.code, "fileMissing");
    assert.match(failure.message, /^Task 12345: 2 of 3 files downloaded\. b\.csv: /);
    assert.deepEqual(told.flatMap(({ event }) => (event.kind === "arrived" ? [event.file.name] : [])).sort(), [
      "a.csv",
      "c.csv",
    ]);
    assert.equal(download.files[1]?.error instanceof Error, true);
    downloading.store.behave = ({ serve }) => serve();
    const before = downloading.store.requests.length;
    await downloads.create(task).start(overwrite);
    assert.deepEqual(
      downloading.store.requests.slice(before).map(({ url }) => url),
      ["/1"],
      "trying again fetches only the missing file",
    );
  });

  it("asks once about all files that exist, and before anything is fetched", async (context) => {
    const { downloads, downloading } = await startRegistry(context, file, undefined, names);
    for (const name of ["a.csv", "c.csv"]) await writeFile(join(downloading.folder, name), "older");
    const asked: (readonly string[])[] = [];
    const { files } = await downloads.create(task).start((paths) => {
      asked.push(paths);
      assert.equal(downloading.store.requests.length, 0);
      return Promise.resolve(["keepBoth", "skip"]);
    });
    assert.deepEqual(asked, [[join(downloading.folder, "a.csv"), join(downloading.folder, "c.csv")]]);
    assert.deepEqual(
      files.map(({ name, skipped }) => [name, skipped ?? false]),
      [
        ["a (2).csv", false],
        ["b.csv", false],
        ["c.csv", true],
      ],
    );
    assert.equal(await readFile(join(downloading.folder, "a.csv"), "utf8"), "older");
  });

  it("leaves no files if the question about existing files is closed", async (context) => {
    const { downloads, downloading, leftovers } = await startRegistry(context, file, undefined, names);
    await writeFile(join(downloading.folder, "a.csv"), "older");
    const download = downloads.create(task);
    const failure = await failureOf(download.start(() => Promise.reject(cancelled())));
    assert.equal(failure.code, "cancelled");
    assert.equal(download.state, "ended");
    assert.deepEqual(await leftovers(), []);
    assert.deepEqual(await downloading.files(), ["a.csv"]);
  });
});
