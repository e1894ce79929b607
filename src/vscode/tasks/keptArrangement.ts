import * as v from "valibot";
import type { Memento } from "vscode";
import { Emitter } from "../emitter.ts";
import { type TaskArrangement, taskGroupings, taskOrders, usualArrangement } from "./arrangeTasks.ts";

const memoryKey = "taskArrangement";

const arrangementSchema = v.object({ order: v.picklist(taskOrders), grouping: v.picklist(taskGroupings) });

/** How the person wants the tasks sorted and grouped. Kept when the window is closed. */
export class KeptArrangement {
  readonly #state: Memento;
  readonly #changed = new Emitter<TaskArrangement>();
  readonly onDidChange = this.#changed.event;
  #current: TaskArrangement;

  constructor(state: Memento) {
    this.#state = state;
    const kept = v.safeParse(arrangementSchema, state.get(memoryKey));
    this.#current = kept.success ? kept.output : usualArrangement;
  }

  get current(): TaskArrangement {
    return this.#current;
  }

  change(change: Partial<TaskArrangement>): void {
    this.#current = { ...this.#current, ...change };
    void this.#state.update(memoryKey, this.#current);
    this.#changed.fire(this.#current);
  }
}
