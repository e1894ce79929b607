/**
 * Runs in the extension host of a real VS Code: registers a service whose tasks are files of the benchmark's store,
 * downloads them like a person, and measures the event loop and the memory of the host.
 */
import { once } from "node:events";
import { rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import * as vscode from "vscode";
import { resultsVariable, suiteLineMark } from "../../workbench/host/integrationResults.ts";
import type { DownloadResult, ExportService, ExportTask, TaskExportsApi, TaskPage } from "../../src/model/contract.ts";
import { median } from "../statistics.ts";
import { runCurl } from "./curl.ts";
import { type HostDownload, type HostPlan, type HostReading, type HostReadings, planVariable } from "./hostPlan.ts";
import { delayOf, type LoopDelay, watchLoop } from "./loopDelay.ts";

const sampleEveryMs = 10;
const settlingMs = 10_000;
const idleMs = 3000;
const mebibyte = 1024 * 1024;

/** Created before the idle memory is measured, so that it isn't counted as part of a download. */
const idleThread = new Worker(new URL("idleThread.mjs", import.meta.url));

export async function run(): Promise<void> {
  const plan = JSON.parse(process.env[planVariable] ?? "") as HostPlan;
  const api = await vscode.extensions.getExtension<TaskExportsApi>("task-exports.task-exports")?.activate();
  if (api === undefined) throw new Error("The extension is not there.");
  api.registerService(storeService(plan));
  const { id: accountId } = await api.addAccount({
    service: "bench",
    label: "Bench",
    endpoint: "http://127.0.0.1",
    credentials: { kind: "custom", values: { name: "bench" } },
  });
  await sleep(settlingMs);
  const idle = await watched(() => sleep(idleMs));
  const listing = plan.listedTasks === 0 ? undefined : await measureListing(plan, accountId);
  const downloads: HostReading[] = [];
  for (const [index, download] of plan.downloads.entries()) {
    const reading = await measure(plan, accountId, index, download);
    downloads.push(reading);
    console.log(`${suiteLineMark}${JSON.stringify(reading)}`);
  }
  const readings: HostReadings = {
    vscode: vscode.version,
    node: process.versions.node,
    idle: { rssMib: median(idle.rss) / mebibyte, delay: idle.delay, idleThread: idle.idleThread },
    downloads,
    ...(listing && { listing }),
  };
  await idleThread.terminate();
  await writeFile(plan.readingsFile, JSON.stringify(readings));
  await writeFile(process.env[resultsVariable] ?? "", JSON.stringify({ passed: 1, failed: 0 }));
}

async function measure(plan: HostPlan, accountId: string, task: number, wanted: HostDownload): Promise<HostReading> {
  const { folder } = plan;
  const seen = await watched(() =>
    vscode.commands.executeCommand<DownloadResult>("taskExports.downloadTaskExport", {
      accountId,
      taskId: String(task),
      folder,
      fileExists: "overwrite",
      open: "none",
    }),
  );
  for (const { uri } of seen.result.files) {
    const { size } = await stat(fileURLToPath(uri));
    if (size !== wanted.bytes) throw new Error(`${wanted.label}: ${size} bytes came instead of ${wanted.bytes}.`);
    await rm(fileURLToPath(uri));
  }
  const { label, url } = wanted;
  const curl = await runCurl({ files: [{ name: "curl.csv", url }], folder, caFile: plan.caFile });
  await rm(path.join(folder, "curl.csv"));
  return { label, ...peakOf(seen), curlSeconds: curl.wallSeconds };
}

/** Loads page after page, as a person does who selects Load More Tasks, with the Tasks view open. */
async function measureListing(plan: HostPlan, accountId: string): Promise<NonNullable<HostReadings["listing"]>> {
  const { listedTasks } = plan;
  await vscode.commands.executeCommand("taskExports.tasks.focus");
  const seen = await watched(async () => {
    while (listed < listedTasks) {
      await vscode.commands.executeCommand("taskExports.loadMore", { accountId });
      await nextTurn();
    }
  });
  return peakOf(seen);
}

function peakOf({ wallSeconds, delay, idleThread: beside, rss }: Watched<unknown>) {
  const peak = rss.reduce((one, other) => Math.max(one, other));
  return { wallSeconds, delay, idleThread: beside, rssMib: peak / mebibyte };
}

interface Watched<Result> {
  readonly result: Result;
  readonly wallSeconds: number;
  readonly delay: LoopDelay;
  readonly idleThread: LoopDelay;
  /** Bytes, all samples. */
  readonly rss: readonly number[];
}

async function watched<Result>(work: () => Thenable<Result>): Promise<Watched<Result>> {
  await askIdleThread();
  const rss = [process.memoryUsage.rss()];
  const sampling = setInterval(() => rss.push(process.memoryUsage.rss()), sampleEveryMs);
  const histogram = watchLoop();
  const startedAt = performance.now();
  try {
    const result = await work();
    const wallSeconds = (performance.now() - startedAt) / 1000;
    histogram.disable();
    return { result, wallSeconds, delay: delayOf(histogram), idleThread: await askIdleThread(), rss };
  } finally {
    histogram.disable();
    clearInterval(sampling);
  }
}

/** The delay since the last call. */
async function askIdleThread(): Promise<LoopDelay> {
  idleThread.postMessage("how was it");
  const [delay] = (await once(idleThread, "message")) as [LoopDelay];
  return delay;
}

/** How many tasks the service has listed. */
let listed = 0;

function storeService({ downloads, listedTasks }: HostPlan): ExportService {
  const taskOf = (accountId: string, id: string): ExportTask => {
    const createdAt = new Date(Date.UTC(2026, 0, 1) - 60_000 * Number(id)).toISOString();
    return {
      id,
      accountId,
      description: `Export of transactions ${id}`,
      state: "done",
      serviceState: "done",
      createdAt,
    };
  };
  const pageOf = (accountId: string, from: number, size: number): TaskPage => {
    const to = Math.min(Math.max(listedTasks, downloads.length), from + size);
    const tasks = Array.from({ length: to - from }, (_, index) => taskOf(accountId, String(from + index)));
    listed = to;
    return { tasks, ...(to < listedTasks && { next: String(to) }) };
  };
  return {
    id: "bench",
    label: "Bench",
    endpoints: [],
    credentialForms: [
      {
        kind: "custom",
        label: "None",
        fields: [{ name: "name", label: "Name", secret: false }],
        toCredentials: () => ({ kind: "custom", values: {} }),
      },
    ],
    findTaskId: (text) => text,
    verify: () => Promise.resolve(),
    listTasks: ({ account }, { cursor = "0", pageSize }) =>
      Promise.resolve(pageOf(account.id, Number(cursor), pageSize)),
    getTask: ({ account }, taskId) => Promise.resolve(taskOf(account.id, taskId)),
    resolveDownload: (_access, taskId) => {
      return Promise.resolve([{ index: 0, name: "export.csv", url: downloads[Number(taskId)]?.url ?? "" }]);
    },
  };
}
