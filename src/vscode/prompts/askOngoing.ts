import { t } from "@vscode/l10n";
import { cancelled, ExportError } from "../../model/exportError.ts";
import { currentProgress, shareDone } from "../downloads/currentProgress.ts";
import type { Downloads, OngoingDownload } from "../downloads/downloads.ts";
import type { TaskReference } from "../ids.ts";
import { shareInWords } from "../wording.ts";
import { askChoice } from "./steps.ts";
import { back } from "./walkSteps.ts";

/**
 * The download to work with: the specified one, the only one, or the one that the person selects.
 *
 * @throws ExportError `invalidRequest` if there is none, `cancelled`
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
  if (first === undefined) throw noDownload(states);
  if (fitting.length === 1) return first;
  const choices = fitting.map((ongoing) => ({
    label: t("Task {0}", ongoing.taskId),
    description: [
      currentProgress(ongoing.progress.values())?.name ?? "",
      shareInWords(shareDone(ongoing.progress.values())),
    ]
      .filter((part) => part !== "")
      .join(" · "),
    value: ongoing,
  }));
  const chosen = await askChoice({ placeholder: t("Select a download"), choices, active: first }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}

function noDownload(states: readonly OngoingDownload["state"][]): ExportError {
  if (states.length > 1) return new ExportError("invalidRequest", t("No download is running or paused."));
  const sentence = states.includes("paused") ? t("No download is paused.") : t("No download is running.");
  return new ExportError("invalidRequest", sentence);
}
