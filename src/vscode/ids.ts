import type { AddAccountRequest, DownloadRequest, DownloadResult, SavedView } from "../model/contract.ts";
import type { CreateDraft } from "../model/createRequest.ts";
import type { ColumnName, Filter, SavedFormat, SortKey } from "../model/queryContract.ts";
import type { DownloadGrouping } from "./downloads/list/arrangeDownloads.ts";
import type { TaskGrouping, TaskOrder } from "./tasks/arrangeTasks.ts";

/** A file argument: a `vscode.Uri`, a URI string or an absolute path. */
export type UriLike = string | { readonly scheme: string; readonly fsPath: string };

/** A task argument. */
export interface TaskReference {
  accountId?: string;
  taskId?: string | number;
}

export interface AccountReference {
  accountId?: string;
}

export interface FileReference {
  uri?: UriLike | undefined;
}

/** An export, even an unfinished one: by its file, or by its task and the indexes of its files. */
export interface ExportReference extends FileReference, TaskReference {
  files?: readonly number[];
  /** Several files, also of several tasks: what is selected in a view. */
  uris?: readonly UriLike[];
}

/** A statement of a query: the query's document, and where the statement is. */
export interface StatementReference extends FileReference {
  /** In characters from the beginning of the document. */
  offset?: number;
}

/** Which downloaded files to delete: those of which nothing is left, or those that are old enough (0 days: all). */
export interface ClearRequest {
  onlyMissing?: boolean;
  olderThanDays?: number;
}

/** What became of the files. */
export interface ClearResult {
  deleted: number;
  bytes: number;
  forgotten: number;
  kept: number;
}

/** Whether a downloaded file still is what was downloaded. */
export interface VerifiedExport {
  uri: string;
  state: "same" | "changed" | "missing";
}

/** A watched task or kind: by its task, or by the key of its kind. */
export interface WatchedReference extends TaskReference {
  kind?: string;
}

interface Command<Argument, Result> {
  argument: Argument;
  result: Result;
}

