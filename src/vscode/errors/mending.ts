import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { CommandId } from "../ids.ts";

/** One thing that a person can do about a failure: a button, or an action row in the tree. */
export interface Mending {
  readonly label: string;
  readonly command: CommandId | "workbench.action.openSettings";
  readonly argument?: object | string;
  /** A codicon's name. */
  readonly icon: string;
}

/** What the failure was about, as far as it is known. */
export interface FailureSubject {
  readonly accountId?: string | undefined;
  readonly taskId?: string | undefined;
}

/** What a person can do about a failure, the likeliest first. The log comes last, everywhere. */
export function mendingsFor(error: unknown, subject: FailureSubject): Mending[] {
  const showLog: Mending = { label: t("Show Log"), command: "taskExports.showLog", icon: "output" };
  return error instanceof ExportError ? [...mendingsByCode(error, subject), showLog] : [showLog];
}

function mendingsByCode(error: ExportError, subject: FailureSubject): Mending[] {
  const account = { accountId: subject.accountId };
  const task = { ...account, taskId: subject.taskId };
  const again: Mending[] =
    subject.taskId === undefined
      ? [{ label: t("Try Again"), command: "taskExports.refresh", argument: account, icon: "refresh" }]
      : [{ label: t("Try Again"), command: "taskExports.downloadTaskExport", argument: task, icon: "refresh" }];
  const refresh: Mending = { label: t("Refresh"), command: "taskExports.refresh", argument: account, icon: "refresh" };
  const download: Mending = {
    label: t("Download Task Export"),
    command: "taskExports.downloadTaskExport",
    icon: "cloud-download",
  };
  switch (error.code) {
    case "unauthorized":
    case "forbidden":
    case "noCredentials":
      return subject.accountId === undefined
        ? []
        : [
            {
              label: t("Replace Credentials…"),
              command: "taskExports.replaceCredentials",
              argument: account,
              icon: "key",
            },
          ];
    case "taskNotDone":
    // The service does not know the task, so that showing it would fail in the same way.
    case "taskNotFound":
      return [refresh];
    case "notAnExportTask":
    case "noResultFile":
      return [{ label: t("Show Task"), command: "taskExports.showTask", argument: task, icon: "list-tree" }];
    // Asking again would find the same file. What to do then is a setting.
    case "fileExists":
      return [openSettings(t("Open Settings"), "taskExports.fileExists")];
    case "noAccount":
      return [{ label: t("Add Account…"), command: "taskExports.addAccount", icon: "add" }];
    case "notWritable":
      return [openSettings(t("Choose Another Folder"), "taskExports.downloadFolder")];
    case "tls":
      return [openSettings(t("Set Certificate File"), "taskExports.network.caFile")];
    case "proxy":
      return [openSettings(t("Proxy Settings"), "http.proxy")];
    case "invalidRequest":
    case "cancelled":
      return [];
    case "tooManyRequests":
    case "serviceUnavailable":
    case "unexpectedResponse":
    case "offline":
    case "timeout":
    case "linkExpired":
    case "storageRefused":
    case "fileMissing":
      // Without a task, the failure is that nothing was downloaded, or that a file is gone: asking again finds the same.
      return subject.taskId === undefined ? [download] : again;
    case "fileChanged":
    case "truncated":
    case "checksumMismatch":
    case "notAnExportFile":
    case "diskFull":
    case "busyElsewhere":
      return again;
  }
}

function openSettings(label: string, setting: string): Mending {
  return { label, command: "workbench.action.openSettings", argument: setting, icon: "settings-gear" };
}
