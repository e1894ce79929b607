import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DownloadProgress, ExportTask, TaskState } from "../../../model/contract.ts";
import type { OngoingDownload } from "../../downloads/downloads.ts";
import { ageInWords, momentInWords, percentInWords, progressInWords, stateInWords } from "../../wording.ts";
import type { AgingRow } from "../agingRows.ts";
import { type RowArgument, TreeNode } from "./treeNode.ts";

const stateIcons: Record<TaskState, vscode.ThemeIcon> = {
  waiting: new vscode.ThemeIcon("clock", new vscode.ThemeColor("disabledForeground")),
  running: new vscode.ThemeIcon("sync~spin", new vscode.ThemeColor("charts.blue")),
  done: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  failed: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")),
  unknown: new vscode.ThemeIcon("question", new vscode.ThemeColor("disabledForeground")),
};

/** As a task that is done, but filled: its files are here. */
const downloadedIcon = new vscode.ThemeIcon("pass-filled", new vscode.ThemeColor("testing.iconPassed"));

/** What is on this machine of a task. */
export interface TaskPresence {
  readonly ongoing: OngoingDownload | undefined;
  /** A file that is not whole has bytes that can be looked at. */
  readonly isReadable: boolean;
  readonly isDownloaded: boolean;
}

/** A task; the children of one that is done are its files. */
export class TaskNode extends TreeNode implements AgingRow {
  override readonly id: string;
  readonly accountId: string;
  readonly taskId: string;
  readonly argument: RowArgument;
  #shown: { readonly task: ExportTask; readonly presence: TaskPresence; readonly ages: string };

  constructor(task: ExportTask, parent: TreeNode, presence: TaskPresence) {
    super(
      taskLabel(task),
      parent,
      task.state === "done" ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    this.id = `task/${task.accountId}/${task.id}`;
    this.accountId = task.accountId;
    this.taskId = task.id;
    this.argument = { accountId: task.accountId, taskId: task.id };
    this.#shown = { task, presence, ages: agesOf(task) };
    this.show(task, presence);
  }

  /** Puts what changes while a download runs on this very row: VS Code repaints the element that it was given. */
  show(task: ExportTask, presence: TaskPresence): void {
    const { ongoing, isReadable, isDownloaded } = presence;
    this.#shown = { task, presence, ages: agesOf(task) };
    this.tooltip = tooltipOf(task);
    this.label = labelOf(task, ongoing);
    this.contextValue = `task ${task.state} ${activityOf(ongoing)}${isReadable ? " readable" : ""}`;
    this.iconPath = iconOf(task, ongoing, isDownloaded);
    this.description = describe(task, ongoing, isDownloaded);
    this.say(`${taskLabel(task)}, ${stateInWords(task.state)}, ${this.description}`);
  }

  repaintAge(): boolean {
    const { task, presence, ages } = this.#shown;
    if (agesOf(task) === ages) return false;
    this.show(task, presence);
    return true;
  }
}

/** All ages that a task's row and its tooltip tell. */
function agesOf({ createdAt, completedAt }: ExportTask): string {
  return [ageInWords(createdAt), ageInWords(completedAt)].join();
}

export function taskLabel(task: ExportTask): string {
  return task.description === "" ? t("Task {0}", task.id) : task.description;
}

/** What is exported (unless the label says it), in which format, and since when it is there: the second half of a row. */
export function taskDetail(task: ExportTask): string {
  const isInLabel = taskLabel(task)
    .toLowerCase()
    .includes(task.subject?.toLowerCase() ?? "");
  const subject = isInLabel ? undefined : task.subject;
  return [task.format?.toUpperCase(), ageInWords(task.completedAt ?? task.createdAt), subject]
    .filter((part) => part !== undefined)
    .join(" · ");
}

function activityOf(ongoing: OngoingDownload | undefined): "idle" | "downloading" | "paused" {
  if (ongoing === undefined) return "idle";
  return ongoing.state === "running" ? "downloading" : "paused";
}

function iconOf(task: ExportTask, ongoing: OngoingDownload | undefined, isDownloaded: boolean): vscode.ThemeIcon {
  if (ongoing === undefined) return isDownloaded ? downloadedIcon : stateIcons[task.state];
  return new vscode.ThemeIcon(ongoing.state === "running" ? "loading~spin" : "debug-pause");
}

/** The percentage stands first while a download is under way: a narrow view cuts off whatever is behind the label. */
function labelOf(task: ExportTask, ongoing: OngoingDownload | undefined): string {
  const progress = ongoing === undefined ? undefined : latest(ongoing);
  const percent = progress === undefined ? undefined : percentInWords(progress);
  return percent === undefined ? taskLabel(task) : `${percent} · ${taskLabel(task)}`;
}

function describe(task: ExportTask, ongoing: OngoingDownload | undefined, isDownloaded: boolean): string {
  const detail = taskDetail(task);
  if (ongoing === undefined) return isDownloaded ? `${t("downloaded")} · ${detail}` : detail;
  const progress = latest(ongoing);
  const words = progress === undefined ? t("asking for the link") : progressInWords(progress);
  return ongoing.state === "paused" ? t("paused · {0}", words) : words;
}

/** The file that is being worked on: the last one that is not done. */
function latest(ongoing: OngoingDownload): DownloadProgress | undefined {
  const all = [...ongoing.progress.values()];
  return all.find(({ phase }) => phase !== "done") ?? all.at(-1);
}

function tooltipOf(task: ExportTask): vscode.MarkdownString {
  const rows: [string, string | undefined][] = [
    [t("Task"), task.id],
    [
      t("State"),
      task.serviceState === "" ? stateInWords(task.state) : `${stateInWords(task.state)} (${task.serviceState})`,
    ],
    [
      t("Exports"),
      [task.subject, task.format?.toUpperCase()].filter((part) => part !== undefined).join(" · ") || undefined,
    ],
    [t("Created"), moment(task.createdAt)],
    [t("Completed"), moment(task.completedAt)],
    [t("Chain"), task.chain],
  ];
  const text = new vscode.MarkdownString().appendMarkdown("**").appendText(taskLabel(task)).appendMarkdown("**\n\n");
  for (const [name, value] of rows) {
    if (value !== undefined) text.appendMarkdown(`- ${name}: `).appendText(value).appendMarkdown("\n");
  }
  return text;
}

function moment(iso: string | undefined): string | undefined {
  const age = ageInWords(iso);
  return iso === undefined || age === undefined ? iso : `${momentInWords(iso)} (${age})`;
}
