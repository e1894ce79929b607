import { isFields } from "./fields.ts";

/** The state that VS Code keeps for a page. */
export interface PageState {
  getState(): unknown;
  setState(state: Readonly<Record<string, unknown>>): unknown;
}

/** The names of what is remembered. Each belongs to one part of the page, which knows its form. */
export type Remembered = "find" | "detail";

/** Remembers how the page is used, because VS Code discards it when its tab is hidden and creates it again. */
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
