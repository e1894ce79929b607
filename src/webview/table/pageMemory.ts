import { isFields } from "./fields.ts";

/** What VS Code keeps for a page. */
export interface PageState {
  getState(): unknown;
  setState(state: Readonly<Record<string, unknown>>): unknown;
}

/** What is remembered, each by the part that knows its form. */
export type Remembered = "find" | "detail";

/** Remembers how the page is used: VS Code throws it away when its tab is hidden, and builds it anew. */
export class PageMemory {
  readonly #state: PageState;
  #remembered: Readonly<Record<string, unknown>>;

  constructor(state: PageState) {
    this.#state = state;
    const kept = state.getState();
    this.#remembered = isFields(kept) ? kept : {};
  }

  get(name: Remembered): unknown {
    return this.#remembered[name];
  }

  set(name: Remembered, value: object): void {
    this.#remembered = { ...this.#remembered, [name]: value };
    this.#state.setState(this.#remembered);
  }
}
