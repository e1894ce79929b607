import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { TaskDownload } from "../../../src/download/downloadTask.ts";
import { systemClock } from "../../../src/http/clock.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { tryLock } from "../../../src/disk/fileLock.ts";
import { findParts } from "../../../src/download/part/parts.ts";
import {
  always,
  type Downloading,
  failureOf,
  laterMoment,
  longStallMs,
  startDownloading,
  until,
} from "./downloading.ts";
import { exportBytes, sha256, type StoreExchange } from "./faultyStore.ts";
import { outputOf, startChild } from "./killedDownloads.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(2_000_000);
const never = new AbortController().signal;

async function assertWhole(downloading: Downloading): Promise<void> {
  assert.deepEqual(await downloading.files(), [name]);
  assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(file));
}

describe("the same file wanted twice (row 30)", () => {
  test("two calls in one process share one transfer, each with its own progress", async (context) => {
    const downloading = await startDownloading(context, file);
    const phases: string[] = [];
    const onProgress = ({ phase }: { phase: string }): unknown => phases.push(phase);
    const [one, two] = await Promise.all([downloading.run(), downloading.run({ onProgress })]);
    assert.deepEqual(one, two);
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 1);
    assert.equal(phases.at(-1), "done");
    assert.equal(downloading.progress.at(-1)?.phase, "done");
  });

  test("two tasks whose parts had the same name in earlier versions are two downloads", async (context) => {
    const downloading = await startDownloading(context, file);
    // Found by trying: the first 32 bits of their marks are the same.
    const tasks = ["72767", "82230"];
    const [one, two] = await Promise.all(
      tasks.map((taskId) => downloading.run({ taskId, fileExists: always("keepBoth") })),
    );
    assert.notEqual(one?.files[0]?.uri, two?.files[0]?.uri);
    assert.equal(downloading.store.requests.length, 2);
    assert.equal((await downloading.files()).length, 2);
  });

  test("if one of two callers cancels, the other still gets its file", async (context) => {
    const { behave, sendRest } = heldStore();
    const downloading = await startDownloading(context, file, behave, { stallTimeoutMs: longStallMs });
    const controller = new AbortController();
    const first = failureOf(downloading.run({ signal: controller.signal }));
    const second = downloading.run();
    await until(() => downloading.store.requests.length === 1);
    controller.abort();
    assert.equal((await first).code, "cancelled");
    sendRest();
    await second;
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 1);
  });

  test("if the first of two callers cancels and the URL expires later, the other's download gets a new one", async (context) => {
    const controller = new AbortController();
    const downloading = await startDownloading(context, file, ({ turn, response, serve, cutAfter }) => {
      if (turn === 0) cutAfter(1_000_000);
      else if (turn === 1) {
        controller.abort();
        void first.then(() => response.writeHead(403).end("Request has expired"));
      } else serve();
    });
    const first = failureOf(downloading.run({ signal: controller.signal, resolve: askedOf(downloading) }));
    const second = downloading.run();
    assert.equal((await first).code, "cancelled");
    await second;
    await assertWhole(downloading);
  });

  test("if both callers cancel, the download ends, and a third one starts a new one", async (context) => {
    let slow = true;
    const downloading = await startDownloading(context, file, ({ serve }) => {
      if (!slow) serve();
    });
    const controller = new AbortController();
    const both = [downloading.run({ signal: controller.signal }), downloading.run({ signal: controller.signal })].map(
      failureOf,
    );
    await until(() => downloading.store.requests.length === 1);
    controller.abort();
    slow = false;
    const third = downloading.run();
    assert.deepEqual(
      (await Promise.all(both)).map(({ code }) => code),
      ["cancelled", "cancelled"],
    );
    await third;
    await assertWhole(downloading);
  });

  test("if another process downloads the file, this one waits and uses its file", async (context) => {
    const { behave, sendRest } = heldStore();
    const downloading = await startDownloading(context, file, behave);
    const output = outputOf(startChild(downloading.store, downloading.folder));
    await until(() => downloading.store.requests.length === 1);
    const work = downloading.run();
    await until(() => isWaiting(downloading));
    sendRest();
    const { files } = await work;
    assert.match(await output, new RegExp(sha256(file)));
    assert.equal(files[0]?.sha256, sha256(file));
    assert.equal(files[0].requests, 0);
    assert.equal(downloading.store.requests.length, 1);
    await assertWhole(downloading);
    assert.match(downloading.progress.find(({ phase }) => phase === "waiting")?.reason ?? "", /Another window/);
  });

  test("if another process downloads the file and the caller doesn't want to wait, the error is busyElsewhere", async (context) => {
    const { behave, sendRest } = heldStore();
    const downloading = await startDownloading(context, file, behave);
    const child = startChild(downloading.store, downloading.folder);
    await until(() => downloading.store.requests.length === 1);
    assert.equal((await failureOf(downloading.run({ whenBusy: "fail" }))).code, "busyElsewhere");
    sendRest();
    await outputOf(child);
    await assertWhole(downloading);
  });

  test("waiting for another process can be canceled", async (context) => {
    const { behave, sendRest } = heldStore();
    const downloading = await startDownloading(context, file, behave);
    const child = startChild(downloading.store, downloading.folder);
    await until(() => downloading.store.requests.length === 1);
    const controller = new AbortController();
    const work = failureOf(downloading.run({ signal: controller.signal }));
    await until(() => isWaiting(downloading));
    controller.abort();
    assert.equal((await work).code, "cancelled");
    sendRest();
    await outputOf(child);
    await assertWhole(downloading);
  });

  test("if the other process is killed, this one takes over its part and continues", async (context) => {
    const { behave } = heldStore();
    const downloading = await startDownloading(context, file, behave);
    const child = startChild(downloading.store, downloading.folder);
    await until(async () => ((await findParts(downloading.folder))[0]?.bytes ?? 0) > 0);
    const work = downloading.run();
    await until(() => isWaiting(downloading));
    child.kill("SIGKILL");
    const { files } = await work;
    await assertWhole(downloading);
    assert.equal(files[0]?.resumed, 1);
  });

  test("the lock of a dead process is taken over at once", async (context) => {
    const { behave } = heldStore();
    const downloading = await startDownloading(context, file, behave);
    const child = startChild(downloading.store, downloading.folder);
    await until(() => downloading.store.requests.length === 1);
    const output = outputOf(child);
    child.kill("SIGKILL");
    await output;
    assert.ok(
      (await downloading.files()).some((each) => each.endsWith(".part.lock")),
      "it left its lock behind",
    );
    await downloading.run({ whenBusy: "fail" });
    await assertWhole(downloading);
  });

  test("only one of several processes takes over the same dead lock", async (context) => {
    const downloading = await startDownloading(context, file);
    const path = join(downloading.folder, "x.lock");
    for (let round = 0; round < 20; round += 1) {
      await writeFile(path, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), token: "dead" }));
      const locks = await Promise.all(Array.from({ length: 8 }, () => tryLock(path, systemClock, never)));
      const held = locks.filter((lock) => lock !== undefined);
      assert.ok(held.length <= 1, `${held.length} hold it`);
      await Promise.all(held.map((lock) => lock.release()));
      await rm(path, { force: true });
    }
    assert.deepEqual(await readdir(downloading.folder), []);
  });
});

/** A service that hears when whoever asks has left. */
function askedOf(downloading: Downloading): TaskDownload["resolve"] {
  return ({ signal }) => {
    if (signal.aborted) throw new ExportError("cancelled", "Nobody waits for this.");
    return Promise.resolve([{ index: 0, name, url: downloading.store.url }]);
  };
}

/** A store that sends the first half of the file to whoever asks first, and the rest when a test says so. */
function heldStore(): { behave: (exchange: StoreExchange) => Promise<void>; sendRest: () => void } {
  const rest = laterMoment();
  const behave = async ({ turn, response, serve, file: body, etag }: StoreExchange): Promise<void> => {
    if (turn > 0) {
      serve();
      return;
    }
    response.writeHead(200, { "content-length": String(body.length), etag });
    response.write(body.subarray(0, body.length / 2));
    await rest.come;
    response.end(body.subarray(body.length / 2));
  };
  return { behave, sendRest: rest.now };
}

/** Whether a download has said that it waits for another one of the same file. */
function isWaiting({ progress }: Downloading): boolean {
  return progress.some(({ phase }) => phase === "waiting");
}
