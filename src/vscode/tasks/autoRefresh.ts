import { Owner } from "../disposables.ts";
import { readSetting } from "../settings.ts";
import { refreshPauseMs } from "./refreshPause.ts";
import type { TaskLists } from "./taskLists.ts";

/**
 * Reloads tasks while one of them is waiting or running and the view is visible. After a failure, the interval doubles,
 * up to ten minutes, until a call succeeds.
 */
export class AutoRefresh extends Owner {
  readonly #tasks: TaskLists;
  readonly #isVisible: () => boolean;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;

  constructor(tasks: TaskLists, isVisible: () => boolean) {
    super();
    this.#tasks = tasks;
    this.#isVisible = isVisible;
    this.own(tasks.onDidChange(() => this.plan()));
    this.own({
      dispose: () => this.#cancel(),
    });
  }

  /** Starts or stops the timer according to the current state. Call it when the visibility of the view changes. */
  plan(): void {
    const seconds = readSetting("autoRefreshSeconds");
    const isDue = seconds > 0 && this.#isVisible() && this.#tasks.hasActiveTasks();
    if (!isDue) this.#cancel();
    else
      this.#timer ??= setTimeout(
        () => {
          void this.#refresh();
        },
        refreshPauseMs(seconds, this.#failures),
      );
  }

  async #refresh(): Promise<void> {
    await this.#tasks.refresh();
    this.#failures = this.#tasks.hasErrors() ? this.#failures + 1 : 0;
    this.#cancel();
    this.plan();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
