import type { DownloadResult, ExportTask } from "../../model/contract.ts";
import type { Watched } from "./watched.ts";

/** How watching a task ended, for the person who waits for it. */
export type WatchOutcome =
  | { readonly kind: "downloaded"; readonly watched: Watched; readonly result: DownloadResult; readonly tookMs: number }
  /** The service says that the task failed. */
  | { readonly kind: "failed"; readonly watched: Watched; readonly task: ExportTask }
  /** The task can't be watched or downloaded. */
  | { readonly kind: "refused"; readonly watched: Watched; readonly taskId: string; readonly error: unknown };

/** Downloads the files of a task. Shows and asks nothing. @throws ExportError */
export type DownloadWatched = (watched: Watched, taskId: string) => Promise<DownloadResult>;
