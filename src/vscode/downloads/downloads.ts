import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import type { Digester } from "../../download/digest/digester.ts";
import type { DownloadQueues } from "../../download/fileQueue.ts";
import { removePartsOf, removeStaleParts } from "../../download/part/parts.ts";
import { downloadTask, type TransferLimits } from "../../download/downloadTask.ts";
import type { HttpClient } from "../../http/httpClient.ts";
import type {
  Account,
  DownloadProgress,
  DownloadRequest,
  DownloadResult,
  FileExistsChoice,
} from "../../model/contract.ts";
import { ExportError, isCancelled } from "../../model/exportError.ts";
import { fileExists } from "../../model/fileErrors.ts";
import { isPrivateHost } from "../../model/hostRules.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { withSignal } from "../cancellation.ts";
import { Owner } from "../disposables.ts";
import { errorInWords } from "../errors/showError.ts";
import type { Log } from "../log.ts";
import { readSetting } from "../settings.ts";
import { downloadFolder } from "./downloadFolder.ts";
import type { DownloadHistory } from "./downloadHistory.ts";
import { DownloadLog } from "./downloadLog.ts";
import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import type { UnfinishedFiles } from "./unfinishedFiles.ts";
import { findInterrupted } from "./interrupted.ts";
import { fileNaming } from "./fileNaming.ts";
import { defined } from "../../model/defined.ts";

/** What a caller of a download brings beside the request. */
export interface DownloadOptions {
  signal?: AbortSignal | undefined;
  onProgress?: (progress: DownloadProgress) => void;
  /** Asks the person what to do with a file that is there; without it "ask" is an error of its own. */
  askExisting?: (path: string) => Promise<Exclude<FileExistsChoice, "ask">>;
}

/** A download that runs, or stands still until it is resumed. */
export interface OngoingDownload {
  readonly accountId: string;
  readonly taskId: string;
  readonly request: DownloadRequest;
  readonly state: "running" | "paused";
  /** The last that was told of each file, by its place among the task's files. */
  readonly progress: ReadonlyMap<number, DownloadProgress>;
}

interface Ongoing extends OngoingDownload {
  state: "running" | "paused";
  readonly progress: Map<number, DownloadProgress>;
  readonly stop: AbortController;
  keepPart: boolean;
}

export interface DownloadsParts {
  readonly accounts: Accounts;
  readonly history: DownloadHistory;
  /** Is told where the bytes of unfinished files are. */
  readonly unfinished: UnfinishedFiles;
  readonly http: HttpClient;
  readonly digester: Digester;
  /** Where the files of all downloads wait for their turn. */
  readonly queues: DownloadQueues;
  readonly log: Log;
  /** The extension's own storage: where exports go when no setting says otherwise. */
  readonly ownStorage: string;
}

/** Starts downloads and knows which ones run or are paused: one source for commands, tree and API. */
export class Downloads extends Owner {
  readonly #parts: DownloadsParts;
  readonly #log: DownloadLog;
  readonly #ongoing = new Map<string, Ongoing>();
  readonly #changed = this.own(new vscode.EventEmitter<OngoingDownload>());
  /** Fires when a download starts, moves on, pauses or ends. */
  readonly onDidChange: vscode.Event<OngoingDownload> = this.#changed.event;

  constructor(parts: DownloadsParts) {
    super();
    this.#parts = parts;
    this.#log = new DownloadLog(parts.log);
    this.own(
      parts.accounts.store.onDidChange((accountId) => {
        if (!parts.accounts.store.has(accountId)) this.#endAll(accountId);
      }),
    );
  }

