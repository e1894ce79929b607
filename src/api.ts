import * as vscode from "vscode";
import type { TaskExportsApi } from "./model/contract.ts";
import { createDraft } from "./model/createRequest.ts";
import { defined } from "./model/defined.ts";
import { throwIfCancelled } from "./model/exportError.ts";
import type { TaskKey } from "./model/taskKey.ts";
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
  watchOptions,
} from "./model/requestShapes.ts";
import { adoptService } from "./services/foreignService.ts";
import type { Accounts } from "./vscode/accounts/accounts.ts";
import { callerCallback } from "./vscode/callerCallback.ts";
import { withSignal } from "./vscode/cancellation.ts";
import type { DownloadEvents } from "./vscode/downloads/downloadEvents.ts";
import type { DownloadHistory } from "./vscode/downloads/downloadHistory.ts";
import { downloadsForPrograms } from "./vscode/downloads/downloadsForPrograms.ts";
import type { Downloads } from "./vscode/downloads/downloads.ts";
import { runForProgram } from "./vscode/downloads/runForProgram.ts";
import type { OwnFiles } from "./vscode/downloads/ownFiles.ts";
import type { ExportOpener } from "./vscode/opening/exportOpener.ts";
import type { Log } from "./vscode/log.ts";
import { readSetting } from "./vscode/settings.ts";
import type { LazyTables } from "./vscode/tables/lazyTables.ts";
import { watchKeyOfTask } from "./vscode/watching/watched.ts";
import type { Watching } from "./vscode/watching/watching.ts";
import type { TaskCreation } from "./vscode/tasks/taskCreation.ts";

export interface ApiParts {
  readonly accounts: Accounts;
  readonly creation: TaskCreation;
  readonly downloads: Downloads;
  readonly events: DownloadEvents;
  readonly history: DownloadHistory;
  readonly opener: ExportOpener;
  readonly ownFiles: OwnFiles;
  readonly tables: LazyTables;
  readonly watching: Watching;
  readonly log: Log;
}

function readTaskKey(account: unknown, task: unknown): TaskKey {
  return { accountId: readRequest(accountId, account, "accountId"), taskId: readRequest(taskId, task, "taskId") };
}

/**
 * The exported API. Uses the same parts as the commands, but without notifications and questions. Every argument is
 * checked and copied first. The object is frozen, because all extensions share it.
 */
export function createApi(parts: ApiParts): TaskExportsApi {
  const { accounts, creation, downloads, opener, ownFiles, tables, watching, log } = parts;
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
      const download = downloads.create(request);
      const fileExists = request.fileExists ?? readSetting("fileExists");
      const result = await runForProgram(download, ownFiles, { fileExists, ...defined({ signal, onProgress: tell }) });
      // The caller decides what is shown, so nothing opens unless requested.
      await opener.openResult(result, { as: request.open ?? "none", beside: request.beside ?? false });
      // History and other downloads have the same object.
      return structuredClone(result);
    },
    ...watchingCalls(watching),
    listDownloads: () => downloadsForPrograms(parts.history),
    onDidDownload: (listener, thisArgs, disposables) =>
      parts.events.listen(readRequest(listenerShape, listener, "listener"), thisArgs, disposables),
    registerService: (service) => vscode.Disposable.from(accounts.services.register(adoptService(service))),
    ...creationCalls(accounts, creation),
    readRows: async (uri, options) => (await tables.load()).queries.readRows(uri, options),
    query: async (uri, sql, options) => (await tables.load()).sql.query(uri, sql, options),
    profile: async (uri, options) => (await tables.load()).profiles.profile(uri, options),
    saveView: async (uri, target, options) => (await tables.load()).saves.saveView(uri, target, options),
    async *findRows(uri, pattern, options) {
      yield* (await tables.load()).queries.findRows(uri, pattern, options);
    },
  });
}

function creationCalls(accounts: Accounts, creation: TaskCreation): Pick<TaskExportsApi, "createTask" | "runTask"> {
  return {
    async createTask(given, options) {
      const draft = readRequest(createDraft, given, "request");
      const checked = readRequest(callOptions, options, "options");
      const account = accounts.only(draft.accountId, undefined).id;
      return withSignal(checked, (signal) => creation.create({ ...draft, accountId: account }, { signal }));
    },
    async runTask(account, task, options) {
      const key = {
        accountId: readRequest(accountId, account, "accountId"),
        taskId: readRequest(taskId, task, "taskId"),
      };
      return withSignal(readRequest(callOptions, options, "options"), (signal) => creation.run(key, { signal }));
    },
  };
}

function watchingCalls(watching: Watching): Pick<TaskExportsApi, "watchTask" | "unwatchTask"> {
  return {
    async watchTask(account, task, options) {
      const key = readTaskKey(account, task);
      await watching.watchTask(key, readRequest(watchOptions, options, "options"), new AbortController().signal);
    },
    async unwatchTask(account, task) {
      const key = readTaskKey(account, task);
      await watching.unwatch(watchKeyOfTask(key));
    },
  };
}
