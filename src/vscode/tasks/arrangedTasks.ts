import type { ExportTask } from "../../model/contract.ts";
import { isCancelled } from "../../model/exportError.ts";
import { filterInSlices } from "../../model/slices.ts";
import { arrangeTasks, type TaskArrangement, type TaskGroup } from "./arrangeTasks.ts";
import { isFiltering, passing, type TaskFilter } from "./taskFilter.ts";

/** What decides which tasks of an account are shown, and how. Compared by identity: nothing of it ever changes. */
export interface ArrangementInput {
  /** Newest first. */
  readonly tasks: readonly ExportTask[];
  readonly filter: TaskFilter;
  readonly arrangement: TaskArrangement;
}

/** The tasks of an account that pass the filter, in order and in groups. */
export interface Arranged {
  readonly groups: readonly TaskGroup[];
  /** How many tasks pass the filter. */
  readonly count: number;
}

interface Work {
  readonly input: ArrangementInput;
  readonly controller: AbortController;
  /** Undefined if other work has taken its place. */
  readonly result: Promise<Arranged | undefined>;
}

const nothing: Arranged = { groups: [], count: 0 };

/**
 * Filters, sorts and groups the tasks of each account, in slices, and keeps the result until something changes. Work
 * that is out of date is stopped, and who waits for it gets the newer result.
 */
export class ArrangedTasks {
  readonly #inputOf: (accountId: string) => ArrangementInput;
  readonly #nameOf: (task: ExportTask) => string;
  readonly #works = new Map<string, Work>();
  #isStopped = false;

  constructor(inputOf: (accountId: string) => ArrangementInput, nameOf: (task: ExportTask) => string) {
    this.#inputOf = inputOf;
    this.#nameOf = nameOf;
  }

  async of(accountId: string): Promise<Arranged> {
    while (!this.#isStopped) {
      const result = await this.#work(accountId).result;
      if (result !== undefined) return result;
    }
    return nothing;
  }

  /** Stops all work. From now on, nothing is shown. */
  dispose(): void {
    this.#isStopped = true;
    for (const { controller } of this.#works.values()) controller.abort();
    this.#works.clear();
  }

  #work(accountId: string): Work {
    const input = this.#inputOf(accountId);
    const running = this.#works.get(accountId);
    if (running !== undefined && isSame(running.input, input)) return running;
    running?.controller.abort();
    const controller = new AbortController();
    const work = { input, controller, result: this.#arrange(input, controller.signal) };
    this.#works.set(accountId, work);
    return work;
  }

  async #arrange({ tasks, filter, arrangement }: ArrangementInput, signal: AbortSignal): Promise<Arranged | undefined> {
    try {
      const shown = isFiltering(filter) ? await filterInSlices(tasks, passing(filter), signal) : tasks;
      return { groups: await arrangeTasks(shown, arrangement, this.#nameOf, signal), count: shown.length };
    } catch (error) {
      if (isCancelled(error)) return undefined;
      throw error;
    }
  }
}

function isSame(one: ArrangementInput, other: ArrangementInput): boolean {
  return one.tasks === other.tasks && one.filter === other.filter && one.arrangement === other.arrangement;
}