  /**
   * Finds what earlier sessions left unfinished and shows it as paused; removes what nobody went on with for as long
   * as the setting says.
   */
  async restore(): Promise<OngoingDownload[]> {
    const folders = this.#parts.history.unfinishedFolders();
    const staleMs = readSetting("keepInterruptedDays") * 86_400_000;
    for (const folder of folders) await removeStaleParts(folder, staleMs);
    for (const found of await findInterrupted(folders)) {
      const { accountId, taskId, folder, parts } = found;
      if (!this.#parts.accounts.store.has(accountId) || this.of(accountId, taskId) !== undefined) continue;
      this.#parts.unfinished.setStopped({ accountId, taskId }, parts, undefined);
      this.#show({ progress: found.progress, accountId, taskId, ...paused({ accountId, taskId, folder }) });
    }
    return this.all().filter(({ state }) => state === "paused");
  }

  /** Removes every download that stands still, and what it had fetched. Answers how many there were. */
  async clearPaused(): Promise<number> {
    const standing = this.all().filter(({ state }) => state === "paused");
    for (const { accountId, taskId } of standing) await this.cancel(accountId, taskId);
    return standing.length;
  }

  of(accountId: string, taskId: string): OngoingDownload | undefined {
    return this.#ongoing.get(keyOf(accountId, taskId));
  }

  all(): OngoingDownload[] {
    return [...this.#ongoing.values()];
  }

  /**
   * Downloads a task's files and remembers where they are.
   *
   * @throws ExportError with the contract's codes; `cancelled` when it was cancelled or paused
   */
  async start(request: DownloadRequest, options: DownloadOptions): Promise<DownloadResult> {
    const taskId = String(request.taskId);
    const account = this.#parts.accounts.only(request.accountId, taskId);
    const folder = downloadFolder(request.folder, this.#parts.ownStorage);
    const ongoing = this.#join({ ...request, accountId: account.id, taskId, folder });
    await this.#parts.history.begin(account.id, taskId, folder);
    this.#parts.unfinished.resumed(ongoing);
    this.#show(ongoing);
    const logged = this.#log.started(ongoing, request.files);
    try {
      const result = await this.#run(account, ongoing, folder, options);
      await this.#parts.history.add(result);
      this.#parts.unfinished.ended(ongoing, new Map(result.files.map(({ index, uri }) => [index, fileURLToPath(uri)])));
      await this.#forget(ongoing);
      logged.ended(result);
      return result;
    } catch (error) {
      logged.failed(error);
      // What fills the disk for one download would only fail the others, too.
      if (error instanceof ExportError && error.code === "diskFull") this.#pauseAll();
      await this.#standStill(ongoing, folder, error);
      throw error;
    }
  }

  /** Ends a download, running or paused, and removes what it had fetched. */
  async cancel(accountId: string, taskId: string): Promise<void> {
    const ongoing = this.#ongoing.get(keyOf(accountId, taskId));
    if (ongoing === undefined) return;
    ongoing.keepPart = false;
    ongoing.stop.abort();
    if (ongoing.state === "running") return;
    await this.#forget(ongoing);
    this.#parts.unfinished.ended(ongoing);
    await removePartsOf(ongoing.request.folder ?? this.#parts.ownStorage, accountId, taskId);
  }

  /** Ends a download, keeping what it had fetched, so that it can go on from there. */
  pause(accountId: string, taskId: string): void {
    const ongoing = this.#ongoing.get(keyOf(accountId, taskId));
    if (ongoing === undefined) return;
    ongoing.keepPart = true;
    ongoing.stop.abort();
  }

  override dispose(): void {
    this.#pauseAll();
    super.dispose();
  }

  /** The running download of a task, begun now or before: pausing or cancelling it ends it for all who asked for it. */
  #join(request: DownloadRequest & { accountId: string; taskId: string }): Ongoing {
    const { accountId, taskId } = request;
    const known = this.#ongoing.get(keyOf(accountId, taskId));
    if (known?.state === "running" && !known.stop.signal.aborted) return known;
    const stop = new AbortController();
    return { accountId, taskId, request, state: "running", progress: new Map(), stop, keepPart: false };
  }

  #pauseAll(): void {
    for (const { accountId, taskId } of this.all()) this.pause(accountId, taskId);
  }

  #endAll(accountId: string): void {
    for (const ongoing of this.all()) if (ongoing.accountId === accountId) void this.cancel(accountId, ongoing.taskId);
  }

  #show(ongoing: Ongoing): void {
    this.#ongoing.set(keyOf(ongoing.accountId, ongoing.taskId), ongoing);
    this.#changed.fire(ongoing);
  }

