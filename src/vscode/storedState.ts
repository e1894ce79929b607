import type { Memento } from "vscode";

/** How often a value is written that VS Code has lost. Each time, another change would have to come in between. */
const mostWrites = 10;

/**
 * VS Code's stored state, without losing changes that follow each other quickly. Each change comes back from VS Code's
 * main process as a copy of the whole state. If another value was changed meanwhile, that copy is older and replaces it.
 * So a value is kept here until it is stored, and written again if it was replaced.
 */
export class StoredState implements Memento {
  readonly #state: Memento;
  readonly #pending = new Map<string, { readonly value: unknown }>();

  constructor(state: Memento) {
    this.#state = state;
  }

  keys(): readonly string[] {
    const keys = new Set(this.#state.keys());
    for (const [key, { value }] of this.#pending) {
      if (value === undefined) keys.delete(key);
      else keys.add(key);
    }
    return [...keys];
  }

  /** As with VS Code's own, the caller says which type the value has. */
  get<T>(key: string, fallback?: T): T {
    const pending = this.#pending.get(key);
    return (pending === undefined ? this.#state.get(key, fallback) : (pending.value ?? fallback)) as T;
  }

  async update(key: string, value: unknown): Promise<void> {
    const change = { value };
    this.#pending.set(key, change);
    try {
      for (let writes = 0; writes < mostWrites; writes++) {
        await this.#state.update(key, value);
        // A later change of the same value writes it itself.
        if (this.#pending.get(key) !== change || isStoredAs(value, this.#state.get(key))) return;
      }
    } finally {
      if (this.#pending.get(key) === change) this.#pending.delete(key);
    }
  }
}

/** Values are stored as JSON, which leaves out fields without a value. */
function isStoredAs(value: unknown, stored: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(stored);
}
