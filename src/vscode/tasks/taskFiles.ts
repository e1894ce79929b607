import type { ResolvedFile } from "../../model/contract.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";

/** A task's file as the service names it, without its link. */
export type NamedFile = Pick<ResolvedFile, "index" | "name">;

/** The names of the tasks' files, asked for once a session: links end, names stay. */
export class TaskFiles {
  readonly #accounts: Pick<Accounts, "resolveDownload">;
  readonly #asked = new Set<string>();
  readonly #known = new Map<string, readonly NamedFile[]>();

  constructor(accounts: Pick<Accounts, "resolveDownload">) {
    this.#accounts = accounts;
  }

  /** @throws ExportError as the service answers */
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

  /** The names, if the service was asked for them before. */
  known(task: TaskKey): readonly NamedFile[] | undefined {
    return this.#known.get(taskKeyText(task));
  }

  /** Whether names that somebody wanted to see are not there, so that wanting them once more asks the service again. */
  wouldAskAgain(accountId: string, taskId: string): boolean {
    const key = keyOf(accountId, taskId);
    return this.#asked.has(key) && !this.#known.has(key);
  }
}

const keyOf = (accountId: string, taskId: string): string => taskKeyText({ accountId, taskId });
