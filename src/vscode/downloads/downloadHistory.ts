import * as v from "valibot";
import * as vscode from "vscode";
import type { DownloadResult } from "../../model/contract.ts";
import { Owner } from "../disposables.ts";
import { taskKeyText } from "../../model/taskKey.ts";

const recordSchema = v.object({
  uri: v.string(),
  index: v.number(),
  name: v.string(),
  bytes: v.number(),
  sha256: v.string(),
  verified: v.picklist(["checksum", "length", "unverified"]),
  at: v.string(),
});

/** A file that was downloaded: which part of its task, where it lies and what was checked. */
export type DownloadedRecord = v.InferOutput<typeof recordSchema>;

/** A record together with the task it came from. */
export interface DownloadedExport extends DownloadedRecord {
  accountId: string;
  taskId: string;
}

const taskKey = (accountId: string, taskId: string): string => `downloaded:${taskKeyText({ accountId, taskId })}`;

const unfinishedPrefix = "unfinished:";
const unfinishedKey = (accountId: string, taskId: string): string =>
  `${unfinishedPrefix}${taskKeyText({ accountId, taskId })}`;

/** Remembers what was downloaded, one key a task. Holds names, sizes and places; never a link. */
export class DownloadHistory extends Owner {
  readonly #state: vscode.Memento;
  readonly #changed = this.own(new vscode.EventEmitter<undefined>());
  readonly onDidChange: vscode.Event<undefined> = this.#changed.event;

  constructor(state: vscode.Memento) {
    super();
    this.#state = state;
  }

  /** What was downloaded of a task, in the order of its files. */
  ofTask(accountId: string, taskId: string): DownloadedExport[] {
    const records = v.safeParse(v.array(recordSchema), this.#state.get(taskKey(accountId, taskId)));
    if (!records.success) return [];
    return records.output.map((record) => ({ ...record, accountId, taskId })).sort((a, b) => a.index - b.index);
  }

  /** Everything downloaded, newest first. */
  all(): DownloadedExport[] {
    return this.#state
      .keys()
      .flatMap((key) => {
        const [, accountId, taskId] = /^downloaded:([^/]+)\/(.+)$/.exec(key) ?? [];
        return accountId === undefined || taskId === undefined ? [] : this.ofTask(accountId, taskId);
      })
      .sort((a, b) => b.at.localeCompare(a.at));
  }

  find(uri: vscode.Uri): DownloadedExport | undefined {
    return this.all().find((record) => record.uri === uri.toString());
  }

  async add({ accountId, taskId, files }: DownloadResult): Promise<void> {
    const at = new Date().toISOString();
    const added = files.map((file) => v.parse(recordSchema, { ...file, at }));
    await this.#keep(accountId, taskId, (kept) => [
      ...kept.filter(({ index }) => added.every((record) => record.index !== index)),
      ...added,
    ]);
  }

  /** Notes that a download into a folder has begun, so that the next start looks there if it never ends. */
  async begin(accountId: string, taskId: string, folder: string): Promise<void> {
    await this.#state.update(unfinishedKey(accountId, taskId), folder);
  }

  /** Notes that nothing is left of a download to go on with. */
  async end(accountId: string, taskId: string): Promise<void> {
    await this.#state.update(unfinishedKey(accountId, taskId), undefined);
  }

  /** The folders in which unfinished downloads may lie. */
  unfinishedFolders(): string[] {
    const folders = this.#state
      .keys()
      .filter((key) => key.startsWith(unfinishedPrefix))
      .map((key) => v.safeParse(v.string(), this.#state.get(key)));
    return [...new Set(folders.flatMap((folder) => (folder.success ? [folder.output] : [])))];
  }

  async remove({ accountId, taskId, uri }: DownloadedExport): Promise<void> {
    await this.#keep(accountId, taskId, (kept) => kept.filter((record) => record.uri !== uri));
  }

  async #keep(
    accountId: string,
    taskId: string,
    change: (kept: DownloadedRecord[]) => DownloadedRecord[],
  ): Promise<void> {
    const kept = change(this.ofTask(accountId, taskId));
    await this.#state.update(taskKey(accountId, taskId), kept.length === 0 ? undefined : kept);
    this.#changed.fire(undefined);
  }
}
