import { t } from "@vscode/l10n";
import { button, element, setText } from "../element.ts";
import { icon } from "../icons.ts";
import type { GridState } from "../state/gridState.ts";
import { columnName } from "../wording.ts";
import { columnByName, type NamedColumn } from "./columnByName.ts";

/** Asks for a column's name and goes there; a hidden column is shown first. */
export class GoToColumnBar {
  readonly element: HTMLElement;
  readonly #state: GridState;
  readonly #onClosed: () => void;
  readonly #names = element("datalist", { id: "column-names" });
  readonly #input = element("input", {
    type: "text",
    id: "column-name",
    class: "column-input",
    list: "column-names",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "column-message",
  });
  readonly #message = element("div", { class: "bar-message", id: "column-message", role: "status" });

  constructor(state: GridState, onClosed: () => void) {
    this.#state = state;
    this.#onClosed = onClosed;
    const label = t("Close (Escape)");
    const close = button({ class: "icon-button", "aria-label": label, title: label }, icon("close"), () =>
      this.close(),
    );
    const name = element("label", { for: "column-name" }, t("Go to column"));
    this.element = element("div", { class: "bar" }, name, this.#input, this.#names, close, this.#message);
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && event.target === this.#input) this.#go();
      else return;
      event.preventDefault();
    });
    this.#input.addEventListener("input", () => this.#say(""));
  }

  open(): void {
    this.element.hidden = false;
    this.#say("");
    this.#names.replaceChildren(...this.#columns.map(({ name }) => element("option", { value: name })));
    this.#input.value = "";
    this.#input.focus();
  }

  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.#onClosed();
  }

  get #columns(): readonly NamedColumn[] {
    const { layout } = this.#state;
    return layout.order.map((index) => ({ index, name: columnName(layout.columns[index]?.name ?? "", index) }));
  }

  #go(): void {
    const column = columnByName(this.#columns, this.#input.value, this.#state.focusColumn);
    if (column === undefined) {
      this.#say(t("No matching columns"), true);
      return;
    }
    this.#state.goToColumn(column.index);
    this.close();
  }

  #say(sentence: string, refused = false): void {
    setText(this.#message, sentence);
    this.#message.hidden = sentence === "";
    this.#input.setAttribute("aria-invalid", String(refused));
  }
}
