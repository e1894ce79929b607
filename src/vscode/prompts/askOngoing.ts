import { t } from "@vscode/l10n";
import { invalidArgument } from "../../model/accountErrors.ts";
import { cancelled } from "../../model/exportError.ts";
import type { Downloads, OngoingDownload } from "../downloads/downloads.ts";
import type { TaskReference } from "../ids.ts";
import { askChoice, back } from "./steps.ts";

/**
 * The download to act on: the one named, the only one, or the one that the person picks.
 *
 * @throws ExportError `invalidRequest` when there is none, `cancelled`
 */
export async function askOngoing(
  downloads: Downloads,
  { accountId, taskId }: TaskReference,
  states: readonly OngoingDownload["state"][],
): Promise<OngoingDownload> {
  const fitting = downloads
    .all()
    .filter((ongoing) => states.includes(ongoing.state))
    .filter((ongoing) => accountId === undefined || ongoing.accountId === accountId)
    .filter((ongoing) => taskId === undefined || ongoing.taskId === String(taskId));
  const [first] = fitting;
  if (first === undefined) throw invalidArgument(t("No download is running or paused."));
  if (fitting.length === 1) return first;
  const choices = fitting.map((ongoing) => ({ label: t("Task {0}", ongoing.taskId), value: ongoing }));
  const chosen = await askChoice({ placeholder: t("Choose the download"), choices }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}
