import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { createCredentials } from "../../sandbox/credentials.ts";
import { startAzurite } from "../../sandbox/store/azuriteProcess.ts";
import { FileStore } from "../../sandbox/store/fileStore.ts";
import { ensureTool } from "../../tools/toolCache.mjs";
import { createDigester } from "../../src/download/digest/digester.ts";
import { downloadTask, type DownloadParts, type TaskDownload } from "../../src/download/downloadTask.ts";
import { createDownloadQueues } from "../../src/download/fileQueue.ts";
import { systemClock } from "../../src/http/clock.ts";
import { createHttpClient } from "../../src/http/undiciClient.ts";
import type { DownloadResult, ResolvedFile } from "../../src/model/contract.ts";
import { noise, sha256 } from "../unit/download/faultyStore.ts";
import { defaultRangeBytes } from "../../src/download/transfer/rangeWindow.ts";
import { hasContent } from "../unit/download/hasContent.ts";
import { type ChaosProxy, type Fault, type PlannedFault, startChaosProxy } from "./chaosProxy.ts";
import { assertNoLink, SecretWatch } from "./secretWatch.ts";
import { chosenNumber, seeded, seedOf } from "./seeds.ts";

const mebibyte = 1024 * 1024;
const filesPerTask = 5;
const faultKinds: readonly Fault[] = ["reset", "truncation", "stall", "silence", "expiry", "busy"];
const mostFaultsPerFile = 4;
/** Most files wait longer than this for their turn, so their links truly end before they are used. */
const linkSeconds = 20;

/** What is downloaded, and how. */
interface Way {
  readonly how: string;
  readonly count: number;
  readonly samples: number;
  readonly mebibytes: { readonly from: number; readonly to: number };
  readonly ranges: number;
  /** The store knows no checksum of files that were uploaded in blocks. */
  readonly verified: "checksum" | "length";
  /** About as long as the longest body, so that faults come anywhere in it. */
  readonly bodyBytes: number;
  /** Requests for a file without faults, and those that a fault can make necessary. */
  readonly requests: { readonly perFile: number; readonly perFault: number };
}

const files = chosenNumber("TASK_EXPORTS_CHAOS", 500);
const ways: readonly Way[] = [
  {
    how: "over one connection each",
    count: files,
    samples: 20,
    mebibytes: { from: 1, to: 8 },
    ranges: 1,
    verified: "checksum",
    bodyBytes: 8 * mebibyte,
    requests: { perFile: 1, perFault: 1 },
  },
  {
    how: "in four ranges each",
    count: filesPerTask * Math.max(1, Math.round(files / (50 * filesPerTask))),
    samples: 2,
    mebibytes: { from: 40, to: 48 },
    ranges: 4,
    verified: "length",
    bodyBytes: defaultRangeBytes,
    requests: { perFile: 1 + (48 * mebibyte) / defaultRangeBytes, perFault: 5 },
  },
];

/** TASK_EXPORTS_CHAOS and TASK_EXPORTS_SEED make it longer, or the same again. */
describe("everything at once", () => {
  for (const way of ways) {
    const { from, to } = way.mebibytes;
    test(`downloads of ${from} to ${to} MiB ${way.how} are correct despite resets, stalls, truncations, expired URLs and busy responses`, async (context) => {
      const { count } = way;
      const random = seeded(seedOf(context));
      // If one download fails, the others must not keep the process alive.
      const stop = new AbortController();
      context.after(() => stop.abort());
      const { store, origin } = await startStore(context);
      const samples = await storeSamples(store, random, way);
      const sampleOf = (file: number): Sample => samples[file % samples.length] ?? assert.fail();
      const weather = new Weather(random, way.bodyBytes);
      const proxy = await startChaosProxy(new URL(origin), (path) => weather.plan(path));
      context.after(() => proxy.close());
      const folder = await mkdtemp(join(tmpdir(), "task-exports-chaos-"));
      context.after(() => rm(folder, { recursive: true, force: true }));
      const watch = new SecretWatch(folder);
      const parts = downloadParts(context, random, way);
      let questions = 0;

      const run = async (task: number): Promise<void> => {
        const numbers = Array.from({ length: filesPerTask }, (_, index) => task * filesPerTask + index);
        const resolve = (): Promise<ResolvedFile[]> => {
          questions += 1;
          const files = numbers.map((file, index) => ({ index, name: nameOf(file), url: linkTo(file) }));
          return Promise.resolve(files);
        };
        const work = downloadTask({ ...usual(folder, task, watch), resolve, signal: stop.signal }, parts);
        work.catch((error: unknown) => watch.failed(error));
        const result = await work;
        watch.told(result);
        await checkFiles(result, numbers, sampleOf, way.verified);
      };
      const linkTo = (file: number): string => {
        const link = new URL(store.signedUrl(sampleOf(file).path, new Date(Date.now() + linkSeconds * 1000)));
        return `${proxy.origin}${link.pathname}${link.search}&file=${file}`;
      };
      await Promise.all(Array.from({ length: count / filesPerTask }, (_, task) => run(task)));

      const expected = Array.from({ length: count }, (_, file) => nameOf(file)).sort();
      assert.deepEqual((await readdir(folder)).sort(), expected, "no duplicate, no part, no sidecar, no lock");
      assert.throws(() => assertNoLink(linkTo(0)));
      await watch.end();
      assert.ok(watch.filesRead > 0);
      judge({ proxy, way, questions }, context);
    });
  }
});

const nameOf = (file: number): string => `export ${file}.csv`;

