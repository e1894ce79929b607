import type { Announcer } from "../announcer.ts";
import type { GridView } from "../grid/gridView.ts";
import type { HostLink } from "../hostLink.ts";
import { cycled, excludingValue, filteredByValue, sortedBy, sortOf, withoutKey } from "../state/arrangement.ts";
import type { GridState } from "../state/gridState.ts";
import { headerRow } from "../state/selection.ts";
import { Arranging } from "./arranging.ts";
import { ChipBar } from "./chipBar.ts";
import { FilterPane } from "./filterPane.ts";

export interface TableArrangeOptions {
  readonly link: HostLink;
  readonly announcer: Announcer;
  readonly say: (sentence: string) => void;
  readonly onArranged: () => void;
}

/** Sorting and filtering in the table: the chips, the pane, and what header, menus and keys do. */
export class TableArrange {
  readonly arranging: Arranging;
  readonly chips: ChipBar;
  readonly pane: FilterPane;
  readonly #link: HostLink;
  readonly #state: GridState;
  readonly #say: (sentence: string) => void;

  constructor({ link, announcer, say, onArranged }: TableArrangeOptions, state: GridState, view: GridView) {
    this.#link = link;
    this.#state = state;
    this.#say = say;
    this.arranging = new Arranging(link, state, {
      say,
      announce: (sentence) => announcer.say(sentence),
      onArranged,
    });
    const giveFocusBack = (): void => view.focus();
    this.chips = new ChipBar(this.arranging, { openFilter: (column) => this.openFilter(column), giveFocusBack });
    this.pane = new FilterPane(link, state, this.arranging, giveFocusBack);
  }

  /** The next order of a column: ascending, descending, none. */
  cycle(column: number, adds: boolean): void {
    this.arranging.sort(cycled(this.arranging.wanted.sort, column, adds));
  }

  sortBy(column: number, descending: boolean, adds = false): void {
    this.arranging.sort(sortedBy(this.arranging.wanted.sort, { column, ...(descending && { descending }) }, adds));
  }

  /** As `sortBy`, or no longer by this column if it is sorted in this way already. */
  toggle(column: number, descending: boolean): void {
    const { sort } = this.arranging.wanted;
    if (sortOf(sort, column)?.descending === descending) this.arranging.sort(withoutKey(sort, column));
    else this.sortBy(column, descending, sortOf(sort, column) !== undefined);
  }

  clearSort(): void {
    this.arranging.sort([]);
  }

  openFilter(column: number): void {
    const { whyNot } = this.#state.arrangement;
    if (whyNot === undefined) this.pane.open(column);
    else this.#say(whyNot);
  }

  /** Keeps only the rows with the value of the focused cell, or leaves them out. */
  async filterByCell(how: "only" | "without"): Promise<void> {
    const { row: position } = this.#state.selection.focus;
    const column = this.#state.focusColumn;
    if (position === headerRow) return;
    try {
      const { signal } = new AbortController();
      const row = await this.#state.rows.numberOf(position, signal);
      if (row === undefined) return;
      const { text } = await this.#link.ask("cell", { row, column }, signal);
      const { filter } = this.arranging.wanted;
      const filtered = how === "only" ? filteredByValue : excludingValue;
      this.arranging.filter(filtered(filter, column, text));
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }
}
