import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { exportGone, noDownloadedExport, notDownloadedHere } from "../../model/fileErrors.ts";
import { cancelled } from "../../model/exportError.ts";
import type { DownloadedExport, DownloadHistory } from "../downloads/downloadHistory.ts";
import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import type { ExportReference, UriLike } from "../ids.ts";
import { toUri } from "../uris.ts";
import { ageInWords, bytesInWords } from "../wording.ts";
import { askChoice } from "./steps.ts";
import { back } from "./walkSteps.ts";

/**
 * The downloaded file to work with: the one named, or the one that the person picks.
 *
 * @throws ExportError `fileMissing` when nothing was downloaded yet or the file is gone, `cancelled`
 */
export async function askExport(history: DownloadHistory, named: UriLike | undefined): Promise<vscode.Uri> {
  const uri = named === undefined ? await pickExport(history) : toUri(named);
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    throw exportGone(uri.fsPath);
  }
  return uri;
}

/** What there is to open: a downloaded file, or one that is not whole yet. */
export type AnyExport =
  | { readonly kind: "file"; readonly uri: vscode.Uri }
  | { readonly kind: "unfinished"; readonly unfinished: UnfinishedFile };

/**
 * As `askExport`, also for an export that is still downloaded or stands still: the file that a task's row stands for,
 * which is the one that is not whole, or the first that is there.
 */
export async function askAnyExport(
  { history, unfinished }: { readonly history: DownloadHistory; readonly unfinished: UnfinishedFiles },
  { uri, accountId, taskId, files }: ExportReference,
): Promise<AnyExport> {
  if (uri !== undefined || accountId === undefined || taskId === undefined) {
    return { kind: "file", uri: await askExport(history, uri) };
  }
  const isWanted = (file: number): boolean => files?.includes(file) ?? true;
  const ofTask = unfinished.ofTask({ accountId, taskId: String(taskId) }).filter(({ file }) => isWanted(file));
  const found = ofTask.find(({ bytes, state }) => bytes > 0 && state.kind === "growing") ?? ofTask[0];
  if (found !== undefined) return { kind: "unfinished", unfinished: found };
  const record = history.ofTask(accountId, String(taskId)).find(({ index }) => isWanted(index));
  if (record === undefined) throw noDownloadedExport();
  return { kind: "file", uri: await askExport(history, vscode.Uri.parse(record.uri)) };
}

/** As `askExport`, for what may only be done to files that this extension downloaded; the file may be gone already. */
export async function askOwnExport(
  history: DownloadHistory,
  named: UriLike | undefined,
): Promise<{ uri: vscode.Uri; record: DownloadedExport }> {
  const uri = named === undefined ? await pickExport(history) : toUri(named);
  const record = history.find(uri);
  if (record === undefined) throw notDownloadedHere(uri.fsPath);
  return { uri, record };
}

async function pickExport(history: DownloadHistory): Promise<vscode.Uri> {
  const all = history.all();
  if (all.length === 0) throw noDownloadedExport();
  const choices = all.map((record) => ({
    label: record.name,
    description: [bytesInWords(record.bytes), ageInWords(record.at)].filter((part) => part !== undefined).join(" · "),
    value: vscode.Uri.parse(record.uri),
  }));
  const chosen = await askChoice({ placeholder: t("Choose a downloaded export"), choices }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}
