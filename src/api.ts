import * as vscode from "vscode";
import type { Account, AddAccountRequest, DownloadRequest, TaskExportsApi } from "./model/contract.ts";
import type { Accounts } from "./vscode/accounts/accounts.ts";
import { withSignal } from "./vscode/cancellation.ts";
import type { Downloads } from "./vscode/downloads/downloads.ts";
import type { ExportOpener } from "./vscode/opening/exportOpener.ts";
import { readSetting } from "./vscode/settings.ts";
import type { TableQueries } from "./vscode/tables/tableQueries.ts";

export interface ApiParts {
  readonly accounts: Accounts;
  readonly downloads: Downloads;
  readonly opener: ExportOpener;
  readonly queries: TableQueries;
}

/** The exported API: the same parts that the commands use, without a notification or a question. */
export function createApi({ accounts, downloads, opener, queries }: ApiParts): TaskExportsApi {
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
          {
            pageSize: options?.pageSize ?? readSetting("pageSize"),
            ...(options?.cursor === undefined ? {} : { cursor: options.cursor }),
          },
          { signal },
        ),
      ),
    resolveDownload: (accountId, taskId, options) =>
      withSignal({ signal: options?.signal }, (signal) => accounts.resolveDownload(accountId, taskId, { signal })),
    async download(request: DownloadRequest, options) {
      const result = await downloads.start(request, {
        signal: options?.signal,
        ...(options?.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      });
      // The caller decides what is shown, so nothing opens unless it was asked for.
      await opener.openResult(result, { as: request.open ?? "none", beside: request.beside ?? false });
      return result;
    },
    registerService: (service) => vscode.Disposable.from(accounts.services.register(service)),
    readRows: (uri, options) => queries.readRows(uri, options),
    findRows: (uri, pattern, options) => queries.findRows(uri, pattern, options),
  };
}
