import type { Accounts } from "../accounts/accounts.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { DownloadList } from "../downloads/list/downloadList.ts";
import type { OwnFiles } from "../downloads/ownFiles.ts";
import type { ColumnFiles } from "../../query/host/columnFiles.ts";
import type { OwnFolders } from "../downloads/ownFolders.ts";
import type { UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import type { GitIgnoreHint } from "../downloads/gitIgnoreHint.ts";
import type { Log } from "../log.ts";
import type { ExistingFilesPrompt } from "../prompts/askExisting.ts";
import type { ExportOpener } from "../opening/exportOpener.ts";
import type { LazyQueries } from "../query/lazyQueries.ts";
import type { LazyTables } from "../tables/lazyTables.ts";
import type { KeptArrangement } from "../tasks/keptArrangement.ts";
import type { TaskCreation } from "../tasks/taskCreation.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import type { Notices } from "../notices/notices.ts";
import type { Watching } from "../watching/watching.ts";
import type { DownloadsView } from "../tree/downloads/downloadsView.ts";
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
  readonly ownFolders: OwnFolders;
  readonly columnFiles: ColumnFiles;
  readonly opener: ExportOpener;
  readonly tables: LazyTables;
  readonly queries: LazyQueries;
  readonly tasks: TaskLists;
  readonly arrangement: KeptArrangement;
  readonly view: TasksView;
  readonly watching: Watching;
  readonly notices: Notices;
  readonly creation: TaskCreation;
  readonly downloadList: DownloadList;
  readonly downloadsView: DownloadsView;
  readonly log: Log;
  /** The extension's own ID, with which links to it begin. */
  readonly extensionId: string;
}
