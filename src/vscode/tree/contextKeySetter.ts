import type { ContextKey } from "../ids.ts";

/**
 * Sets VS Code's context keys, each only when its value changes. VS Code evaluates every menu again when a key is set,
 * and a download reports its progress many times a second.
 */
export class ContextKeySetter {
  readonly #set: (key: ContextKey, value: boolean) => void;
  readonly #values = new Map<ContextKey, boolean>();

  constructor(set: (key: ContextKey, value: boolean) => void) {
    this.#set = set;
  }

  set(key: ContextKey, value: boolean): void {
    if (this.#values.get(key) === value) return;
    this.#values.set(key, value);
    this.#set(key, value);
  }
}
