import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import type * as vscode from "vscode";
import type { DownloadedFile } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { mapInSlices, sortInSlices } from "../../model/slices.ts";
import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import { Emitter, type Subscription } from "../emitter.ts";
import type { WholeRequest } from "./download.ts";
import type { Downloads } from "./downloads.ts";
import { lacksTask, originSchema, type TaskOrigin, type TaskOrigins } from "./taskOrigins.ts";

const recordSchema = v.object({
  uri: v.pipe(v.string(), v.check(isFileUri)),
  index: v.number(),
  name: v.string(),
  bytes: v.pipe(v.number(), v.minValue(0)),
  sha256: v.string(),
  verified: v.picklist(["checksum", "length", "unverified"]),
  /** The file existed before and was kept, so it is not ours. */
  skipped: v.exactOptional(v.boolean()),
  at: v.string(),
  /** Earlier versions kept neither of these. */
  requests: v.exactOptional(v.number()),
  resumed: v.exactOptional(v.number()),
  origin: v.exactOptional(originSchema),
});

/** A downloaded file: which file of its task it is, where it is, and how it was verified. */
export type DownloadedRecord = v.InferOutput<typeof recordSchema>;

/** A record with its task. */
export interface DownloadedExport extends DownloadedRecord {
  accountId: string;
  taskId: string;
}

const requestSchema = v.object({
  folder: v.string(),
  files: v.exactOptional(v.array(v.number())),
  fileName: v.exactOptional(v.string()),
  fileExists: v.exactOptional(v.picklist(["ask", "overwrite", "keepBoth", "skip"])),
});

/** Earlier versions stored only the folder. */
const requestsSchema = v.union([
  v.array(requestSchema),
  v.pipe(
    v.string(),
    v.transform((folder) => [{ folder }]),
  ),
]);

type KeptRequest = v.InferOutput<typeof requestSchema>;

const downloadedPrefix = "downloaded:";
const unfinishedPrefix = "unfinished:";

/**
 * Remembers downloaded files and incomplete downloads, with one key per task. Stores names, sizes, paths and the names
 * of tasks and accounts, but never a URL.
 */
export class DownloadHistory {
  readonly #state: vscode.Memento;
  /** The records in a stored value, which is never changed but replaced. */
  readonly #checked = new WeakMap<object, readonly DownloadedExport[]>();
  readonly #changed = new Emitter<TaskKey>();
  /** The files of a task changed. */
  readonly onDidChange = this.#changed.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Records each file when it is complete, and requests that are not complete. */
  follow(downloads: Pick<Downloads, "listen">, origins?: Pick<TaskOrigins, "known" | "asked">): Subscription {
    return downloads.listen(({ download, event }) => {
      const { request } = download;
      if (event.kind === "started") this.#keepRequests(request, (kept) => [...without(kept, request), pick(request)]);
      if (event.kind === "replaced") this.#keepRequests(request, (kept) => without(kept, request));
      if (event.kind === "arrived") this.add(request, event.file, origins?.known(request));
      if (event.kind === "stopped" && !event.hasLeftovers) {
        // While the folder contains a part or a note, it is searched at the next start.
        this.#keepRequests(request, (kept) => kept.filter(({ folder }) => folder !== request.folder));
      }
      // Not while bytes arrive, because it can wait.
      if (event.kind === "stopped" && origins !== undefined) void this.#completeOrigins(request, origins);
    });
  }

