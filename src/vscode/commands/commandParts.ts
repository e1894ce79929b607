import type { Accounts } from "../accounts/accounts.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { OwnFiles } from "../downloads/ownFiles.ts";
import type { UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import type { GitIgnoreHint } from "../downloads/gitIgnoreHint.ts";
import type { Log } from "../log.ts";
import type { ExistingFilesPrompt } from "../prompts/askExisting.ts";
import type { ExportOpener } from "../opening/exportOpener.ts";
import type { LazyTables } from "../tables/lazyTables.ts";
import type { KeptArrangement } from "../tasks/keptArrangement.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import type { TasksView } from "../tree/tasksView.ts";

/** What commands are made of; each takes only the parts that it names. */
export interface CommandParts {
  readonly accounts: Accounts;
  readonly downloads: Downloads;
  readonly existingFiles: ExistingFilesPrompt;
  readonly history: DownloadHistory;
  readonly unfinished: UnfinishedFiles;
  readonly gitIgnoreHint: GitIgnoreHint;
  readonly ownFiles: OwnFiles;
  readonly opener: ExportOpener;
  readonly tables: LazyTables;
  readonly tasks: TaskLists;
  readonly arrangement: KeptArrangement;
  readonly view: TasksView;
  readonly log: Log;
  /** The extension's own ID, with which links to it begin. */
  readonly extensionId: string;
}
