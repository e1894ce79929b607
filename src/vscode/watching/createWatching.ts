import path from "node:path";
import * as vscode from "vscode";
import { systemClock } from "../../http/clock.ts";
import type { Redactor } from "../../model/redact.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { Owner } from "../disposables.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import { downloadFolder } from "../downloads/downloadFolder.ts";
import type { GitIgnoreHint } from "../downloads/gitIgnoreHint.ts";
import type { OwnFiles } from "../downloads/ownFiles.ts";
import { startUnattended } from "../downloads/startDownload.ts";
import type { Log } from "../log.ts";
import { createNotices } from "../notices/createNotices.ts";
import type { Notices } from "../notices/notices.ts";
import { failureInWords, tellOutcome } from "../notices/watchNotice.ts";
import type { ExportOpener } from "../opening/exportOpener.ts";
import { StatusBar } from "../status/statusBar.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import type { DownloadWatched, WatchOutcome } from "./watchOutcome.ts";
import { Watcher } from "./watcher.ts";
import { Watching } from "./watching.ts";
import { WatchList } from "./watchList.ts";

export interface CreateWatchingParts {
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
  readonly downloads: Downloads;
  readonly history: DownloadHistory;
  readonly ownFiles: OwnFiles;
  readonly gitIgnoreHint: GitIgnoreHint;
  readonly opener: ExportOpener;
  readonly log: Log;
  readonly redactor: Pick<Redactor, "redact">;
  /** The extension's own storage. */
  readonly ownStorage: string;
}

/** The watching of this window, and what tells a person about it. */
export class WindowWatching extends Owner {
  readonly watching: Watching;
  readonly notices = this.own(createNotices());

  constructor(parts: CreateWatchingParts) {
    super();
    const { accounts, tasks, downloads, log, ownStorage } = parts;
    const list = this.own(new WatchList({ folder: path.join(ownStorage, "watching"), log }));
    this.watching = new Watching({
      list,
      requireAccount: (accountId) => void accounts.store.get(accountId),
      getTask: (accountId, taskId, call) => accounts.getTask(accountId, taskId, call),
      loaded: (accountId) => {
        const state = tasks.known(accountId);
        return state.tasks.length === 0 ? undefined : state.tasks;
      },
      folderOf: (requested) => downloadFolder(requested, ownStorage),
      redact: (text) => parts.redactor.redact(text),
    });
    this.own(
      new Watcher({
        list,
        service: accounts,
        accounts: {
          has: (accountId) => accounts.store.has(accountId),
          onDidChange: (listener) => accounts.store.onDidChange(listener),
        },
        clock: systemClock,
        download: downloadWith(parts),
        isDownloaded: ({ accountId, taskId }) => parts.history.ofTask(accountId, taskId).length > 0,
        tell: (outcome) => told(parts, this.notices, outcome),
        log,
      }),
    );
    this.own(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void list.look();
      }),
    );
    this.own(new StatusBar(downloads, list));
    void list.look();
  }
}

function downloadWith({ downloads, ownFiles, gitIgnoreHint }: CreateWatchingParts): DownloadWatched {
  return async ({ accountId, options }, taskId) => {
    const download = downloads.create({ ...options, accountId, taskId });
    const result = await startUnattended(download, ownFiles);
    void gitIgnoreHint.afterDownload(result, download.request.folder, new AbortController().signal);
    return result;
  };
}

/** In the list of tasks, the task has still its old state. */
function told({ tasks, opener, log }: CreateWatchingParts, notices: Notices, outcome: WatchOutcome): void {
  const { accountId } = outcome.watched;
  if (tasks.known(accountId).tasks.length > 0) void tasks.refresh(accountId);
  if (outcome.kind === "failed") log.warn(failureInWords(outcome.watched, outcome.task));
  if (outcome.kind === "refused") log.warn(`The watched task ${outcome.taskId} was not downloaded`, outcome.error);
  tellOutcome(notices, outcome);
  const { open, beside } = outcome.watched.options;
  // Nothing opens by itself, unless whoever called the API has asked for it.
  if (outcome.kind === "downloaded" && open !== undefined) {
    void opener.openResult(outcome.result, { as: open, beside: beside ?? false });
  }
}
