import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { isSameTask } from "../../model/taskKey.ts";
import { callByPerson } from "../commandCall.ts";
import type { Log } from "../log.ts";
import { openTabUris } from "../opening/openTabs.ts";
import { taskOfParts } from "../parts/partsUri.ts";
import { readSetting } from "../settings.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import type { LazyTables } from "../tables/lazyTables.ts";
import type { DownloadedExport, DownloadHistory } from "./downloadHistory.ts";
import type { Downloads } from "./downloads.ts";
import type { OwnFiles } from "./ownFiles.ts";
import type { ColumnFiles } from "../../query/host/columnFiles.ts";
import type { OwnFolders } from "./ownFolders.ts";
import { removalInWords } from "./removal/removalWording.ts";
import type { RemovalOutcome } from "./removal/removeDownloads.ts";
import { Retention } from "./removal/retention.ts";

const toldKey = "retentionTold";

export interface CreateRetentionParts {
  readonly history: DownloadHistory;
  readonly ownFiles: OwnFiles;
  readonly ownFolders: OwnFolders;
  readonly columnFiles: ColumnFiles;
  readonly downloads: Pick<Downloads, "of">;
  readonly tables: Pick<LazyTables, "isUsed">;
  readonly stored: vscode.Memento;
  readonly log: Log;
}

/** Deletes old downloaded files as the setting says, from now on. */
export function startRetention(parts: CreateRetentionParts): vscode.Disposable {
  const retention = new Retention({
    ...parts,
    keepDays: () => readSetting("keepExportsDays"),
    isInUse: (record) => isInUse(parts, record),
    onDeleted: (outcome, days) => void tellOnce(parts.stored, outcome, days),
  });
  const subscription = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration("taskExports.keepExportsDays")) void retention.run();
  });
  void retention.run();
  return vscode.Disposable.from(subscription, retention);
}

/** Whether a file is open in a tab, alone or with the others of its task, read by a program, or downloaded right now. */
function isInUse(
  { downloads, tables }: Pick<CreateRetentionParts, "downloads" | "tables">,
  { accountId, taskId, uri }: DownloadedExport,
): boolean {
  const { fsPath } = vscode.Uri.parse(uri);
  if (downloads.of(accountId, taskId) !== undefined || tables.isUsed(fsPath)) return true;
  return openTabUris().some((open) => {
    const task = taskOfParts(open);
    return task === undefined ? open.fsPath === fsPath : isSameTask(task, { accountId, taskId });
  });
}

/** The first time, because a person may have forgotten the setting, or have it from somebody else. */
async function tellOnce(stored: vscode.Memento, outcome: RemovalOutcome, days: number): Promise<void> {
  if (stored.get(toldKey) === true) return;
  await stored.update(toldKey, true);
  const [show, settings] = [t("Show Downloads"), t("Open Settings")];
  const why = t("The setting taskExports.keepExportsDays deletes exports {0} days after their download.", days);
  const pressed = await showInformation(`${why} ${removalInWords(outcome)}`, show, settings);
  if (pressed === show) await vscode.commands.executeCommand("taskExports.showDownloads", callByPerson());
  if (pressed === settings)
    await vscode.commands.executeCommand("workbench.action.openSettings", "taskExports.keepExportsDays");
}
