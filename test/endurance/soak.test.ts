import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createDigester } from "../../src/download/digest/digester.ts";
import { downloadTask } from "../../src/download/downloadTask.ts";
import { createDownloadQueues } from "../../src/download/fileQueue.ts";
import { createHttpClient } from "../../src/http/undiciClient.ts";
import { chosenNumber } from "./seeds.ts";

const fileBytes = 16 * 1024;
/** Longer than a connection or the digester's worker is kept for the next download. */
const idleMs = 6_500;
/** What the heap may differ by: less than two kilobytes for each download that went through. */
const heapSlack = 2 * 1024 * 1024;

/** What a process holds that has to be given back. */
interface Holdings {
  readonly descriptors: number | undefined;
  /** Timers, sockets and other things that keep a process going, by kind. */
  readonly resources: Record<string, number>;
  readonly listeners: number;
  readonly heapBytes: number;
}

/** TASK_EXPORTS_SOAK makes it longer. */
describe("many downloads in one process", () => {
  const sequential = chosenNumber("TASK_EXPORTS_SOAK", 1000);
  const concurrent = sequential / 5;

  test("leave no open files, timers, listeners or memory behind", async (context) => {
    const warnings: string[] = [];
    const onWarning = (warning: Error): unknown => warnings.push(warning.name);
    process.on("warning", onWarning);
    context.after(() => process.off("warning", onWarning));
    // One signal for all, as the extension's own lifetime is.
    const { signal } = new AbortController();
    const download = await startDownloads(context, signal);

    const all = async (one: number, many: number): Promise<Holdings> => {
      for (let each = 0; each < one; each += 1) await download();
      await Promise.all(Array.from({ length: many }, download));
      return settled(signal);
    };
    // The first ones bring code and pools to where they stay.
    const before = await all(100, concurrent);
    const startedAt = performance.now();
    const after = await all(sequential, concurrent);
    const seconds = ((performance.now() - startedAt - idleMs) / 1000).toFixed(1);

    const heapKib = Math.round((after.heapBytes - before.heapBytes) / 1024);
    context.diagnostic(`${sequential} one after the other and ${concurrent} at once in ${seconds} s`);
    context.diagnostic(`file descriptors ${before.descriptors} → ${after.descriptors}, heap by ${heapKib} KiB`);
    context.diagnostic(`resources ${JSON.stringify(before.resources)} → ${JSON.stringify(after.resources)}`);
    assert.deepEqual(after.resources, before.resources);
    assert.equal(after.descriptors, before.descriptors);
    assert.equal(after.listeners, 0);
    assert.ok(after.heapBytes - before.heapBytes < heapSlack, `${heapKib} KiB more heap`);
    assert.deepEqual(warnings, []);
  });
});

/** Answers how to make one more download of its own task. */
async function startDownloads(context: TestContext, signal: AbortSignal): Promise<() => Promise<void>> {
  const program = join(import.meta.dirname, "storeProcess.ts");
  const store = spawn(process.execPath, [program, String(fileBytes)], { stdio: ["pipe", "pipe", "inherit"] });
  const [said] = (await once(store.stdout, "data")) as [Buffer];
  const origin = said.toString().trim();
  const folder = await mkdtemp(join(tmpdir(), "task-exports-soak-"));
  const http = createHttpClient(() => ({ connectTimeoutMs: 5000, stallTimeoutMs: 5000 }));
  const digester = createDigester(new URL("../../src/download/digest/digestWorker.ts", import.meta.url));
  context.after(async () => {
    await http.close();
    await digester.dispose();
    store.stdin.end();
    await once(store, "exit");
    await rm(folder, { recursive: true });
  });
  const limits = { stallTimeoutMs: 5000, retryBudgetMs: 5000, slowestBytesPerSecond: 8192 };
  const parts = { http, digester, queues: createDownloadQueues(() => 4), limits: () => limits };
  let tasks = 0;
  return async () => {
    const taskId = String((tasks += 1));
    const file = { index: 0, name: "export.csv", url: `${origin}/export.csv?sig=${taskId}` };
    const { files } = await downloadTask(
      {
        accountId: "account-1",
        taskId,
        folder,
        signal,
        allowPrivateHosts: true,
        resolve: () => Promise.resolve([file]),
        relativePath: () => `${taskId}.csv`,
        fileExists: () => assert.fail("no name is used twice"),
        onProgress: () => undefined,
        keepPartOnCancel: () => true,
      },
      parts,
    );
    assert.equal(files[0]?.bytes, fileBytes);
  };
}

/** What is held once all that is kept for the next download has been let go. */
async function settled(signal: AbortSignal): Promise<Holdings> {
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  for (let round = 0; round < 3; round += 1) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  return {
    descriptors: existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : undefined,
    resources,
    listeners: getEventListeners(signal, "abort").length,
    heapBytes: process.memoryUsage().heapUsed,
  };
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
