/**
 * Runs in the extension host of a real VS Code: registers a service whose tasks are files of the benchmark's store,
 * downloads them like a person, and measures the event loop and the memory of the host.
 */
import { once } from "node:events";
import { rm, stat, writeFile } from "node:fs/promises";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import * as vscode from "vscode";
import { resultsVariable, suiteLineMark } from "../../workbench/host/integrationResults.ts";
import type { DownloadResult, ExportService, ExportTask, TaskExportsApi } from "../../src/model/contract.ts";
import { median } from "../statistics.ts";
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
    credentials: { kind: "custom", values: {} },
  });
  await sleep(settlingMs);
  const idle = await watched(() => sleep(idleMs));
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
  const { wallSeconds, delay, idleThread: beside, rss } = seen;
  const peak = rss.reduce((one, other) => Math.max(one, other));
  return { label: wanted.label, wallSeconds, delay, idleThread: beside, rssMib: peak / mebibyte };
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

function storeService({ downloads }: HostPlan): ExportService {
  const taskOf = (accountId: string, id: string): ExportTask => {
    return { id, accountId, description: "Bench", state: "done", serviceState: "done" };
  };
  return {
    id: "bench",
    label: "Bench",
    endpoints: [],
    credentialForms: [
      { kind: "custom", label: "None", fields: [], toCredentials: () => ({ kind: "custom", values: {} }) },
    ],
    findTaskId: (text) => text,
    verify: () => Promise.resolve(),
    listTasks: ({ account }) =>
      Promise.resolve({ tasks: downloads.map((_, index) => taskOf(account.id, String(index))) }),
    getTask: ({ account }, taskId) => Promise.resolve(taskOf(account.id, taskId)),
    resolveDownload: (_access, taskId) => {
      return Promise.resolve([{ index: 0, name: "export.csv", url: downloads[Number(taskId)]?.url ?? "" }]);
    },
  };
}
