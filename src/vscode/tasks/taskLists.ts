import * as vscode from "vscode";
import type { ExportTask } from "../../model/contract.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { Owner } from "../disposables.ts";
import { readSetting } from "../settings.ts";
import { AccountTasks, type AccountTasksState } from "./accountTasks.ts";
import { reloadWithServices } from "./serviceChanges.ts";
import { noFilter, type TaskFilter } from "./taskFilter.ts";
import { defined } from "../../model/defined.ts";

/** The tasks of all accounts, and their filter. */
export class TaskLists extends Owner {
  readonly #accounts: Accounts;
  readonly #lists = new Map<string, AccountTasks>();
  readonly #changed = this.own(new vscode.EventEmitter<string | undefined>());
  /** Fires with the account whose tasks changed, or undefined if all may have changed. */
  readonly onDidChange: vscode.Event<string | undefined> = this.#changed.event;
  #filter: TaskFilter = noFilter;

  constructor(accounts: Accounts) {
    super();
    this.#accounts = accounts;
    this.own(
      accounts.store.onDidChange((accountId) => {
        this.#forget(accountId);
        this.#changed.fire(undefined);
      }),
    );
    this.own(accounts.store.onDidRename(() => this.#changed.fire(undefined)));
    this.own(
      reloadWithServices(
        accounts,
        (accountId) => this.#lists.get(accountId),
        () => this.#changed.fire(undefined),
      ),
    );
  }

  get filter(): TaskFilter {
    return this.#filter;
  }

  set filter(filter: TaskFilter) {
    this.#filter = filter;
    this.#changed.fire(undefined);
  }

  /** The current state. The first call loads the tasks. */
  state(accountId: string): AccountTasksState {
    const list = this.#list(accountId);
    if (!list.wasAsked) void list.refresh();
    return list.state;
  }

  /** The current state, without loading the tasks. */
  known(accountId: string): AccountTasksState {
    return this.#list(accountId).state;
  }

  find(accountId: string, taskId: string): ExportTask | undefined {
    return this.#lists.get(accountId)?.find(taskId);
  }

  /** Loads the tasks of one account or of all accounts again. Failures are shown in the tree below the account. */
  async refresh(accountId?: string): Promise<void> {
    const ids = accountId === undefined ? this.#accounts.store.list().map(({ id }) => id) : [accountId];
    await Promise.all(ids.map((id) => this.#list(id).refresh()));
  }

  async loadMore(accountId: string): Promise<void> {
    await this.#list(accountId).loadMore();
  }

  /** Whether any task is waiting or running. Only then can a refresh show a new status. */
  hasActiveTasks(): boolean {
    return [...this.#lists.values()].some((list) =>
      list.state.tasks.some(({ state }) => state === "waiting" || state === "running"),
    );
  }

  hasErrors(): boolean {
    return [...this.#lists.values()].some((list) => list.state.error !== undefined);
  }

  override dispose(): void {
    for (const accountId of this.#lists.keys()) this.#forget(accountId);
    super.dispose();
  }

  #forget(accountId: string): void {
    this.#lists.get(accountId)?.stop();
    this.#lists.delete(accountId);
  }

  #list(accountId: string): AccountTasks {
    const known = this.#lists.get(accountId);
    if (known !== undefined) return known;
    const list = new AccountTasks(
      (cursor, call) => {
        const page = { pageSize: readSetting("pageSize"), ...defined({ cursor }) };
        return this.#accounts.listTasks(accountId, page, call);
      },
      () => this.#changed.fire(accountId),
    );
    this.#lists.set(accountId, list);
    return list;
  }
}
