import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { ExportTask } from "../../model/contract.ts";
import { callByPerson } from "../commandCall.ts";
import { notifyOfWatched } from "../downloads/finishedNotification.ts";
import { showError } from "../errors/showError.ts";
import { showFailure } from "../surfaces/surfaces.ts";
import type { Watched } from "../watching/watched.ts";
import type { WatchOutcome } from "../watching/watchOutcome.ts";
import type { Notices } from "./notices.ts";

/** So many lines of a log are shown: the last ones say why. */
const mostLines = 3;

/** Tells how watching a task ended. */
export function tellOutcome(notices: Notices, outcome: WatchOutcome): void {
  switch (outcome.kind) {
    case "downloaded":
      notifyOfWatched(notices, outcome.result);
      return;
    case "failed":
      notices.add({ kind: "failed", show: () => void showFailed(outcome.watched, outcome.task) });
      return;
    case "refused": {
      const { watched, taskId, error } = outcome;
      notices.add({ kind: "failed", show: () => showError(error, { accountId: watched.accountId, taskId }) });
    }
  }
}

/** What failed, and the reason as the service's log says it. */
export function failureInWords(
  { label }: Pick<Watched, "label">,
  { id, log = [] }: Pick<ExportTask, "id" | "log">,
): string {
  const name = label === "" || label === id ? t("Task {0}", id) : `${label} (${id})`;
  const failed = t("{0} failed, so there is nothing to download.", name);
  if (log.length === 0) return t("{0} The service doesn't say why.", failed);
  return t("{0} The service's log says: {1}", failed, log.slice(-mostLines).join(" · "));
}

async function showFailed(watched: Watched, task: ExportTask): Promise<void> {
  const show = t("Show Task");
  const pressed = await showFailure(failureInWords(watched, task), show);
  if (pressed !== show) return;
  const argument = { accountId: watched.accountId, taskId: task.id };
  await vscode.commands.executeCommand("taskExports.showTask", callByPerson(argument));
}
