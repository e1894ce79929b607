import { basename } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DownloadResult } from "../../model/contract.ts";
import { callByPerson } from "../commandCall.ts";
import type { Notices } from "../notices/notices.ts";
import { askChoice } from "../prompts/steps.ts";
import { back } from "../prompts/walkSteps.ts";
import { readSetting } from "../settings.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import { bytesInWords } from "../wording.ts";
import { resultInWords } from "./downloadNotification.ts";

/**
 * A download that took less time than this, with the window focused, needs no notification, because its file has just
 * opened.
 */
const longMs = 10_000;

/** Buttons, and what they do. */
type Buttons = readonly (readonly [label: string, run: () => Thenable<unknown>])[];

/** Shows that a download finished, with buttons for its files, if the settings say so. */
export function notifyWhenDone(notices: Notices, result: DownloadResult, tookMs: number): void {
  const wish = readSetting("notifyWhenDone");
  // Of several files, only the first opens, so the others have to be mentioned.
  const isUseful = result.files.length > 1 || tookMs >= longMs || !vscode.window.state.focused;
  if (result.files.length === 0 || wish === "never" || (wish === "whenUseful" && !isUseful)) return;
  notices.add({ kind: "downloaded", show: () => showDone(result) });
}

/** Shows that a watched task was downloaded. Nothing has opened, and the person waits for it: that is always useful. */
export function notifyOfWatched(notices: Notices, result: DownloadResult): void {
  if (result.files.length === 0 || readSetting("notifyWhenDone") === "never") return;
  notices.add({ kind: "downloaded", show: () => showDone(result) });
}

function showDone(result: DownloadResult): void {
  const buttons = result.files.length === 1 ? buttonsForOne(result) : buttonsForSeveral(result);
  const labels = buttons.map(([label]) => label);
  void showInformation(resultInWords(result), ...labels).then((pressed) => {
    const [, run] = buttons.find(([label]) => label === pressed) ?? [];
    void run?.();
  });
}

function buttonsForOne({ files: [file] }: DownloadResult): Buttons {
  const commands = {
    [t("Open")]: "taskExports.openExport",
    [t("Open to the Side")]: "taskExports.openExportBeside",
    [t("Reveal")]: "taskExports.revealExport",
  };
  return Object.entries(commands).map(([label, command]) => [
    label,
    () => vscode.commands.executeCommand(command, callByPerson({ uri: file?.uri })),
  ]);
}

function buttonsForSeveral(result: DownloadResult): Buttons {
  const { accountId, taskId, files } = result;
  return [
    [t("Open"), () => openFile(files[0]?.uri)],
    [t("Choose File…"), () => chooseFile(result)],
    [
      t("Open All Parts as One Table"),
      () => vscode.commands.executeCommand("taskExports.openAllParts", callByPerson({ accountId, taskId })),
    ],
  ];
}

async function chooseFile({ taskId, files }: DownloadResult): Promise<void> {
  const choices = files.map(({ name, bytes, uri }, at) => ({
    label: name,
    description: t("File {0} of {1} · {2}", at + 1, files.length, bytesInWords(bytes)),
    detail: basename(vscode.Uri.parse(uri).fsPath) === name ? "" : vscode.Uri.parse(uri).fsPath,
    value: uri,
  }));
  const [first] = choices;
  const question = { placeholder: t("Select the file of task {0} to open", taskId), choices };
  try {
    const uri = await askChoice(first === undefined ? question : { ...question, active: first.value }, {});
    if (uri !== back) await openFile(uri);
  } catch {
    // The list was closed, so nothing opens.
  }
}

function openFile(uri: string | undefined): Thenable<unknown> {
  return vscode.commands.executeCommand("taskExports.openExport", callByPerson({ uri }));
}
