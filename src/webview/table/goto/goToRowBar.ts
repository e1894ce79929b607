import { t } from "@vscode/l10n";
import { button, element, setText } from "../element.ts";
import { rowNumber } from "../../../table/view/rowIdentity.ts";
import type { GridState } from "../state/gridState.ts";
import { icon } from "../icons.ts";
import { numberInWords } from "../wording.ts";
import { parseRowNumber } from "./rowNumber.ts";

/** Asks for a row's number and goes there. */
export class GoToRowBar {
  readonly element: HTMLElement;
  readonly #state: GridState;
  readonly #onClosed: () => void;
  readonly #label = element("label", { for: "row-number" });
  readonly #input = element("input", {
    type: "text",
    id: "row-number",
    class: "row-input",
    inputmode: "numeric",
    autocomplete: "off",
    "aria-describedby": "row-message",
  });
  readonly #message = element("div", { class: "bar-message", id: "row-message", role: "status" });
  /** The request for the row's position, which is answered when the rows before it are counted. */
  #asking = new AbortController();

  constructor(state: GridState, onClosed: () => void) {
    this.#state = state;
    this.#onClosed = onClosed;
    const label = t("Close (Escape)");
    const close = button({ class: "icon-button", "aria-label": label, title: label }, icon("close"), () =>
      this.close(),
    );
    this.element = element("div", { class: "bar" }, this.#label, this.#input, close, this.#message);
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && event.target === this.#input) void this.#go();
      else return;
      event.preventDefault();
    });
    this.#input.addEventListener("input", () => {
      this.#asking.abort();
      this.#say("");
    });
    state.changes.add((change) => {
      if (change === "progress" && !this.element.hidden) this.#showRange();
    });
  }

  open(): void {
    this.element.hidden = false;
    this.#say("");
    this.#showRange();
    const focused = this.#state.rows.numberAt(Math.max(0, this.#state.selection.focus.row));
    this.#input.value = focused === undefined ? "" : numberInWords(focused + 1);
    this.#input.focus();
    this.#input.select();
  }

  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.#asking.abort();
    this.#onClosed();
  }

  #showRange(): void {
    const { rows, exact } = this.#state.progress;
    setText(this.#label, exact ? t("Go to row (1–{0})", numberInWords(rows)) : t("Go to row"));
  }

  async #go(): Promise<void> {
    const number = parseRowNumber(this.#input.value);
    if (number === undefined || number < 1) {
      this.#say(t("Enter a row number."), true);
      return;
    }
    const { rows, exact } = this.#state.progress;
    if (number > rows && !exact) {
      this.#say(t("Rows are still being counted. The table goes to row {0} when it is found.", numberInWords(number)));
    }
    this.#asking.abort();
    this.#asking = new AbortController();
    await this.#goTo(number, this.#asking.signal);
  }

  async #goTo(number: number, signal: AbortSignal): Promise<void> {
    try {
      const row = await this.#state.positionOf(rowNumber(number - 1), signal);
      if (signal.aborted) return;
      if (row === undefined) this.#say(t("The last row is {0}.", numberInWords(this.#state.progress.rows)), true);
      else {
        this.#state.goTo({ row, slot: this.#state.selection.focus.slot }, "middle");
        this.close();
      }
    } catch (error) {
      if (!signal.aborted) this.#say(error instanceof Error ? error.message : String(error), true);
    }
  }

  #say(sentence: string, refused = false): void {
    setText(this.#message, sentence);
    this.#message.hidden = sentence === "";
    this.#input.setAttribute("aria-invalid", String(refused));
  }
}
