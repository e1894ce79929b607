import { t } from "@vscode/l10n";
import type { FindPattern } from "../../../table/tableTypes.ts";
import { rowPosition } from "../../../table/view/rowIdentity.ts";
import type { ViewCell, ViewMatch } from "../../../table/view/rowView.ts";
import type { Announcer } from "../announcer.ts";
import type { GridState } from "../state/gridState.ts";
import type { GridView } from "../grid/gridView.ts";
import type { HostLink } from "../hostLink.ts";
import { columnName, numberInWords } from "../wording.ts";
import { FindBar } from "./findBar.ts";
import { FindSession, type FindView } from "./findSession.ts";
import { patternRegex } from "./pattern.ts";

/** Finding in the grid: bar, search, and where the view goes. */
export class TableFind {
  readonly bar: FindBar;
  readonly #session: FindSession;
  readonly #state: GridState;
  readonly #view: GridView;
  readonly #announcer: Announcer;

  constructor(link: HostLink, state: GridState, view: GridView, announcer: Announcer) {
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

  /** Opens the bar; with a place, for that column only. */
  open(onlyInColumn?: number): void {
    const place = onlyInColumn ?? this.#state.focusPlace;
    this.bar.open({ place, name: this.#nameOf(place) }, onlyInColumn !== undefined);
  }

  goOn(direction: "next" | "previous"): void {
    if (!this.bar.isOpen) {
      this.open();
      return;
    }
    this.#session.goOn(this.#focus, direction);
  }

  close(): void {
    if (!this.bar.isOpen) return;
    this.bar.close();
    this.#session.end();
    this.#view.marks = {};
    this.#view.focus();
  }

  /** The rows are others now: what was found before says nothing. */
  restart(): void {
    const { pattern } = this.#session.view;
    if (this.bar.isOpen && pattern) this.#search({ ...pattern });
  }

  get #focus(): ViewCell {
    return { position: rowPosition(Math.max(0, this.#state.selection.focus.row)), column: this.#state.focusPlace };
  }

  #search(pattern: FindPattern | undefined): void {
    if (pattern === undefined) {
      this.#session.end();
      this.#view.marks = {};
      return;
    }
    this.#view.marks = { regex: patternRegex(pattern), column: pattern.column };
    this.#session.search(pattern, this.#focus);
  }

  #goTo(match: ViewMatch, { progress }: FindView): void {
    const { layout } = this.#state;
    // What was found is shown, wherever it is.
    if (layout.isHidden(match.column)) {
      this.#state.arrange((to) => to.show(match.column));
    }
    this.#state.goTo({ row: match.position, position: Math.max(0, layout.positionOf(match.column)) }, "settled");
    const total = numberInWords(Math.max(progress?.matches ?? 0, match.ordinal + 1));
    const where = [
      numberInWords(match.ordinal + 1),
      total,
      numberInWords(match.number + 1),
      this.#nameOf(match.column),
    ];
    const [ordinal = "", of = "", row = "", column = ""] = where;
    this.#announcer.say(t("Match {0} of {1}, row {2}, {3}", ordinal, of, row, column));
  }

  #nameOf(place: number): string {
    return columnName(this.#state.layout.columns[place]?.name ?? "", place);
  }
}
