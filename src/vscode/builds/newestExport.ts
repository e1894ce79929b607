import { t } from "@vscode/l10n";
import type { ExportTask, TaskPage } from "../../model/contract.ts";
import { ExportError, throwIfCancelled } from "../../model/exportError.ts";
import { newestOf } from "../../model/newestTask.ts";
import { isWanted, type WantedKind } from "./exportDefinition.ts";

/** Older tasks are not looked at. A service doesn't promise an order, so the first match may not be the newest. */
export const mostPages = 20;
export const pageSize = 100;

type ListPage = (page: { cursor?: string; pageSize: number }, signal: AbortSignal) => Promise<TaskPage>;

/**
 * The finished task of a kind that was completed last, among the first 2,000 of the list.
 *
 * @throws ExportError `taskNotFound` if there is none, `cancelled`, and what listing throws
 */
export async function newestExport(list: ListPage, kind: WantedKind, signal: AbortSignal): Promise<ExportTask> {
  let newest: ExportTask | undefined;
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    throwIfCancelled(signal);
    const page = await list(cursor === undefined ? { pageSize } : { cursor, pageSize }, signal);
    const wanted = page.tasks.filter((task) => task.state === "done" && isWanted(task, kind));
    newest = newestOf(newest === undefined ? wanted : [newest, ...wanted]);
    cursor = page.next;
    if (cursor === undefined) break;
  }
  if (newest !== undefined) return newest;
  const wanted = [kind.description, kind.subject, kind.format].filter((part) => part !== undefined).join(", ");
  throw new ExportError(
    "taskNotFound",
    t("The account has no finished export of this kind: {0}. Check the spelling, or wait until one is done.", wanted),
  );
}
