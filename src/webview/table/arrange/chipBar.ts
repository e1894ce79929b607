import { t } from "@vscode/l10n";
import { button, element, setAttribute, setText } from "../element.ts";
import { icon } from "../icons.ts";
import { columnPart, filterParts, sortedBy, withoutKey, withoutPart } from "../state/arrangement.ts";
import { shareInWords } from "../wording.ts";
import type { Arranging } from "./arranging.ts";
import { partInWords, sortKeyInWords } from "./filterInWords.ts";

export interface ChipBarActions {
  readonly openFilter: (column: number) => void;
  /** Gives the focus back when a chip with the focus is gone. */
  readonly giveFocusBack: () => void;
}

/** Above the grid: how its rows are sorted and filtered, and the progress of that. */
export class ChipBar {
  readonly element = element("div", { class: "bar chip-bar", role: "group" });
  readonly #arranging: Arranging;
  readonly #actions: ChipBarActions;
  readonly #chips = element("div", { class: "chips" });
  readonly #progress = element("div", { class: "arrange-progress" });
  readonly #says = element("span", { class: "arrange-says" });
  readonly #bar = element("div", { class: "index-progress", role: "progressbar", "aria-valuemin": "0" });
  readonly #filled = element("div", { class: "filled" });
  #shown = "";

  constructor(arranging: Arranging, actions: ChipBarActions) {
    this.#arranging = arranging;
    this.#actions = actions;
    this.element.setAttribute("aria-label", t("Sort and filter"));
    this.#bar.setAttribute("aria-label", t("Sorting and filtering"));
    this.#bar.setAttribute("aria-valuemax", "100");
    this.#bar.append(this.#filled);
    const cancel = button({ class: "link-button" }, t("Cancel"), () => this.#cancel());
    this.#progress.append(this.#says, this.#bar, cancel);
    this.element.append(this.#chips, this.#progress);
    arranging.changes.add(() => this.show());
    this.show();
  }

  show(): void {
    const { wanted, isRunning } = this.#arranging;
    const isEmpty = wanted.sort.length === 0 && wanted.filter === null;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = isEmpty && !isRunning;
    this.#showProgress();
    this.#showChips();
    if (hadFocus && !this.element.contains(document.activeElement)) this.#focusAgain();
  }

  #showProgress(): void {
    const { isRunning, share } = this.#arranging;
    this.#progress.hidden = !isRunning;
    if (!isRunning) return;
    const says = share === undefined ? t("Sorting and filtering…") : shareInWords(share);
    setText(this.#says, says);
    setAttribute(this.#bar, "aria-valuenow", share === undefined ? undefined : String(Math.floor(share * 100)));
    this.#filled.style.transform = `scaleX(${share ?? 0})`;
  }

  /** Only if they changed, so that a chip keeps the focus while progress is shown. */
  #showChips(): void {
    const { wanted } = this.#arranging;
    const now = JSON.stringify(wanted);
    if (now === this.#shown) return;
    this.#shown = now;
    const chips = [...this.#sortChips(), ...this.#filterChips()];
    const clear = button({ class: "link-button" }, t("Clear All"), () => this.#arranging.clear());
    this.#chips.replaceChildren(...chips, ...(chips.length > 1 ? [clear] : []));
  }

  #sortChips(): HTMLElement[] {
    const { sort } = this.#arranging.wanted;
    return sort.map((key) => {
      const column = Number(key.column);
      const descending = key.descending === true;
      const words = sortKeyInWords(key, this.#arranging.wording);
      const name = element("span", { class: "chip-name" }, icon(descending ? "down" : "up"));
      name.append(this.#arranging.nameOf(column));
      const reverse = (): void =>
        this.#arranging.sort(sortedBy(sort, { column, ...(!descending && { descending: true }) }, true));
      const label = t("Sorted by {0}. Reverse.", words);
      return this.#chip(name, label, reverse, t("Don't sort by {0}", this.#arranging.nameOf(column)), () =>
        this.#arranging.sort(withoutKey(sort, column)),
      );
    });
  }

  #filterChips(): HTMLElement[] {
    const { filter } = this.#arranging.wanted;
    return filterParts(filter).map((part, place) => {
      const words = partInWords(part, this.#arranging.wording);
      const name = element("span", { class: "chip-name" }, icon("filter"), words);
      const column = columnPart(part)?.condition.column;
      const edit = (): void => {
        if (column !== undefined) this.#actions.openFilter(Number(column));
      };
      return this.#chip(name, t("Filter: {0}. Change.", words), edit, t("Remove filter: {0}", words), () =>
        this.#arranging.filter(withoutPart(filter, place)),
      );
    });
  }

  #chip(name: Node, label: string, act: () => void, removeLabel: string, remove: () => void): HTMLElement {
    const main = button({ class: "chip-main", "aria-label": label, title: label }, name, act);
    const close = button(
      { class: "chip-remove", "aria-label": removeLabel, title: removeLabel },
      icon("close"),
      remove,
    );
    const chip = element("span", { class: "chip" }, main, close);
    chip.addEventListener("keydown", (event) => {
      if (event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      remove();
    });
    return chip;
  }

  #cancel(): void {
    this.#arranging.cancel();
    if (this.element.hidden) this.#actions.giveFocusBack();
  }

  #focusAgain(): void {
    const next = this.element.hidden ? null : this.#chips.querySelector<HTMLElement>("button");
    if (next === null) this.#actions.giveFocusBack();
    else next.focus();
  }
}
