/** Does something at the first request for it, and then at most every `ms`. The last request always counts. */
export class Throttled {
  readonly #ms: number;
  readonly #act: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAskedAgain = false;

  constructor(ms: number, act: () => void) {
    this.#ms = ms;
    this.#act = act;
  }

  ask(): void {
    if (this.#timer !== undefined) {
      this.#isAskedAgain = true;
      return;
    }
    this.#timer = setTimeout(() => this.#rested(), this.#ms);
    this.#act();
  }

  #rested(): void {
    this.#timer = undefined;
    if (!this.#isAskedAgain) return;
    this.#isAskedAgain = false;
    this.ask();
  }
}
