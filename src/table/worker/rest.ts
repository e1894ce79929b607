/** A pause of background work that others can extend or end. */
export class Rest {
  #until = -Infinity;
  #wake: () => void = () => undefined;

  /** Starts a pause. A pause that lasts longer stays. */
  begin(ms: number): void {
    this.#until = Math.max(this.#until, performance.now() + ms);
  }

  end(): void {
    this.#until = -Infinity;
    this.#wake();
  }

  /** Resolves when the pause is over, or at once if there is none. */
  async over(): Promise<void> {
    for (let left = this.#left(); left > 0; left = this.#left()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  #left(): number {
    return this.#until - performance.now();
  }
}
