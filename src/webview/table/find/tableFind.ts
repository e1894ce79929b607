import { t } from "@vscode/l10n";
import type { FindPattern } from "../../../table/tableTypes.ts";
import { rowPosition } from "../../../table/view/rowIdentity.ts";
import type { ViewCell, ViewMatch } from "../../../table/view/rowView.ts";
import type { Announcer } from "../announcer.ts";
import type { GridState } from "../state/gridState.ts";
import type { GridCell } from "../state/selection.ts";
import type { GridView } from "../grid/gridView.ts";
import type { HostLink } from "../hostLink.ts";
import { columnName, numberInWords } from "../wording.ts";
import type { PageMemory } from "../pageMemory.ts";
import { FindBar } from "./findBar.ts";
import { toFindBarState } from "./findBarState.ts";
import { FindSession, type FindView } from "./findSession.ts";
import { patternRegex } from "./pattern.ts";

export interface FindParts {
  readonly link: HostLink;
  readonly announcer: Announcer;
  readonly memory: PageMemory;
}

/** Finding in the grid: the bar, the search, and going to matches. */
export class TableFind {
  readonly bar: FindBar;
  readonly #session: FindSession;
  readonly #state: GridState;
  readonly #view: GridView;
  readonly #announcer: Announcer;
  readonly #memory: PageMemory;
  /** The cell with the focus when a match was asked for. A user who has left it meanwhile stays where they are. */
  #askedFrom: GridCell | undefined;

  constructor({ link, announcer, memory }: FindParts, state: GridState, view: GridView) {
    this.#memory = memory;
    this.#state = state;
    this.#view = view;
    this.#announcer = announcer;
    this.bar = new FindBar({
      search: (pattern) => this.#search(pattern),
      goOn: (direction) => this.goOn(direction),
      close: () => this.close(),
    });
    this.#session = new FindSession(link, {
      onChange: (found) => this.bar.show(found),
      onMatch: (match, found) => this.#goTo(match, found),
      onDone: ({ matches }) => announcer.say(matches === 1 ? t("1 match") : t("{0} matches", numberInWords(matches))),
    });
  }

  /** Restores the bar as it was before the tab was hidden, without moving the view. */
  restore(): void {
    const kept = toFindBarState(this.#memory.get("find"));
    if (kept === undefined) return;
    this.#listColumns();
    this.bar.restore(kept);
    const { pattern } = this.bar;
    if (this.bar.isOpen && pattern) this.#begin(pattern);
  }

  /** Opens the bar; with a column's index, for that column only. */
  open(onlyInColumn?: number): void {
    this.#listColumns();
    this.bar.open(onlyInColumn);
    this.#remember();
  }

  goOn(direction: "next" | "previous"): void {
    if (!this.bar.isOpen) {
      this.open();
      return;
    }
    this.#askedFrom = this.#state.selection.focus;
    this.#session.goOn(this.#focus, direction);
  }

  close(): void {
    if (!this.bar.isOpen) return;
    this.bar.close();
    this.#remember();
    this.#session.end();
    this.#view.marks = {};
    this.#view.focus();
  }

  /** The rows are different now, so earlier matches are out of date. */
  restart(): void {
    this.#listColumns();
    if (this.bar.isOpen && this.#session.view.pattern) this.#search(this.bar.pattern);
  }

  get #focus(): ViewCell {
    return { position: rowPosition(Math.max(0, this.#state.selection.focus.row)), column: this.#state.focusColumn };
  }

  #search(pattern: FindPattern | undefined): void {
    this.#remember();
    if (pattern === undefined) {
      this.#session.end();
      this.#view.marks = {};
      return;
    }
    this.#begin(pattern, this.#focus);
  }

  #begin(pattern: FindPattern, from?: ViewCell): void {
    this.#askedFrom = this.#state.selection.focus;
    this.#view.marks = { regex: patternRegex(pattern), column: pattern.column };
    this.#session.search(pattern, from);
  }

  #remember(): void {
    this.#memory.set("find", this.bar.state);
  }

  #listColumns(): void {
    this.bar.columns = this.#state.layout.order.map((index) => ({ index, name: this.#nameOf(index) }));
  }

  #goTo(match: ViewMatch, { progress }: FindView): void {
    const { layout, selection } = this.#state;
    const { row: rowBefore, slot: slotBefore } = selection.focus;
    if (rowBefore !== this.#askedFrom?.row || slotBefore !== this.#askedFrom.slot) return;
    // A match in a hidden column shows that column.
    if (layout.isHidden(match.column)) {
      this.#state.arrange((to) => to.show(match.column));
    }
    this.#state.goTo({ row: match.position, slot: Math.max(0, layout.slotOf(match.column)) }, "settled");
    this.#askedFrom = selection.focus;
    const row = numberInWords(match.number + 1);
    const column = this.#nameOf(match.column);
    if (match.ordinal === undefined) {
      this.#announcer.say(t("Match in row {0}, {1}", row, column));
      return;
    }
    const total = numberInWords(Math.max(progress?.matches ?? 0, match.ordinal + 1));
    this.#announcer.say(t("Match {0} of {1}, row {2}, {3}", numberInWords(match.ordinal + 1), total, row, column));
  }

  #nameOf(index: number): string {
    return columnName(this.#state.layout.columns[index]?.name ?? "", index);
  }
}
