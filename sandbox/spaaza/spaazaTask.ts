import { sandboxChain } from "../credentials.ts";
import type { DownloadStep } from "../downloadSteps.ts";
import type { Answer } from "../http/answer.ts";
import { phaseAt, runTimes } from "../lifecycle.ts";
import type { Lifecycle, Phase, RunTimes } from "../lifecycle.ts";
import { tableContent } from "../sampleData/content.ts";
import type { Content, ExportFormat, TableLength } from "../sampleData/content.ts";
import { spaazaSubjects } from "../sampleData/spaazaSubjects.ts";
import type { TaskFile } from "../taskFiles.ts";

export type ExportIndex = keyof typeof spaazaSubjects;

/** A task of the sandbox: what the API returns for it, and how its download behaves. */
export interface SpaazaTask {
  id: number;
  desc: string;
  action: string;
  exportIndex?: ExportIndex;
  exportFormat?: ExportFormat;
  campaignId?: number;
  /** Milliseconds since 1970. */
  createdAt: number;
  lifecycle: Lifecycle;
  /** As it was sent when the task was created. */
  trigger?: object;
  /** A finished export without a file has an invalid result. */
  file?: TaskFile;
  /** The response to each request for the download URL. By default, the state of the task decides. */
  downloadSteps?: readonly DownloadStep[];
  /** The response to every call about the task. Such a task is not in the list. */
  refusal?: () => Answer;
}

const stateWords: Record<Phase, string> = { waiting: "READY", running: "INPROGRESS", done: "DONE", failed: "ERROR" };

/** The first three and `Wallet` are in the documentation's samples; the last two are assumed. */
const fileNameStarts: Record<ExportIndex, string> = {
  transactions: "Transaction",
  users: "User",
  vouchers: "Voucher",
  "wallet-ledger": "Wallet",
  products: "Product",
  "product-variants": "ProductVariant",
};

export function stateWord(task: SpaazaTask, now: number, taskSeconds: number): string {
  return stateWords[phaseAt(task.lifecycle, now, taskSeconds)];
}

/** The documented name of an export: `{Index}_Export-{task id}.{extension}`. */
export function exportFileName(id: number, index: ExportIndex, format: ExportFormat): string {
  return `${fileNameStarts[index]}_Export-${id}.${format}`;
}

export function sampleContent(id: number, index: ExportIndex, format: ExportFormat, length: TableLength): Content {
  return tableContent(`spaaza ${id} ${index}`, spaazaSubjects[index], format, length);
}

/** The task as returned by the API. `log_limit` and `offset` limit its logs. */
export function taskJson(
  task: SpaazaTask,
  now: number,
  taskSeconds: number,
  logs: { limit: number; offset: number },
): object {
  const lines = logLines(task, runTimes(task.lifecycle, task.createdAt, now, taskSeconds));
  return {
    id: task.id,
    chain: sandboxChain,
    desc: task.desc,
    state: stateJson(task, now, taskSeconds),
    trigger: { ...task.trigger, once: isoTime(task.lifecycle.startsAt ?? task.createdAt) },
    target: {
      action: task.action,
      ...(task.exportIndex !== undefined && { export_index: task.exportIndex, export_format: task.exportFormat }),
      ...(task.campaignId !== undefined && { campaign_id: task.campaignId }),
    },
    logs: lines.slice(logs.offset, logs.offset + logs.limit),
    debug: false,
    version: 1,
  };
}

/** The `state` of a task as returned by the API. */
export function stateJson(task: SpaazaTask, now: number, taskSeconds: number): object {
  const { began, ended } = runTimes(task.lifecycle, task.createdAt, now, taskSeconds);
  return {
    code: stateWord(task, now, taskSeconds),
    last_run_date: isoTime(began),
    last_modified: isoTime(ended ?? began ?? task.createdAt),
    created_date: isoTime(task.createdAt),
  };
}

function logLines(task: SpaazaTask, { began, ended }: RunTimes): object[] {
  const lines = [{ date: isoTime(task.createdAt), message: "task created" }];
  if (began !== undefined) lines.push({ date: isoTime(began), message: "task started" });
  if (ended !== undefined) {
    const hasFailed = task.lifecycle.fixed === "failed" || task.lifecycle.fails === true;
    if (hasFailed) lines.push({ date: isoTime(ended), message: "rows 1 to 1200 were read" });
    const message = hasFailed ? "task failed: the export could not be written" : "task completed";
    lines.push({ date: isoTime(ended), message });
  }
  return lines;
}

function isoTime(moment: number): string;
function isoTime(moment: number | undefined): string | null;
function isoTime(moment: number | undefined): string | null {
  return moment === undefined ? null : new Date(moment).toISOString();
}
