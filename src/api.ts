import * as vscode from "vscode";
import type { DownloadProgress, DownloadResult, TaskExportsApi } from "./model/contract.ts";
import { defined } from "./model/defined.ts";
import { throwIfCancelled } from "./model/exportError.ts";
import { readRequest } from "./model/readRequest.ts";
import {
  accountId,
  accountRequest,
  callOptions,
  downloadOptions,
  downloadRequest,
  listener as listenerShape,
  pageOptions,
  taskId,
} from "./model/requestShapes.ts";
import { adoptService } from "./services/foreignService.ts";
import type { Accounts } from "./vscode/accounts/accounts.ts";
import { callerCallback } from "./vscode/callerCallback.ts";
import { withSignal } from "./vscode/cancellation.ts";
import type { Download } from "./vscode/downloads/download.ts";
import type { DownloadEvents } from "./vscode/downloads/downloadEvents.ts";
import type { DownloadHistory } from "./vscode/downloads/downloadHistory.ts";
import { downloadsForPrograms } from "./vscode/downloads/downloadsForPrograms.ts";
import { decideAs, type IsOwn } from "./vscode/downloads/existingFiles.ts";
import type { Downloads } from "./vscode/downloads/downloads.ts";
import type { OwnFiles } from "./vscode/downloads/ownFiles.ts";
import type { ExportOpener } from "./vscode/opening/exportOpener.ts";
import type { Log } from "./vscode/log.ts";
import { readSetting } from "./vscode/settings.ts";
import type { LazyTables } from "./vscode/tables/lazyTables.ts";

/** When a program cancels, nothing is kept. Keeping unfinished files is for people, in the Tasks view. */
async function runForProgram(
  download: Download,
  ownFiles: OwnFiles,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: DownloadProgress) => void },
): Promise<DownloadResult> {
  const subscription = download.listen((event) => {
    if (event.kind === "progress") onProgress?.({ ...event.progress });
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
  readonly events: DownloadEvents;
  readonly history: DownloadHistory;
  readonly opener: ExportOpener;
  readonly ownFiles: OwnFiles;
  readonly tables: LazyTables;
  readonly log: Log;
}

/**
 * The exported API. Uses the same parts as the commands, but without notifications and questions. Every argument is
 * checked and copied first. The object is frozen, because all extensions share it.
 */
export function createApi(parts: ApiParts): TaskExportsApi {
  const { accounts, downloads, opener, ownFiles, tables, log } = parts;
  return Object.freeze<TaskExportsApi>({
    apiVersion: 1,
    async addAccount(given) {
      const request = readRequest(accountRequest, given, "request");
      return accounts.add(request, new AbortController().signal);
    },
    listAccounts: () => Promise.resolve(accounts.store.list()),
    async verifyAccount(account, options) {
      const id = readRequest(accountId, account, "accountId");
      return withSignal(readRequest(callOptions, options, "options"), (signal) => accounts.verify(id, { signal }));
    },
    async removeAccount(account) {
      return accounts.store.remove(readRequest(accountId, account, "accountId"));
    },
    async listTasks(account, options) {
      const id = readRequest(accountId, account, "accountId");
      const {
        signal: given,
        pageSize = readSetting("pageSize"),
        ...page
      } = readRequest(pageOptions, options, "options");
      return withSignal({ signal: given }, (signal) => accounts.listTasks(id, { ...page, pageSize }, { signal }));
    },
    async resolveDownload(account, task, options) {
      const id = readRequest(accountId, account, "accountId");
      const wanted = readRequest(taskId, task, "taskId");
      return withSignal(readRequest(callOptions, options, "options"), (signal) =>
        accounts.resolveDownload(id, wanted, { signal }),
      );
    },
    async download(given, options) {
      const request = readRequest(downloadRequest, given, "request");
      const { signal, onProgress } = readRequest(downloadOptions, options, "options");
      if (signal !== undefined) throwIfCancelled(signal);
      const tell = onProgress === undefined ? undefined : callerCallback(onProgress, log);
      const result = await runForProgram(downloads.create(request), ownFiles, defined({ signal, onProgress: tell }));
      // The caller decides what is shown, so nothing opens unless requested.
      await opener.openResult(result, { as: request.open ?? "none", beside: request.beside ?? false });
      // History and other downloads have the same object.
      return structuredClone(result);
    },
    listDownloads: () => downloadsForPrograms(parts.history),
    onDidDownload: (listener, thisArgs, disposables) =>
      parts.events.listen(readRequest(listenerShape, listener, "listener"), thisArgs, disposables),
    registerService: (service) => vscode.Disposable.from(accounts.services.register(adoptService(service))),
    readRows: async (uri, options) => (await tables.load()).queries.readRows(uri, options),
    async *findRows(uri, pattern, options) {
      yield* (await tables.load()).queries.findRows(uri, pattern, options);
    },
  });
}
