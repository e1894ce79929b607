import type { Answer } from "./http/answer.ts";
import type { LinkKind } from "./taskFiles.ts";

/** The response to one request for a task's download URLs: a kind of URL, or another response. */
export type DownloadStep = LinkKind | (() => Answer);

/** Goes through the steps of each task, one per request, and starts again after the last one. */
export class StepCounter {
  readonly #asked = new Map<string, number>();

  next(taskId: string, steps: readonly DownloadStep[]): DownloadStep {
    const asked = this.#asked.get(taskId) ?? 0;
    this.#asked.set(taskId, asked + 1);
    return steps[asked % steps.length] ?? "link";
  }
}
