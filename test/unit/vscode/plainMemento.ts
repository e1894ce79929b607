import type { Memento } from "vscode";

/** VS Code's store of an extension's state: what is kept comes back as plain data. */
export class PlainMemento implements Memento {
  readonly #values = new Map<string, string>();
  writes = 0;

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string, fallback?: T): T {
    const text = this.#values.get(key);
    return text === undefined ? (fallback as T) : (JSON.parse(text) as T);
  }

  update(key: string, value: unknown): Promise<void> {
    this.writes += 1;
    this.#values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}
