import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { CommandId } from "../ids.ts";

/** A remedy for a failure: a button, or an action row in the tree. */
export interface Mending {
  readonly label: string;
  readonly command: CommandId | "workbench.action.openSettings";
  readonly argument?: object | string;
  /** A codicon's name. */
  readonly icon: string;
}

/** What the failure was about, if known. */
export interface FailureSubject {
  readonly accountId?: string | undefined;
  readonly taskId?: string | undefined;
}

/** The remedies for a failure, the most likely first. The log is always last. */
export function mendingsFor(error: unknown, subject: FailureSubject): Mending[] {
  const showLog: Mending = { label: t("Show Log"), command: "taskExports.showLog", icon: "output" };
  return error instanceof ExportError ? [...mendingsByCode(error, subject), showLog] : [showLog];
}

function mendingsByCode(error: ExportError, { accountId, taskId }: FailureSubject): Mending[] {
  const account = { accountId };
  const task = { accountId, taskId };
  switch (error.code) {
    case "unauthorized":
    case "forbidden":
    case "noCredentials":
      return accountId === undefined ? [] : [replaceCredentials(account)];
    case "taskNotDone":
      return taskId === undefined ? [refresh(account)] : [downloadWhenDone(task), refresh(account)];
    // The service doesn't know the task, so showing it would also fail.
    case "taskNotFound":
      return [refresh(account)];
    case "notAnExportTask":
    case "noResultFile":
      return [{ label: t("Show Task"), command: "taskExports.showTask", argument: task, icon: "list-tree" }];
    case "noAccount":
      return [{ label: t("Add Account…"), command: "taskExports.addAccount", icon: "add" }];
    case "fileExists":
    case "notWritable":
    case "tls":
    case "proxy":
      return [settingsFor(error.code)];
    case "invalidRequest":
    case "cancelled":
    case "engineMissing":
    case "engineFailed":
    case "badQuery":
    case "queryRefused":
    case "queryTooLarge":
      return [];
    // Without a task, either nothing was downloaded or a file was deleted, so a retry would fail again.
    case "fileMissing":
      return [taskId === undefined ? downloadAnother() : tryAgain(task)];
    // Without a task, a file was unpacked, formatted or copied, and the tasks have nothing to do with it.
    case "diskFull":
      return taskId === undefined ? [clearInterrupted()] : [tryAgain(task), clearInterrupted()];
    case "tooManyRequests":
    case "serviceUnavailable":
    case "unexpectedResponse":
    case "offline":
    case "timeout":
    case "linkExpired":
    case "storageRefused":
    case "fileChanged":
    case "truncated":
    case "checksumMismatch":
    case "notAnExportFile":
    case "busyElsewhere":
      return [tryAgain(task)];
  }
}

function refresh(argument: FailureSubject): Mending {
  return { label: t("Refresh"), command: "taskExports.refresh", argument, icon: "refresh" };
}

function downloadWhenDone(argument: FailureSubject): Mending {
  return { label: t("Download When Done"), command: "taskExports.watchTask", argument, icon: "eye" };
}

/** Downloads the task again, or reloads the tasks if the task is unknown. */
function tryAgain({ accountId, taskId }: FailureSubject): Mending {
  const again = { label: t("Try Again"), icon: "refresh" };
  return taskId === undefined
    ? { ...again, command: "taskExports.refresh", argument: { accountId } }
    : { ...again, command: "taskExports.downloadTaskExport", argument: { accountId, taskId } };
}

function clearInterrupted(): Mending {
  return { label: t("Clear Interrupted Downloads"), command: "taskExports.clearInterrupted", icon: "trash" };
}

function downloadAnother(): Mending {
  return { label: t("Download Task Export"), command: "taskExports.downloadTaskExport", icon: "cloud-download" };
}

function replaceCredentials(argument: FailureSubject): Mending {
  return { label: t("Replace Credentials…"), command: "taskExports.replaceCredentials", argument, icon: "key" };
}

/** Failures that would happen again with the same settings. */
function settingsFor(code: "fileExists" | "notWritable" | "tls" | "proxy"): Mending {
  switch (code) {
    case "fileExists":
      return openSettings(t("Open Settings"), "taskExports.fileExists");
    case "notWritable":
      return openSettings(t("Choose Another Folder"), "taskExports.downloadFolder");
    case "tls":
      return openSettings(t("Set Certificate File"), "taskExports.network.caFile");
    case "proxy":
      return openSettings(t("Proxy Settings"), "http.proxy");
  }
}

function openSettings(label: string, setting: string): Mending {
  return { label, command: "workbench.action.openSettings", argument: setting, icon: "settings-gear" };
}
