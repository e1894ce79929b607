/** Stops listening. */
export interface Subscription {
  dispose(): void;
}

/** An event with VS Code's signature and without VS Code's class, so that its owner runs in a plain Node test. */
export class Emitter<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  readonly event = (listener: (event: Event) => void): Subscription => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(event: Event): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
