import { cancelled } from "../../model/exportError.ts";

/** `undefined` for a step, or why the work failed. */
type Outcome = { readonly failure: unknown } | undefined;

/** Callers that wait for the next step of some work. Each is answered: with a step, a failure, or a cancellation. */
export class Waiters {
  readonly #waiting = new Set<(outcome: Outcome) => void>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Resolves at the next step. @throws ExportError `cancelled`, or why the work failed */
  async next(signal: AbortSignal): Promise<void> {
    const outcome = await new Promise<Outcome>((resolve) => {
      const abort = (): void => answer({ failure: cancelled() });
      const answer = (given: Outcome): void => {
        signal.removeEventListener("abort", abort);
        this.#waiting.delete(answer);
        resolve(given);
      };
      this.#waiting.add(answer);
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort);
    });
    if (outcome !== undefined) throw outcome.failure;
  }

  stepped(): void {
    this.#answer(undefined);
  }

  failed(failure: unknown): void {
    this.#answer({ failure });
  }

  #answer(outcome: Outcome): void {
    for (const answer of [...this.#waiting]) answer(outcome);
  }
}
