import { onFirstUse } from "../../model/onFirstUse.ts";
import { errorInWords } from "../errors/showError.ts";
import type { Log } from "../log.ts";
import { downloadFolder } from "./downloadFolder.ts";
import type { DownloadHistory } from "./downloadHistory.ts";
import type { OwnFolders } from "./ownFolders.ts";
import type { TaskOrigins } from "./taskOrigins.ts";
import { DownloadLog } from "./downloadLog.ts";
import { Downloads } from "./downloads.ts";
import type { RunParts } from "./runDownload.ts";
import type { UnfinishedFiles } from "./unfinishedFiles.ts";

export interface CreateDownloadsParts extends RunParts {
  readonly history: DownloadHistory;
  readonly origins: TaskOrigins;
  readonly ownFolders: OwnFolders;
  readonly unfinished: UnfinishedFiles;
  readonly log: Log;
  /** The extension's own storage, which is the download folder if no setting names one. */
  readonly ownStorage: string;
}

/** The registry of downloads and its listeners, except for tree and notifications. */
export function createDownloads(parts: CreateDownloadsParts): Downloads {
  const { accounts, history, origins, ownFolders, unfinished, log, ownStorage } = parts;
  // What moves bytes is loaded with the first download.
  const runner = onFirstUse(async () => (await import("./runDownload.ts")).downloadRunner(parts));
  const downloads = new Downloads({
    accounts: {
      only: (accountId, taskId) => accounts.only(accountId, taskId),
      has: (accountId) => accounts.store.has(accountId),
      onDidChange: (listener) => accounts.store.onDidChange(listener),
    },
    run: async (...wanted) => (await runner())(...wanted),
    folderOf: (asked) => downloadFolder(asked, ownStorage),
  });
  history.follow(downloads, origins);
  ownFolders.follow(downloads);
  unfinished.follow(downloads, errorInWords);
  new DownloadLog(log).follow(downloads);
  return downloads;
}
