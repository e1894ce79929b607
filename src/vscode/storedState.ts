import type { Memento } from "vscode";

interface Change {
  /** Undefined removes the value. */
  readonly value: unknown;
}

/**
 * VS Code's stored state, without losing changes that follow each other quickly. VS Code writes the whole state at once,
 * and what it wrote comes back and replaces the state in memory. A change that was made in the meantime is gone then, and
 * the next write stores that. So there is only one write at a time here, and later changes wait for it.
 */
export class StoredState implements Memento {
  readonly #state: Memento;
  /** Changes that are not stored yet, by key. */
  readonly #changes = new Map<string, Change>();
  #write: Promise<void> | undefined;

  constructor(state: Memento) {
    this.#state = state;
  }

  keys(): readonly string[] {
    const keys = new Set(this.#state.keys());
    for (const [key, { value }] of this.#changes) {
      if (value === undefined) keys.delete(key);
      else keys.add(key);
    }
    return [...keys];
  }

  /** As with VS Code's own, the caller says which type the value has. */
  get<T>(key: string, fallback?: T): T {
    const change = this.#changes.get(key);
    return (change === undefined ? this.#state.get(key, fallback) : (change.value ?? fallback)) as T;
  }

  /** Resolves when the value is stored, or replaced by a later change. */
  async update(key: string, value: unknown): Promise<void> {
    const change: Change = { value };
    this.#changes.set(key, change);
    while (this.#changes.get(key) === change) {
      this.#write ??= this.#writeAll().finally(() => (this.#write = undefined));
      await this.#write;
    }
  }

  /** VS Code writes changes together if they are made at the same time. */
  async #writeAll(): Promise<void> {
    const changes = [...this.#changes];
    try {
      await Promise.all(changes.map(([key, { value }]) => this.#state.update(key, value)));
    } finally {
      for (const [key, change] of changes) if (this.#changes.get(key) === change) this.#changes.delete(key);
    }
  }
}