  /** A task that was named by its ID is on no loaded page, so its service is asked what it is. */
  async #completeOrigins({ accountId, taskId }: TaskKey, origins: Pick<TaskOrigins, "asked">): Promise<void> {
    const isIncomplete = ({ origin }: DownloadedRecord): boolean => lacksTask(origin);
    if (!this.ofTask(accountId, taskId).some(isIncomplete)) return;
    const origin = await origins.asked({ accountId, taskId });
    if (origin === undefined || !this.ofTask(accountId, taskId).some(isIncomplete)) return;
    this.#keep({ accountId, taskId }, (kept) => kept.map((each) => (isIncomplete(each) ? { ...each, origin } : each)));
  }

  /** The downloaded files of a task, in order. If there are several copies of a file, the newest is last. */
  ofTask(accountId: string, taskId: string): DownloadedExport[] {
    const stored: unknown = this.#state.get(downloadedPrefix + taskKeyText({ accountId, taskId }));
    return [...this.#recordsIn(stored, { accountId, taskId })];
  }

  /** A stored value is checked and sorted once: a task with thousands of files is read again for each of them. */
  #recordsIn(stored: unknown, task: TaskKey): readonly DownloadedExport[] {
    if (typeof stored !== "object" || stored === null) return [];
    const known = this.#checked.get(stored);
    if (known !== undefined) return known;
    const records = sorted(Array.isArray(stored) ? stored.flatMap(recordIn) : [], task);
    this.#checked.set(stored, records);
    return records;
  }

  /** Everything downloaded, newest first. */
  all(): DownloadedExport[] {
    return this.#tasksWith(downloadedPrefix)
      .flatMap(({ accountId, taskId }) => this.ofTask(accountId, taskId))
      .sort(newestFirst);
  }

  /** The same in slices, for those who can wait. @throws ExportError `cancelled` */
  async allInSlices(signal: AbortSignal): Promise<DownloadedExport[]> {
    const tasks = this.#tasksWith(downloadedPrefix);
    const records = await mapInSlices(tasks, ({ accountId, taskId }) => this.ofTask(accountId, taskId), signal);
    return sortInSlices(records.flat(), newestFirst, signal);
  }

  find(uri: vscode.Uri): DownloadedExport | undefined {
    // The two kinds of URI encode some characters differently, such as the brackets of "orders (2).csv".
    return this.all().find((record) => isSamePath(fileURLToPath(record.uri), uri.fsPath));
  }

  /** Records a file. A copy that was downloaded earlier and still exists stays in the list. */
  add({ accountId, taskId }: TaskKey, file: DownloadedFile, origin?: TaskOrigin): void {
    const added = v.parse(recordSchema, {
      ...file,
      skipped: file.skipped ?? false,
      at: new Date().toISOString(),
      ...defined({ origin }),
    });
    // The kept file may be the one of an earlier download.
    if (added.skipped === true && this.ofTask(accountId, taskId).some((record) => isSameFile(record, added))) return;
    const stays = (record: DownloadedRecord): boolean =>
      record.uri !== added.uri && (record.index !== added.index || existsSync(fileURLToPath(record.uri)));
    this.#keep({ accountId, taskId }, (kept) => [...kept.filter(stays), added]);
  }

  remove({ accountId, taskId, uri }: DownloadedExport): void {
    this.#keep({ accountId, taskId }, (kept) => kept.filter((record) => record.uri !== uri));
  }

  /** The requests of downloads that have not completed. */
  unfinishedRequests(): WholeRequest[] {
    return this.#tasksWith(unfinishedPrefix).flatMap((task) =>
      this.#requestsOf(task).map((request) => ({ ...request, ...task })),
    );
  }

  #tasksWith(prefix: string): TaskKey[] {
    return this.#state.keys().flatMap((key) => {
      if (!key.startsWith(prefix)) return [];
      const [, accountId, taskId] = /^([^/]+)\/(.+)$/s.exec(key.slice(prefix.length)) ?? [];
      return accountId === undefined || taskId === undefined ? [] : [{ accountId, taskId }];
    });
  }

  #requestsOf(task: TaskKey): KeptRequest[] {
    const kept = v.safeParse(requestsSchema, this.#state.get(unfinishedPrefix + taskKeyText(task)));
    return kept.success ? kept.output : [];
  }

  #keepRequests(task: TaskKey, change: (kept: KeptRequest[]) => KeptRequest[]): void {
    this.#update(unfinishedPrefix + taskKeyText(task), change(this.#requestsOf(task)));
  }

  #keep({ accountId, taskId }: TaskKey, change: (kept: DownloadedRecord[]) => DownloadedRecord[]): void {
    const changed = change(this.ofTask(accountId, taskId));
    this.#checked.set(changed, sorted(changed, { accountId, taskId }));
    this.#update(downloadedPrefix + taskKeyText({ accountId, taskId }), changed);
    this.#changed.fire({ accountId, taskId });
  }

  /** VS Code returns the new value at once, so there is no need to wait until it is on the disk. */
  #update(key: string, values: readonly object[]): void {
    void this.#state.update(key, values.length === 0 ? undefined : values);
  }
}

/** By code units, which is the order of ISO dates and takes a hundredth of the time of the language's order. */
function newestFirst(one: DownloadedRecord, other: DownloadedRecord): number {
  if (one.at === other.at) return 0;
  return one.at < other.at ? 1 : -1;
}

/** Nothing for what is damaged, which must not hide the other files of the task. */
function recordIn(stored: unknown): DownloadedRecord[] {
  const parsed = v.safeParse(recordSchema, stored);
  return parsed.success ? [parsed.output] : [];
}

/** Whether Node and VS Code can make a path of a URI. Otherwise they throw, wherever the record is used. */
function isFileUri(uri: string): boolean {
  try {
    const path = fileURLToPath(uri);
    return !path.includes("\0") && !new URL(uri).pathname.startsWith("//") && dirname(path) !== path;
  } catch {
    return false;
  }
}

function isSamePath(one: string, other: string): boolean {
  return one === other || (process.platform === "win32" && one.toLowerCase() === other.toLowerCase());
}

function isSameFile(one: DownloadedRecord, other: DownloadedRecord): boolean {
  return one.uri === other.uri && one.index === other.index && one.sha256 === other.sha256;
}

function sorted(records: readonly DownloadedRecord[], { accountId, taskId }: TaskKey): DownloadedExport[] {
  return records
    .map((record) => ({ ...record, accountId, taskId }))
    .sort((one, other) => one.index - other.index || newestFirst(other, one));
}

function pick({ folder, files, fileName, fileExists }: WholeRequest): KeptRequest {
  return { folder, ...defined({ files, fileName, fileExists }) };
}

function without(kept: readonly KeptRequest[], request: WholeRequest): KeptRequest[] {
  const same = (one: KeptRequest): boolean =>
    one.folder === request.folder && one.files?.join() === request.files?.join() && one.fileName === request.fileName;
  return kept.filter((each) => !same(each));
}
