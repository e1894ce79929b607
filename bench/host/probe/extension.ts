/** Runs in the extension host beside Task Exports, and writes what the process uses and how long it was blocked. */
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import * as vscode from "vscode";
import type { ProbeReading } from "../probeReading.ts";

const samples = 20;
const betweenMs = 100;

export function activate(context: vscode.ExtensionContext): void {
  let histogram: IntervalHistogram | undefined;
  let written = 0;
  const watch = (): void => {
    histogram = monitorEventLoopDelay({ resolution: 1 });
    histogram.enable();
  };
  const tell = async (): Promise<void> => {
    histogram?.disable();
    const longestBlockMs = (histogram?.max ?? 0) / 1e6;
    const reading: ProbeReading = { longestBlockMs, ...(await usage()) };
    const folder = context.globalStorageUri.fsPath;
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `reading-${++written}.json`);
    // A reader must never read an incomplete file.
    await writeFile(`${file}.new`, JSON.stringify(reading));
    await rename(`${file}.new`, file);
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("hostProbe.watch", watch),
    vscode.commands.registerCommand("hostProbe.tell", tell),
  );
}

/** The lowest of some samples: what the garbage collector will free is not needed. */
async function usage(): Promise<Omit<ProbeReading, "longestBlockMs">> {
  let lowest = Number.POSITIVE_INFINITY;
  let timers = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < samples; sample++) {
    await new Promise((resolve) => setTimeout(resolve, betweenMs));
    lowest = Math.min(lowest, process.memoryUsage.rss());
    timers = Math.min(timers, process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length);
  }
  return { rssBytes: lowest, timers };
}
