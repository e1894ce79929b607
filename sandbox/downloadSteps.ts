import type { Answer } from "./http/answer.ts";
import type { LinkKind } from "./taskFiles.ts";

/** What one ask for a task's links gets: a kind of link, or an answer instead of links. */
export type DownloadStep = LinkKind | (() => Answer);

/** Goes through each task's steps, ask by ask, and begins again after the last. */
export class StepCounter {
  readonly #asked = new Map<string, number>();

  next(taskId: string, steps: readonly DownloadStep[]): DownloadStep {
    const asked = this.#asked.get(taskId) ?? 0;
    this.#asked.set(taskId, asked + 1);
    return steps[asked % steps.length] ?? "link";
  }
}
