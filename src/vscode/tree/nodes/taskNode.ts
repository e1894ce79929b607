import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { ExportTask, TaskState } from "../../../model/contract.ts";
import { currentProgress } from "../../downloads/currentProgress.ts";
import type { TaskKey } from "../../../model/taskKey.ts";
import type { OngoingDownload } from "../../downloads/downloads.ts";
import { tooltip } from "../../surfaces/surfaces.ts";
import { ageInWords, momentInWords, progressInWords, stateInWords, stateName } from "../../wording.ts";
import type { AgingRow } from "../agingRows.ts";
import { withShortIds } from "./fileLabel.ts";
import { type RowArgument, TreeNode } from "./treeNode.ts";

/** The icon of a task in each state. */
export const stateIcons: Readonly<Record<TaskState, vscode.ThemeIcon>> = {
  waiting: new vscode.ThemeIcon("clock", new vscode.ThemeColor("disabledForeground")),
  running: new vscode.ThemeIcon("sync~spin", new vscode.ThemeColor("charts.blue")),
  done: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  failed: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")),
  unknown: new vscode.ThemeIcon("question", new vscode.ThemeColor("disabledForeground")),
};

/** The icon of a finished task, filled: all of its files are on this machine. */
const downloadedIcon = new vscode.ThemeIcon("pass-filled", new vscode.ThemeColor("testing.iconPassed"));

/** Whether a task, or its kind, is watched. */
export interface TaskWatch {
  readonly isWatched: boolean;
  /** Its kind is known and not watched. */
  readonly canWatchKind: boolean;
}

/** What is known of a task's files, and what is on this machine of them. */
export interface TaskPresence extends TaskWatch {
  readonly ongoing: OngoingDownload | undefined;
  /** An unfinished file has bytes that can be opened. */
  readonly isReadable: boolean;
  /** How many of the task's files are downloaded. */
  readonly downloaded: number;
  /** How many files the task has; undefined until the service was asked. */
  readonly fileCount: number | undefined;
  /** The rows of its files are shown below it, with the progress of each. */
  readonly showsFiles: boolean;
  /** Its service can create a task like it. */
  readonly canCreate: boolean;
  /** Its service can run it again. */
  readonly canRun: boolean;
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

  /** Updates this very object while a download runs: VS Code repaints the element that it was given. */
  show(task: ExportTask, presence: TaskPresence): void {
    const { ongoing, isReadable, downloaded } = presence;
    this.#shown = { task, presence, ages: agesOf(task) };
    this.tooltip = undefined;
    this.label = taskLabel(task);
    const marks = [
      isReadable || downloaded > 0 ? "readable" : "",
      downloaded > 0 ? "hasFiles" : "",
      downloaded > 1 ? "severalFiles" : "",
      watchMarkOf(task, presence),
      presence.canWatchKind ? "watchableKind" : "",
      presence.canCreate ? "creates" : "",
      presence.canRun ? "runs" : "",
    ];
    this.contextValue = ["task", task.state, activityOf(ongoing), ...marks].filter((mark) => mark !== "").join(" ");
    this.iconPath = iconOf(task, presence);
    this.description = describe(task, presence);
    this.say(`${taskLabel(task)}, ${statusInWords(task, ongoing)}, ${this.description}`);
  }

  /** Everything that the row shows except the progress of a download. */
  get outline(): string {
    const { presence } = this.#shown;
    const { downloaded, fileCount, showsFiles } = presence;
    return JSON.stringify([this.label, this.contextValue, downloaded, fileCount, showsFiles]);
  }

  override resolveTooltip(): void {
    this.tooltip = tooltipOf(this.#shown.task);
  }

  repaintAge(): boolean {
    const { task, presence, ages } = this.#shown;
    if (agesOf(task) === ages) return false;
    this.show(task, presence);
    return true;
  }
}

/** All ages that a task's row and its tooltip show. */
function agesOf({ createdAt, completedAt }: ExportTask): string {
  return [ageInWords(createdAt), ageInWords(completedAt)].join();
}

export function taskLabel(task: ExportTask): string {
  return task.description === "" ? t("Task {0}", task.id) : task.description;
}

/** The format, the age and (unless the label says so) what is exported. */
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

/** A failed task stays so, and one that is done can be downloaded at once. */
function watchMarkOf({ state }: ExportTask, { isWatched }: TaskPresence): string {
  if (isWatched) return "watched";
  return state === "done" || state === "failed" ? "" : "watchable";
}

/** A download replaces the status of the task: the row shows one status at a time. */
function statusInWords(task: ExportTask, ongoing: OngoingDownload | undefined): string {
  if (ongoing === undefined) return stateInWords(task.state);
  return ongoing.state === "running" ? t("downloading") : t("download paused");
}

function iconOf(task: ExportTask, { ongoing, downloaded, fileCount = 1 }: TaskPresence): vscode.ThemeIcon {
  if (ongoing === undefined) return downloaded >= fileCount ? downloadedIcon : stateIcons[task.state];
  return new vscode.ThemeIcon(ongoing.state === "running" ? "loading~spin" : "debug-pause");
}

/** What identifies the task comes first, because a narrow view cuts the rest off. */
function describe(task: ExportTask, presence: TaskPresence): string {
  const { ongoing, downloaded, fileCount = 1, showsFiles, isWatched } = presence;
  const id = task.description === "" ? undefined : withShortIds(task.id);
  const parts =
    ongoing === undefined
      ? [isWatched ? t("watched") : undefined, presenceInWords(downloaded, fileCount), taskDetail(task)]
      : [showsFiles ? statusInWords(task, ongoing) : describeDownload(ongoing)];
  return [id, ...parts].filter((part) => part !== undefined && part !== "").join(" · ");
}

function presenceInWords(downloaded: number, fileCount: number): string | undefined {
  if (fileCount <= 1) return downloaded > 0 ? t("downloaded") : undefined;
  if (downloaded === 0) return t("{0} files", fileCount);
  return downloaded >= fileCount
    ? t("{0} files downloaded", fileCount)
    : t("{0} of {1} files downloaded", downloaded, fileCount);
}

function describeDownload(ongoing: OngoingDownload): string {
  const progress = currentProgress(ongoing.progress.values());
  const words = progress === undefined ? t("getting the download URL") : progressInWords(progress);
  return ongoing.state === "paused" ? t("paused · {0}", words) : words;
}

function tooltipOf(task: ExportTask): vscode.MarkdownString {
  const values: [string, string | undefined][] = [
    [t("Task ID"), task.id],
    [t("Status"), stateWithService(task)],
    [
      t("Exports"),
      [task.subject, task.format?.toUpperCase()].filter((part) => part !== undefined).join(" · ") || undefined,
    ],
    [t("Created"), moment(task.createdAt)],
    [t("Completed"), moment(task.completedAt)],
    [t("Chain"), task.chain],
  ];
  const entries = values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return tooltip({ heading: taskLabel(task), entries });
}

/** With the service's own word, unless that is the same. */
function stateWithService({ state, serviceState }: ExportTask): string {
  const name = stateName(state);
  const isSame = ["", state, name.toLowerCase()].includes(serviceState.toLowerCase());
  return isSame ? name : `${name} (${serviceState})`;
}

function moment(iso: string | undefined): string | undefined {
  const age = ageInWords(iso);
  return iso === undefined || age === undefined ? iso : `${momentInWords(iso)} (${age})`;
}

/** A task that is not loaded. Its download was started, so the task itself is done. */
export function unlistedTask({ accountId, taskId }: TaskKey): ExportTask {
  return { id: taskId, accountId, description: "", state: "done", serviceState: "" };
}
