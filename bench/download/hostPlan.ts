import type { LoopDelay } from "./loopDelay.ts";

/** The environment variable with the options of the suite in the extension host, as JSON. */
export const planVariable = "TASK_EXPORTS_BENCH_PLAN";

export interface HostPlan {
  readonly downloads: readonly HostDownload[];
  /** How many tasks the service has that are listed before anything is downloaded; 0 for none. */
  readonly listedTasks: number;
  /** The certificate for curl, which fetches the same file after each download. */
  readonly caFile: string;
  /** The folder for the files. */
  readonly folder: string;
  /** The path for `HostReadings`, as JSON. */
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
  readonly idle: Omit<HostReading, "label" | "wallSeconds" | "curlSeconds">;
  /** While all tasks were listed. */
  readonly listing?: Omit<HostReading, "label" | "curlSeconds">;
  readonly downloads: readonly HostReading[];
}

export interface HostReading {
  readonly label: string;
  readonly wallSeconds: number;
  /** The same file with curl, right afterwards. */
  readonly curlSeconds: number;
  /** The highest seen. */
  readonly rssMib: number;
  readonly delay: LoopDelay;
  /** For an idle thread of the same process. */
  readonly idleThread: LoopDelay;
}
