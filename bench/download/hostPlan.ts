import type { LoopDelay } from "./loopDelay.ts";

/** What the suite in the extension host is told, as JSON in this environment variable. */
export const planVariable = "TASK_EXPORTS_BENCH_PLAN";

export interface HostPlan {
  readonly downloads: readonly HostDownload[];
  /** Where the files go. */
  readonly folder: string;
  /** Where `HostReadings` go, as JSON. */
  readonly readingsFile: string;
}

export interface HostDownload {
  readonly label: string;
  readonly url: string;
  readonly bytes: number;
}

export interface HostReadings {
  readonly vscode: string;
  readonly node: string;
  readonly idle: Omit<HostReading, "label" | "wallSeconds">;
  readonly downloads: readonly HostReading[];
}

export interface HostReading {
  readonly label: string;
  readonly wallSeconds: number;
  /** The highest seen. */
  readonly rssMib: number;
  readonly delay: LoopDelay;
  /** Of a thread of the same process that does nothing meanwhile. */
  readonly idleThread: LoopDelay;
}