interface Sample {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Decides what happens to each request: the same for the same seed as far as requests come in the same order. */
class Weather {
  readonly #ofFile = new Map<number, number>();
  readonly #expired = new Set<number>();
  readonly #random: () => number;
  readonly #bodyBytes: number;

  constructor(random: () => number, bodyBytes: number) {
    this.#random = random;
    this.#bodyBytes = bodyBytes;
  }

  plan(path: string): PlannedFault | undefined {
    const file = Number(/&file=(\d+)/.exec(path)?.[1]);
    const before = this.#ofFile.get(file) ?? 0;
    const kind = faultKinds[Math.floor(this.#random() * 2 * faultKinds.length)];
    if (kind === undefined || before >= mostFaultsPerFile) return undefined;
    // A link can also end while its file waits. Too many in a row end a download, as they should.
    if (kind === "expiry" && this.#expired.has(file)) return undefined;
    if (kind === "expiry") this.#expired.add(file);
    this.#ofFile.set(file, before + 1);
    return { kind, afterBytes: Math.floor(this.#random() * this.#bodyBytes) };
  }
}

/** A real store with real signatures. */
async function startStore(context: TestContext): Promise<{ store: FileStore; origin: string }> {
  const { signal } = context;
  const toolFolder = await ensureTool("azurite", () => undefined, signal);
  const dataFolder = await mkdtemp(join(tmpdir(), "task-exports-chaos-store-"));
  const logFile = join(dataFolder, "azurite.log");
  const { store: account } = createCredentials(1);
  const azurite = await startAzurite({ toolFolder, dataFolder, logFile, account, signal });
  context.after(async () => {
    await azurite.stop();
    await rm(dataFolder, { recursive: true, force: true });
  });
  const store = new FileStore(azurite.origin, account, logFile);
  await store.prepare();
  return { store, origin: azurite.origin };
}

async function storeSamples(store: FileStore, random: () => number, way: Way): Promise<Sample[]> {
  const { from, to } = way.mebibytes;
  const all = noise(2 * to * mebibyte);
  const samples = Array.from({ length: way.samples }, (_, index) => {
    const start = Math.floor(to * mebibyte * random());
    const length = Math.floor(mebibyte * (from + (to - from) * random()));
    return { path: `${index}.csv`, bytes: all.subarray(start, start + length) };
  });
  for (const { path, bytes } of samples) {
    const file = { path, contentType: "text/csv", recipe: path, open: () => [bytes] };
    await store.ensure(file, new AbortController().signal);
  }
  return samples;
}

function downloadParts(context: TestContext, random: () => number, { ranges }: Way): DownloadParts {
  const http = createHttpClient(() => ({ connectTimeoutMs: 5000, stallTimeoutMs: 400 }));
  const digester = createDigester(new URL("../../src/download/digest/digestWorker.ts", import.meta.url));
  context.after(async () => {
    await http.close();
    await digester.dispose();
  });
  const limits = { stallTimeoutMs: 400, retryBudgetMs: 60_000, slowestBytesPerSecond: 0, parallelRanges: ranges };
  // Back-off as it is, but a tenth of it, so that the machine has something to do.
  const parts = { http, digester, limits: () => limits, clock: systemClock, random: () => random() / 10 };
  return { ...parts, queues: createDownloadQueues(() => 8) };
}

/** What is the same for every task. */
function usual(folder: string, task: number, watch: SecretWatch): Omit<TaskDownload, "resolve" | "signal"> {
  return {
    accountId: "account-1",
    taskId: String(task),
    folder,
    relativePath: ({ name }) => name,
    fileExists: () => assert.fail("nobody is to be asked about a file of this run"),
    allowPrivateHosts: true,
    onProgress: (progress) => watch.told(progress),
    keepPartOnCancel: () => true,
  };
}

/** Compares with what lies in the store; then only the names are needed. */
async function checkFiles(
  { files }: DownloadResult,
  numbers: readonly number[],
  sampleOf: (file: number) => Sample,
  expected: Way["verified"],
): Promise<void> {
  for (const [index, file] of numbers.entries()) {
    const { bytes } = sampleOf(file);
    const { name, uri, verified, sha256: told } = files[index] ?? assert.fail();
    assert.equal(name, nameOf(file));
    assert.equal(verified, expected);
    assert.equal(told, sha256(bytes));
    assert.ok(await hasContent(fileURLToPath(uri), bytes));
    await truncate(fileURLToPath(uri), 0);
  }
}

interface Figures {
  readonly proxy: ChaosProxy;
  readonly way: Way;
  readonly questions: number;
}

function judge({ proxy, way, questions }: Figures, context: TestContext): void {
  const faults = [...proxy.faults].map(([kind, times]) => `${times} × ${kind}`).join(", ");
  const faultCount = [...proxy.faults.values()].reduce((sum, times) => sum + times, 0);
  const { count, requests } = way;
  // An ended link is found out by one more.
  const needed = count * requests.perFile + faultCount * requests.perFault;
  context.diagnostic(
    `${count} files; ${faults}; ${proxy.requests} requests, ${(proxy.requests / needed).toFixed(2)} × of what ` +
      `${faultCount} faults need; the service was asked for links ${questions} times`,
  );
  assert.ok(proxy.faults.size === faultKinds.length || count < 100, "every kind of fault happened");
  assert.ok(proxy.requests <= 3 * needed, `${proxy.requests} requests`);
  assert.ok(way.ranges === 1 || proxy.requests > count + faultCount, `${proxy.requests} requests are not of ranges`);
  const names = ["accept-encoding", "connection", "host", "if-range", "range", "user-agent"];
  assert.deepEqual([...proxy.headerNames].sort(), names, "no credential reached the store");
}
