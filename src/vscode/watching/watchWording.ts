import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { TaskKind } from "../../model/taskKind.ts";
import { stateInWords } from "../wording.ts";
import { isWatchedTask, type WatchCheck, type Watched, type WatchProblem } from "./watched.ts";

let timeFormat: Intl.DateTimeFormat | undefined;

/** A time of today, as the user writes it. */
function timeInWords(iso: string): string {
  timeFormat ??= new Intl.DateTimeFormat(vscode.env.language, { timeStyle: "short" });
  return timeFormat.format(new Date(iso));
}

/** What is exported: "transactions (CSV)". */
export function kindInWords({ subject, format, description }: TaskKind): string {
  const what = subject ?? description ?? "";
  return format === undefined ? what : t("{0} ({1})", what, format.toUpperCase());
}

/** What a watched task or kind is called. */
export function watchedName(entry: Watched): string {
  if (!isWatchedTask(entry)) return t("New exports of {0}", entry.label);
  return entry.label === "" ? t("Task {0}", entry.taskId) : entry.label;
}

/** The last problem of an entry or its account, as a sentence. */
export function problemInWords({ problem: own }: Watched, { problem }: WatchCheck): string | undefined {
  const shown = own ?? problem;
  return shown === undefined ? undefined : sentenceOf(shown);
}

function sentenceOf({ code, sentence }: WatchProblem): string {
  return code === "internal" ? t("An internal error occurred in Task Exports. See the log for details.") : sentence;
}

/** The state of a watched task or kind, when it is asked for again, and what went wrong last. */
export function watchInWords(entry: Watched, check: WatchCheck, isDownloading: boolean): string {
  const state = isWatchedTask(entry) ? stateInWords(entry.state) : t("waiting for a new export");
  const shown = isDownloading ? t("downloading") : state;
  return [shown, isDownloading ? undefined : nextInWords(check), problemInWords(entry, check)]
    .filter((part) => part !== undefined)
    .join(" · ");
}

function nextInWords({ next, problem }: WatchCheck): string | undefined {
  if (next !== undefined) return t("next check at {0}", timeInWords(next));
  return problem === undefined ? t("checked every few seconds") : undefined;
}
