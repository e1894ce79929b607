import type { ExportTask, TaskPage, Waiting } from "../../model/contract.ts";
import { isCancelled, throwIfCancelled } from "../../model/exportError.ts";
import { sortInSlices } from "../../model/slices.ts";

/** The known tasks of one account. */
export interface AccountTasksState {
  /** Newest first; tasks without a date last. */
  readonly tasks: readonly ExportTask[];
  readonly hasMore: boolean;
  readonly total?: number | undefined;
  readonly loading: boolean;
  /** Why the last attempt failed, until one succeeds. */
  readonly error?: unknown;
  /** A pause that the service asked for, while it lasts. */
  readonly waiting?: Waiting | undefined;
}

type FetchPage = (
  cursor: string | undefined,
  call: { signal: AbortSignal; onWaiting: (waiting: Waiting) => void },
) => Promise<TaskPage>;

/**
 * The tasks of one account that were loaded. Only one call runs at a time: a refresh cancels a running call and ignores
 * its result.
 */
export class AccountTasks {
  readonly #fetchPage: FetchPage;
  readonly #changed: () => void;
  #tasks = new Map<string, ExportTask>();
  /** Sorted once, in slices, because rows, lists and timers ask often. */
  #sorted: readonly ExportTask[] = [];
  #next: string | undefined;
  #total: number | undefined;
  #pages = 0;
  #error: unknown;
  #waiting: Waiting | undefined;
  #running: { controller: AbortController; done: Promise<void> } | undefined;

  constructor(fetchPage: FetchPage, changed: () => void) {
    this.#fetchPage = fetchPage;
    this.#changed = changed;
  }

  get state(): AccountTasksState {
    return {
      tasks: this.#sorted,
      hasMore: this.#next !== undefined,
      total: this.#total,
      loading: this.#running !== undefined,
      error: this.#error,
      waiting: this.#waiting,
    };
  }

  get wasAsked(): boolean {
    return this.#pages > 0 || this.#running !== undefined || this.#error !== undefined;
  }

  find(taskId: string): ExportTask | undefined {
    return this.#tasks.get(taskId);
  }

  /** Loads the same number of pages again. Failures are stored in the state, not thrown. */
  async refresh(): Promise<void> {
    await this.#only(async (call) => {
      const fresh = new Map<string, ExportTask>();
      const pages = Math.max(1, this.#pages);
      let page = await this.#fetchPage(undefined, call);
      keepNew(fresh, page);
      let fetched = 1;
      for (; fetched < pages && page.next !== undefined; fetched++) {
        page = await this.#fetchPage(page.next, call);
        keepNew(fresh, page);
      }
      await this.#accept(fresh, page, call.signal);
      this.#pages = fetched;
    });
  }

  /** Loads the next page, which may be the first, or joins a running call. */
  async loadMore(): Promise<void> {
    if (this.#running !== undefined) return this.#running.done;
    if (!this.wasAsked) return this.refresh();
    const cursor = this.#next;
    if (cursor === undefined) return;
    await this.#only(async (call) => {
      const page = await this.#fetchPage(cursor, call);
      const tasks = new Map(this.#tasks);
      keepNew(tasks, page);
      await this.#accept(tasks, page, call.signal);
      this.#pages++;
    });
  }

  stop(): void {
    this.#running?.controller.abort();
  }

  async #accept(tasks: Map<string, ExportTask>, page: TaskPage, signal: AbortSignal): Promise<void> {
    const sorted = await sortInSlices([...tasks.values()], newestFirst, signal);
    throwIfCancelled(signal);
    this.#tasks = tasks;
    this.#sorted = sorted;
    this.#next = page.next;
    this.#total = page.total;
    this.#error = undefined;
  }

  async #only(
    work: (call: { signal: AbortSignal; onWaiting: (waiting: Waiting) => void }) => Promise<void>,
  ): Promise<void> {
    this.stop();
    const controller = new AbortController();
    const onWaiting = (waiting: Waiting): void => {
      if (controller.signal.aborted) return;
      this.#waiting = waiting;
      this.#changed();
    };
    const running = {
      controller,
      done: this.#settle(controller.signal, work({ signal: controller.signal, onWaiting })),
    };
    this.#running = running;
    this.#changed();
    await running.done;
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#waiting = undefined;
    this.#changed();
  }

  async #settle(signal: AbortSignal, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!isCancelled(error) && !signal.aborted) this.#error = error;
    }
  }
}

/** By code unit, which is the order of ISO 8601 dates, and a hundred times faster than by language. */
function newestFirst({ createdAt: one = "" }: ExportTask, { createdAt: other = "" }: ExportTask): number {
  if (one === other) return 0;
  return one < other ? 1 : -1;
}

/** Adds the tasks of a page. If the list has moved meanwhile, a task can be in two pages; the later one counts. */
function keepNew(tasks: Map<string, ExportTask>, page: TaskPage): void {
  for (const task of page.tasks) tasks.set(task.id, task);
}