/** Every command with its argument and result (the contract's table). */
export interface CommandMap {
  "taskExports.downloadTaskExport": Command<Partial<DownloadRequest>, DownloadResult | undefined>;
  "taskExports.copyDownloadUrl": Command<TaskReference, string[] | undefined>;
  "taskExports.copyTaskId": Command<TaskReference, undefined>;
  "taskExports.copyLink": Command<TaskReference, string | undefined>;
  "taskExports.addAccount": Command<Partial<AddAccountRequest>, { accountId: string } | undefined>;
  "taskExports.replaceCredentials": Command<
    AccountReference & { credentials?: AddAccountRequest["credentials"] },
    undefined
  >;
  "taskExports.verifyAccount": Command<AccountReference, { ok: boolean; message: string } | undefined>;
  "taskExports.renameAccount": Command<AccountReference & { label?: string }, undefined>;
  "taskExports.removeAccount": Command<AccountReference, undefined>;
  "taskExports.createExport": Command<CreateDraft, { accountId: string; taskId: string } | undefined>;
  "taskExports.createSimilar": Command<TaskReference, { accountId: string; taskId: string } | undefined>;
  "taskExports.runTask": Command<TaskReference, undefined>;
  "taskExports.cancelDownload": Command<TaskReference, undefined>;
  "taskExports.discardDownload": Command<TaskReference, undefined>;
  "taskExports.pauseDownload": Command<TaskReference, undefined>;
  "taskExports.resumeDownload": Command<TaskReference, undefined>;
  "taskExports.clearInterrupted": Command<undefined, undefined>;
  "taskExports.clearQueryCache": Command<undefined, undefined>;
  "taskExports.watchTask": Command<Partial<DownloadRequest>, undefined>;
  "taskExports.watchKind": Command<TaskReference, undefined>;
  "taskExports.unwatchTask": Command<WatchedReference, undefined>;
  "taskExports.refresh": Command<AccountReference, undefined>;
  "taskExports.loadMore": Command<AccountReference, undefined>;
  "taskExports.filterTasks": Command<{ text?: string; status?: string }, undefined>;
  "taskExports.clearFilter": Command<undefined, undefined>;
  "taskExports.sortTasks": Command<{ order?: TaskOrder }, undefined>;
  "taskExports.groupTasks": Command<{ by?: TaskGrouping }, undefined>;
  "taskExports.showTask": Command<TaskReference, undefined>;
  "taskExports.openExport": Command<ExportReference & { as?: "table" | "text"; beside?: boolean }, undefined>;
  "taskExports.openExportBeside": Command<ExportReference & { as?: "table" | "text" }, undefined>;
  "taskExports.openAsTable": Command<FileReference & { beside?: boolean }, undefined>;
  "taskExports.openAllParts": Command<TaskReference, undefined>;
  "taskExports.queryExport": Command<ExportReference & { sql?: string }, undefined>;
  "taskExports.query.run": Command<StatementReference, undefined>;
  "taskExports.query.explain": Command<StatementReference, undefined>;
  "taskExports.query.addTable": Command<undefined, undefined>;
  "taskExports.query.history": Command<undefined, undefined>;
  "taskExports.query.save": Command<undefined, undefined>;
  "taskExports.query.openSaved": Command<undefined, undefined>;
  "taskExports.query.saveSession": Command<undefined, undefined>;
  "taskExports.formatExport": Command<FileReference & { beside?: boolean }, undefined>;
  "taskExports.unpackExport": Command<FileReference & { as?: "table" | "text"; beside?: boolean }, undefined>;
  "taskExports.saveExportAs": Command<ExportReference & { target?: UriLike }, undefined>;
  "taskExports.revealExport": Command<ExportReference, undefined>;
  "taskExports.deleteExport": Command<ExportReference, undefined>;
  "taskExports.copyExportPath": Command<ExportReference, string[] | undefined>;
  "taskExports.verifyExport": Command<ExportReference, VerifiedExport[] | undefined>;
  "taskExports.downloadAgain": Command<ExportReference, DownloadResult[] | undefined>;
  "taskExports.showDownloads": Command<undefined, undefined>;
  "taskExports.filterDownloads": Command<{ text?: string }, undefined>;
  "taskExports.clearDownloadsFilter": Command<undefined, undefined>;
  "taskExports.groupDownloads": Command<{ by?: DownloadGrouping }, undefined>;
  "taskExports.clearDownloads": Command<ClearRequest, ClearResult | undefined>;
  "taskExports.showLog": Command<undefined, undefined>;
  "taskExports.sortExport": Command<FileReference & { sort?: SortKey[] }, undefined>;
  "taskExports.filterExport": Command<FileReference & { filter?: Filter | null }, undefined>;
  "taskExports.profileExport": Command<ExportReference & { columns?: ColumnName[] }, undefined>;
  "taskExports.saveView": Command<FileReference & { target?: UriLike; format?: SavedFormat }, SavedView | undefined>;
  "taskExports.table.copyView": Command<undefined, undefined>;
  "taskExports.table.copyViewSql": Command<undefined, string | undefined>;
  "taskExports.table.find": Command<undefined, undefined>;
  "taskExports.table.findNext": Command<undefined, undefined>;
  "taskExports.table.findPrevious": Command<undefined, undefined>;
  "taskExports.table.goToRow": Command<undefined, undefined>;
  "taskExports.table.showDetail": Command<undefined, undefined>;
  "taskExports.table.goToColumn": Command<undefined, undefined>;
  "taskExports.table.chooseColumns": Command<undefined, undefined>;
  "taskExports.table.showAllColumns": Command<undefined, undefined>;
  "taskExports.table.copyAsTsv": Command<undefined, undefined>;
  "taskExports.table.copyAsCsv": Command<undefined, undefined>;
  "taskExports.table.copyAsJson": Command<undefined, undefined>;
  "taskExports.table.copyAsMarkdown": Command<undefined, undefined>;
  "taskExports.table.saveSelection": Command<undefined, undefined>;
  "taskExports.table.revealInText": Command<undefined, undefined>;
  "taskExports.table.openAsText": Command<undefined, undefined>;
}

export type CommandId = keyof CommandMap;
export type CommandResult<Id extends CommandId> = CommandMap[Id]["result"];

/** The custom editor's id, which VS Code calls its view type. */
export const editorIds = { table: "taskExports.table" } as const;

/** The ids of the views, and the context keys that the manifest's `when` clauses read. */
export const viewIds = { tasks: "taskExports.tasks", downloads: "taskExports.downloads" } as const;

export const contextKeys = {
  /** Accounts were read, so that "no accounts" is a fact and not just an unfinished startup. */
  ready: "taskExports.ready",
  hasAccounts: "taskExports.hasAccounts",
  /** Some account's service can create tasks, or run them again. */
  canCreate: "taskExports.canCreate",
  canRun: "taskExports.canRun",
  filtered: "taskExports.filtered",
  hasDownloads: "taskExports.hasDownloads",
  downloadsFiltered: "taskExports.downloadsFiltered",
  hasRunning: "taskExports.hasRunning",
  hasPaused: "taskExports.hasPaused",
  hasWatched: "taskExports.hasWatched",
  /** Several files of a task were downloaded, so they can be opened as one table. */
  hasSeveralFiles: "taskExports.hasSeveralFiles",
  /** The URIs of the documents that are queries of exports. */
  queries: "taskExports.queries",
} as const;

export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];
