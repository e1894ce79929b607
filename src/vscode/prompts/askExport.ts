import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { exportGone, noDownloadedExport, notDownloadedHere } from "../../model/fileErrors.ts";
import { cancelled } from "../../model/exportError.ts";
import type { DownloadedExport, DownloadHistory } from "../downloads/downloadHistory.ts";
import type { UriLike } from "../ids.ts";
import { toUri } from "../uris.ts";
import { ageInWords, bytesInWords } from "../wording.ts";
import { askChoice, back } from "./steps.ts";

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
