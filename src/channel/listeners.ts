import type { Disposable } from "./port.ts";

/** Functions to call each time something happens. */
export class Listeners<Value> {
  readonly #all = new Set<(value: Value) => void>();

  add(listener: (value: Value) => void): Disposable {
    // A new function each time, so that a listener added twice is called twice.
    const added = (value: Value): void => listener(value);
    this.#all.add(added);
    return { dispose: () => void this.#all.delete(added) };
  }

  tell(value: Value): void {
    for (const listener of [...this.#all]) listener(value);
  }
}
