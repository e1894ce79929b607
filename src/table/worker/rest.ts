/** A pause of work that nobody waits for, which others may prolong or end. */
export class Rest {
  #until = -Infinity;
  #wake: () => void = () => undefined;

  /** From now on; a longer one that was begun already stays. */
  begin(ms: number): void {
    this.#until = Math.max(this.#until, performance.now() + ms);
  }

  end(): void {
    this.#until = -Infinity;
    this.#wake();
  }

  /** Resolves when no rest is left, at once where there is none. */
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
