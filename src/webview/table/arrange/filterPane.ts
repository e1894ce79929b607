import { t } from "@vscode/l10n";
import { button, element, setText } from "../element.ts";
import type { HostLink } from "../hostLink.ts";
import { icon } from "../icons.ts";
import type { Filter } from "../../../model/queryContract.ts";
import { type ColumnPart, partsOfColumn, valueCondition, withColumnParts } from "../state/arrangement.ts";
import type { GridState } from "../state/gridState.ts";
import type { Arranging } from "./arranging.ts";
import { ConditionPicker } from "./conditionPicker.ts";
import { Histogram } from "./histogram.ts";
import { ValueList } from "./valueList.ts";

/** The filter of one column: a condition, a range over its histogram, and a list of its values. */
export class FilterPane {
  readonly element = element("div", { class: "chooser filter-pane", role: "dialog" });
  readonly #link: HostLink;
  readonly #state: GridState;
  readonly #arranging: Arranging;
  readonly #onClosed: () => void;
  readonly #title = element("h2", { class: "filter-title", id: "filter-title" });
  readonly #condition = new ConditionPicker();
  readonly #histogram = new Histogram((from, to) => this.#condition.showRange(from, to));
  readonly #values = new ValueList();
  #column = 0;
  #loading = new AbortController();

  constructor(link: HostLink, state: GridState, arranging: Arranging, onClosed: () => void) {
    this.#link = link;
    this.#state = state;
    this.#arranging = arranging;
    this.#onClosed = onClosed;
    this.element.setAttribute("aria-labelledby", "filter-title");
    this.#build();
    state.changes.add((change) => {
      if (change === "shape" && this.isOpen && state.layout.columns[this.#column] === undefined) this.close();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(column: number): void {
    this.#column = column;
    const { filter } = this.#arranging.wanted;
    const parts = partsOfColumn(filter, column);
    setText(this.#title, t("Filter {0}", this.#arranging.nameOf(column)));
    this.#condition.show(this.#state.layout.columns[column]?.type ?? "text", parts);
    this.element.hidden = false;
    this.#showValues(column, parts, withColumnParts(filter, column, []));
    this.#condition.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.#loading.abort();
    this.#values.close();
    this.#onClosed();
  }

  #showValues(column: number, parts: readonly ColumnPart[], filter: Filter | null): void {
    this.#loading.abort();
    this.#loading = new AbortController();
    this.#histogram.show([]);
    const lists = this.#state.arrangement.listsValues === true;
    this.#values.element.hidden = !lists;
    const ticked = parts.flatMap(({ condition, negated }) =>
      !negated && condition.is === "in" ? condition.values : [],
    );
    const ask = (contains: string, signal: AbortSignal) =>
      this.#link.ask("columnValues", { column, contains, filter }, signal);
    this.#values.show(ticked, lists ? ask : undefined);
    const type = this.#state.layout.columns[column]?.type;
    if (lists && (type === "number" || type === "date")) void this.#loadHistogram({ column, filter });
  }

  /** A histogram is an addition: without it, the ends of a range are typed. */
  async #loadHistogram(question: { readonly column: number; readonly filter: Filter | null }): Promise<void> {
    const { signal } = this.#loading;
    const answer = await this.#link.ask("columnHistogram", question, signal).catch(() => undefined);
    if (!signal.aborted && answer !== undefined) this.#histogram.show(answer.bars);
  }

  #build(): void {
    const closeLabel = t("Close (Escape)");
    const close = button({ class: "icon-button", "aria-label": closeLabel, title: closeLabel }, icon("close"), () =>
      this.close(),
    );
    const apply = button({ class: "button" }, t("Apply"), () => this.#apply(this.#read()));
    const clear = button({ class: "button secondary" }, t("Clear Filter"), () => this.#apply([]));
    this.element.append(
      element("div", { class: "chooser-head" }, this.#title, close),
      this.#histogram.element,
      this.#condition.element,
      this.#values.element,
      element("div", { class: "chooser-foot" }, apply, clear),
    );
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && event.target instanceof HTMLInputElement) this.#apply(this.#read());
      else return;
      event.preventDefault();
    });
  }

  /** Excluded values stay, because the pane doesn't show them. */
  #read(): ColumnPart[] {
    const { filter } = this.#arranging.wanted;
    const excluded = partsOfColumn(filter, this.#column).filter(
      ({ condition, negated }) => negated && condition.is === "in",
    );
    const condition = this.#condition.read(this.#column);
    const values = [...this.#values.ticked];
    const chosen: ColumnPart[] =
      values.length === 0 ? [] : [{ condition: valueCondition(this.#column, values), negated: false }];
    return [...(condition === undefined ? [] : [condition]), ...chosen, ...excluded];
  }

  #apply(parts: readonly ColumnPart[]): void {
    const column = this.#column;
    this.close();
    this.#arranging.filter(withColumnParts(this.#arranging.wanted.filter, column, parts));
  }
}
