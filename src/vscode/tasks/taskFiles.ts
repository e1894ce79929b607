import type { ResolvedFile } from "../../model/contract.ts";
import type { Accounts } from "../accounts/accounts.ts";

/** A task's file as the service names it, without its link. */
export type NamedFile = Pick<ResolvedFile, "index" | "name">;

/** The names of the tasks' files, asked for once a session: links end, names stay. */
export class TaskFiles {
  readonly #accounts: Accounts;
  readonly #known = new Map<string, readonly NamedFile[]>();

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** @throws ExportError as the service answers */
  async names(accountId: string, taskId: string, signal: AbortSignal): Promise<readonly NamedFile[]> {
    const key = `${accountId}/${taskId}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const files = await this.#accounts.resolveDownload(accountId, taskId, { signal });
    const names = files.map(({ index, name }) => ({ index, name }));
    this.#known.set(key, names);
    return names;
  }
}
