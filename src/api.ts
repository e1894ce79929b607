import * as vscode from "vscode";
import type {
  Account,
  AddAccountRequest,
  DownloadProgress,
  DownloadRequest,
  DownloadResult,
  TaskExportsApi,
} from "./model/contract.ts";
import { defined } from "./model/defined.ts";
import { throwIfCancelled } from "./model/exportError.ts";
import { adoptService } from "./services/foreignService.ts";
import type { Accounts } from "./vscode/accounts/accounts.ts";
import { withSignal } from "./vscode/cancellation.ts";
import type { Download } from "./vscode/downloads/download.ts";
import { decideAs, type IsOwn } from "./vscode/downloads/existingFiles.ts";
import type { Downloads } from "./vscode/downloads/downloads.ts";
import type { OwnFiles } from "./vscode/downloads/ownFiles.ts";
import type { ExportOpener } from "./vscode/opening/exportOpener.ts";
import { readSetting } from "./vscode/settings.ts";
import type { TableQueries } from "./vscode/tables/tableQueries.ts";

/** When a program cancels, nothing is kept. Keeping unfinished files is for people, in the Tasks view. */
async function runForProgram(
  download: Download,
  ownFiles: OwnFiles,
  options: { signal?: AbortSignal; onProgress?: (progress: DownloadProgress) => void } = {},
): Promise<DownloadResult> {
  const { signal, onProgress } = options;
  const subscription = download.listen((event) => {
    if (event.kind === "progress") onProgress?.(event.progress);
  });
  const discard = (): void => void download.discard();
  signal?.addEventListener("abort", discard, { once: true });
  try {
    const { request } = download;
    const isOwn: IsOwn = (path, ended) => ownFiles.isOwn(path, request, ended);
    return await download.start(decideAs(request.fileExists ?? readSetting("fileExists"), undefined, isOwn));
  } finally {
    signal?.removeEventListener("abort", discard);
    subscription.dispose();
  }
}

export interface ApiParts {
  readonly accounts: Accounts;
  readonly downloads: Downloads;
  readonly opener: ExportOpener;
  readonly ownFiles: OwnFiles;
  readonly queries: TableQueries;
}

/** The exported API. Uses the same parts as the commands, but without notifications and questions. */
export function createApi({ accounts, downloads, opener, ownFiles, queries }: ApiParts): TaskExportsApi {
  return {
    apiVersion: 1,
    addAccount: (request: AddAccountRequest) => withSignal({}, (signal) => accounts.add(request, signal)),
    listAccounts: (): Promise<Account[]> => Promise.resolve(accounts.store.list()),
    verifyAccount: (accountId, options) =>
      withSignal({ signal: options?.signal }, (signal) => accounts.verify(accountId, { signal })),
    removeAccount: (accountId) => accounts.store.remove(accountId),
    listTasks: (accountId, options) =>
      withSignal({ signal: options?.signal }, (signal) =>
        accounts.listTasks(
          accountId,
          { pageSize: options?.pageSize ?? readSetting("pageSize"), ...defined({ cursor: options?.cursor }) },
          { signal },
        ),
      ),
    resolveDownload: (accountId, taskId, options) =>
      withSignal({ signal: options?.signal }, (signal) => accounts.resolveDownload(accountId, taskId, { signal })),
    async download(request: DownloadRequest, options) {
      if (options?.signal !== undefined) throwIfCancelled(options.signal);
      const result = await runForProgram(downloads.create(request), ownFiles, options);
      // The caller decides what is shown, so nothing opens unless requested.
      await opener.openResult(result, { as: request.open ?? "none", beside: request.beside ?? false });
      return result;
    },
    registerService: (service) => vscode.Disposable.from(accounts.services.register(adoptService(service))),
    readRows: (uri, options) => queries.readRows(uri, options),
    findRows: (uri, pattern, options) => queries.findRows(uri, pattern, options),
  };
}
