import type { ResolvedFile } from "../../model/contract.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";

/** A file of a task with the service's name, without its URL. */
export type NamedFile = Pick<ResolvedFile, "index" | "name">;

/** The names of the files of tasks. Requested once per session, because URLs expire but names stay the same. */
export class TaskFiles {
  readonly #accounts: Pick<Accounts, "resolveDownload">;
  readonly #asked = new Set<string>();
  readonly #known = new Map<string, readonly NamedFile[]>();

  constructor(accounts: Pick<Accounts, "resolveDownload">) {
    this.#accounts = accounts;
  }

  /** @throws ExportError errors of the service */
  async names(accountId: string, taskId: string, signal: AbortSignal): Promise<readonly NamedFile[]> {
    const key = keyOf(accountId, taskId);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#asked.add(key);
    const files = await this.#accounts.resolveDownload(accountId, taskId, { signal });
    const names = files.map(({ index, name }) => ({ index, name }));
    this.#known.set(key, names);
    return names;
  }

  /** The names, if they were requested before. */
  known(task: TaskKey): readonly NamedFile[] | undefined {
    return this.#known.get(taskKeyText(task));
  }

  /** Whether requesting the names failed, so that asking for them again sends another request. */
  wouldAskAgain(accountId: string, taskId: string): boolean {
    const key = keyOf(accountId, taskId);
    return this.#asked.has(key) && !this.#known.has(key);
  }
}

const keyOf = (accountId: string, taskId: string): string => taskKeyText({ accountId, taskId });