  /** A download that ended but left a part, be it paused or failed, stays in sight as paused and can be resumed. */
  async #standStill(ongoing: Ongoing, folder: string, error: unknown): Promise<void> {
    const left = (await findInterrupted([folder])).find((task) => isSameTask(task, ongoing));
    const isPaused = ongoing.keepPart && ongoing.stop.signal.aborted;
    if (this.#isShown(ongoing)) this.#parts.unfinished.setStopped(taskOf(ongoing), left?.parts ?? [], reasonOf(error));
    if (left === undefined && !isPaused) await this.#forget(ongoing);
    else if (this.#isShown(ongoing))
      this.#show({ ...ongoing, progress: left?.progress ?? ongoing.progress, ...paused(ongoing.request) });
  }

  /** Whether this is still the download of its task: the same task may have been started once more meanwhile. */
  #isShown(ongoing: Ongoing): boolean {
    return this.#ongoing.get(keyOf(ongoing.accountId, ongoing.taskId)) === ongoing;
  }

  async #forget(ongoing: Ongoing): Promise<void> {
    if (!this.#isShown(ongoing)) return;
    this.#ongoing.delete(keyOf(ongoing.accountId, ongoing.taskId));
    await this.#parts.history.end(ongoing.accountId, ongoing.taskId);
    this.#changed.fire(ongoing);
  }

  async #run(account: Account, ongoing: Ongoing, folder: string, options: DownloadOptions): Promise<DownloadResult> {
    const { request, taskId } = ongoing;
    const { accounts, unfinished, http, digester, queues } = this.#parts;
    const work = async (signal: AbortSignal): Promise<DownloadResult> => {
      const relativePath = await fileNaming(accounts, account, taskId, signal);
      return downloadTask(
        {
          accountId: account.id,
          taskId,
          ...defined({ files: request.files }),
          resolve: (call) => accounts.resolveDownload(account.id, taskId, call),
          folder,
          relativePath,
          fileExists: (path) => existingFileChoice(path, request, options),
          allowPrivateHosts: isPrivateHost(new URL(account.endpoint).hostname),
          signal,
          onWrittenBytes: (growth) => unfinished.grew(taskOf(ongoing), growth),
          onProgress: (progress) => {
            ongoing.progress.set(progress.file, progress);
            unfinished.setWaiting(ongoing, progress.file, progress.phase === "waiting" ? progress.reason : undefined);
            this.#changed.fire(ongoing);
            options.onProgress?.(progress);
          },
          keepPartOnCancel: () => ongoing.keepPart,
        },
        { http, digester, queues, limits: transferLimits },
      );
    };
    const stop = ongoing.stop.signal;
    return withSignal({ signal: options.signal === undefined ? stop : AbortSignal.any([stop, options.signal]) }, work);
  }
}

function paused(request: DownloadRequest): Pick<Ongoing, "request" | "state" | "stop" | "keepPart"> {
  return { request, state: "paused", stop: new AbortController(), keepPart: true };
}

/** Why a download failed, in a sentence; undefined when a person paused it. */
function reasonOf(error: unknown): string | undefined {
  return isCancelled(error) ? undefined : errorInWords(error);
}

const taskOf = ({ accountId, taskId }: TaskKey): TaskKey => ({ accountId, taskId });
const isSameTask = (one: TaskKey, other: TaskKey): boolean =>
  one.accountId === other.accountId && one.taskId === other.taskId;
const keyOf = (accountId: string, taskId: string): string => taskKeyText({ accountId, taskId });

async function existingFileChoice(
  path: string,
  request: DownloadRequest,
  { askExisting }: DownloadOptions,
): Promise<Exclude<FileExistsChoice, "ask">> {
  const choice = request.fileExists ?? readSetting("fileExists");
  if (choice !== "ask") return choice;
  if (askExisting === undefined) throw fileExists(path);
  return askExisting(path);
}

function transferLimits(): TransferLimits {
  return {
    stallTimeoutMs: readSetting("network.stallTimeoutSeconds") * 1000,
    retryBudgetMs: readSetting("network.retryBudgetSeconds") * 1000,
    slowestBytesPerSecond: readSetting("network.slowestKibPerSecond") * 1024,
    parallelRanges: Math.trunc(readSetting("network.parallelRanges")),
  };
}
