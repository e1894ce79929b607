import { kindOf, kindText } from "../../../model/taskKind.ts";
import type { DownloadedExport } from "../downloadHistory.ts";
import type { TaskOrigin } from "../taskOrigins.ts";

/** A downloaded file, as the list of downloads shows it. */
export interface ListedDownload {
  readonly record: DownloadedExport;
  readonly origin: TaskOrigin;
  /** A later copy of the same file of the same task was downloaded, too. */
  readonly isOlderCopy: boolean;
  /** Files of several were downloaded of its task: their names may differ only where a narrow view cuts them. */
  readonly isOneOfSeveral: boolean;
}

/** Equal for files of tasks that export the same; empty if nothing is known that tasks could have in common. */
export function kindKey({ record: { accountId }, origin }: ListedDownload): string {
  const kind = kindOf({ ...origin, accountId, description: origin.description ?? "" });
  return kind === undefined ? "" : kindText(kind);
}
