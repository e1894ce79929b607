import type * as vscode from "vscode";
import type { Accounts } from "../../accounts/accounts.ts";
import { DiskStates } from "../../downloads/diskStates.ts";
import type { DownloadHistory } from "../../downloads/downloadHistory.ts";
import { DownloadList } from "../../downloads/list/downloadList.ts";
import type { OwnFiles } from "../../downloads/ownFiles.ts";
import type { TaskOrigins } from "../../downloads/taskOrigins.ts";
import { DownloadsProvider } from "./downloadsProvider.ts";
import { DownloadsView } from "./downloadsView.ts";

export interface CreateDownloadsViewParts {
  readonly accounts: Accounts;
  readonly history: DownloadHistory;
  readonly origins: TaskOrigins;
  readonly ownFiles: OwnFiles;
  readonly stored: vscode.Memento;
  /** Has a part disposed with the extension. */
  readonly own: <Part extends vscode.Disposable>(part: Part) => Part;
}

/** The Downloads view, and the list that it shows. */
export function createDownloadsView({ accounts, history, origins, ownFiles, stored, own }: CreateDownloadsViewParts): {
  downloadList: DownloadList;
  downloadsView: DownloadsView;
} {
  const list = own(new DownloadList({ state: stored, history, origins }));
  // Of its own, because the Tasks view looks at other files.
  const disk = own(new DiskStates({ history, ownFiles }));
  const provider = own(new DownloadsProvider({ list, disk }));
  return { downloadList: list, downloadsView: own(new DownloadsView({ list, disk, provider, history, accounts })) };
}
