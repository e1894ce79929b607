import { t } from "@vscode/l10n";
import { button, element, setText } from "../element.ts";
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
  /** Beyond the rows counted so far: gone to as soon as that many are known. */
  #awaited: number | undefined;

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
      else if (event.key === "Enter" && event.target === this.#input) this.#go();
      else return;
      event.preventDefault();
    });
    this.#input.addEventListener("input", () => {
      this.#awaited = undefined;
      this.#say("");
    });
    state.changes.add((change) => {
      if (change === "progress" && !this.element.hidden) this.#rowsCame();
    });
  }

  open(): void {
    this.element.hidden = false;
    this.#say("");
    this.#showRange();
    this.#input.value = numberInWords(Math.max(0, this.#state.selection.focus.row) + 1);
    this.#input.focus();
    this.#input.select();
  }

  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.#awaited = undefined;
    this.#onClosed();
  }

  #showRange(): void {
    const { rows, exact } = this.#state.progress;
    setText(this.#label, exact ? t("Go to row (1–{0})", numberInWords(rows)) : t("Go to row"));
  }

  #go(): void {
    const number = parseRowNumber(this.#input.value);
    const { rows, exact } = this.#state.progress;
    if (number === undefined || number < 1) this.#say(t("Type the number of a row."), true);
    else if (number <= rows) {
      this.#state.goTo({ row: number - 1, position: this.#state.selection.focus.position }, "middle");
      this.close();
    } else if (exact) this.#say(t("The last row is {0}.", numberInWords(rows)), true);
    else {
      this.#awaited = number;
      this.#say(
        t("The rows are still being counted; the view goes there as soon as row {0} is known.", numberInWords(number)),
      );
    }
  }

  #rowsCame(): void {
    this.#showRange();
    const { rows, exact } = this.#state.progress;
    if (this.#awaited === undefined || (!exact && rows < this.#awaited)) return;
    this.#awaited = undefined;
    this.#go();
  }

  #say(sentence: string, refused = false): void {
    setText(this.#message, sentence);
    this.#message.hidden = sentence === "";
    this.#input.setAttribute("aria-invalid", String(refused));
  }
}
