import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../../src/http/clock.ts";
import { systemClock } from "../../../src/http/clock.ts";
import { type CeilingLimits, withHostCeiling } from "../../../src/http/hostCeiling.ts";
import type { HttpClient } from "../../../src/http/httpClient.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import { createDigester } from "../../../src/download/digest/digester.ts";
import { downloadTask, type TaskDownload, type TransferLimits } from "../../../src/download/downloadTask.ts";
import { createDownloadQueues } from "../../../src/download/fileQueue.ts";
import type { TakenChoice } from "../../../src/download/place/finalPath.ts";
import type { WrittenBytes } from "../../../src/download/writtenBytes.ts";
import type { DownloadProgress, DownloadResult } from "../../../src/model/contract.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { type Behaviour, type FaultyStore, startFaultyStore } from "./faultyStore.ts";
import { defined } from "../../../src/model/defined.ts";

/** What a test changes about a download, or wants to hear of it. */
export interface Changes extends Partial<TaskDownload> {
  readonly onProgress?: (progress: DownloadProgress) => unknown;
  readonly onWritten?: (written: WrittenBytes) => unknown;
}

/** Everything a test of downloads needs, closed when the test ends. */
export interface Downloading {
  readonly store: FaultyStore;
  readonly folder: string;
  readonly progress: DownloadProgress[];
  /** How often the service was asked for links. */
  resolved: number;
  run(changes?: Changes, limits?: Partial<TransferLimits>): Promise<DownloadResult>;
  /** Names in the download folder, sorted. */
  files(): Promise<string[]>;
}

export interface DownloadingOptions {
  readonly clock?: Clock;
  /** Chooses pauses; default always the shortest. */
  readonly random?: () => number;
  /** Certificates to trust. */
  readonly ca?: readonly string[];
  /** How many files at once; default 2. */
  readonly parallelFiles?: () => number;
  /** How many requests per minute the store gets; default any number. */
  readonly ceiling?: CeilingLimits;
  /** After how much silence a connection is dropped; default `shortStallMs`. */
  readonly stallTimeoutMs?: number;
}

/** Longer than any test waits: what ends before this has passed did not wait for the store. */
export const longStallMs = 300_000;
/** Silence counts after this time in tests. */
export const shortStallMs = 400;

export async function startDownloading(
  test: TestContext,
  file: Buffer,
  behave?: Behaviour,
  {
    clock = systemClock,
    random = () => 0,
    ca,
    parallelFiles = () => 2,
    stallTimeoutMs = shortStallMs,
    ceiling,
  }: DownloadingOptions = {},
): Promise<Downloading> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-download-"));
  const store = await startFaultyStore(file, behave);
  const client = createHttpClient(() => ({ connectTimeoutMs: 2000, stallTimeoutMs, ...defined({ ca }) }));
  const limited = ceiling === undefined ? client : withHostCeiling(client, { ...ceiling, clock, random: () => 0 });
  const { http, bodyIsRead } = watchReading(limited);
  store.bodyIsRead = bodyIsRead;
  const digester = createDigester(new URL("../../../src/download/digest/digestWorker.ts", import.meta.url));
  test.after(async () => {
    await http.close();
    await digester.dispose();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const queues = createDownloadQueues(parallelFiles);
  const progress: DownloadProgress[] = [];
  const downloading: Downloading = {
    store,
    folder,
    progress,
    resolved: 0,
    run({ onProgress, onWritten, ...changes } = {}, limits = {}) {
      const usual = { stallTimeoutMs, retryBudgetMs: 3000, slowestBytesPerSecond: 0, ...limits };
      const download: TaskDownload = {
        accountId: "account-1",
        taskId: "12345",
        resolve: () => {
          downloading.resolved += 1;
          return Promise.resolve([{ index: 0, name: "Transactions_Export-12345.csv", url: store.url }]);
        },
        folder,
        relativePath: ({ name }) => name,
        fileExists: always("overwrite"),
        allowPrivateHosts: true,
        signal: new AbortController().signal,
        onProgress: onProgress ?? ((each) => progress.push(each)),
        onEvent: (event) => {
          if (event.kind === "written") onWritten?.(event.written);
        },
        keepPartOnCancel: () => true,
        ...changes,
      };
      // Back-off at random between nothing and its bound is nothing here; tests that wait say so with Retry-After.
      return downloadTask(download, { http, digester, queues, limits: () => usual, clock, random });
    },
    files: async () => (await readdir(folder)).sort(),
  };
  return downloading;
}

/** The same client, and a way to learn when somebody reads the body of the latest answer to a URL. */
export function watchReading(client: HttpClient): { http: HttpClient; bodyIsRead: (url: string) => Promise<void> } {
  const bodies = new Map<string, Readable | undefined>();
  let isClosed = false;
  const http: HttpClient = {
    async send(request) {
      bodies.set(request.url, undefined);
      const answer = await client.send(request);
      bodies.set(request.url, answer.body);
      return answer;
    },
    close() {
      isClosed = true;
      return client.close();
    },
  };
  const isRead = (url: string): boolean => {
    const body = bodies.get(url);
    // Of several requests to one URL, only the latest is known. Who waits for another must not wait after the test.
    return isClosed || (body !== undefined && (body.readableFlowing === true || body.destroyed));
  };
  return { http, bodyIsRead: (url) => until(() => isRead(url)) };
}

/** A moment that has not come yet. */
export interface Moment {
  readonly come: Promise<void>;
  /** Lets it come. */
  readonly now: () => void;
}

export function laterMoment(): Moment {
  let now: () => void = () => undefined;
  const come = new Promise<void>((resolve) => {
    now = resolve;
  });
  return { come, now: () => now() };
}

/** Waits for a state. */
export async function until(isReached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isReached())) await sleep(1);
}

/** Decides the same about every file that exists. */
export function always(choice: TakenChoice): TaskDownload["fileExists"] {
  return () => Promise.resolve(choice);
}

/** The error that work ended with; fails when there was none. */
export async function failureOf(work: Promise<unknown>): Promise<ExportError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ExportError) return error;
    throw error;
  }
  throw new Error("It was expected to fail and did not.");
}

/** A clock on which waiting takes no time; what was waited is kept. */
export function hastyClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => Date.now(),
    wait: (milliseconds, signal) => {
      waits.push(milliseconds);
      return systemClock.wait(0, signal);
    },
  };
}
