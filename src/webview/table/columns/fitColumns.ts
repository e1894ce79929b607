import type { GridState } from "../state/gridState.ts";
import type { TextMeasure } from "../grid/textMeasure.ts";
import { columnName } from "../wording.ts";

const narrowest = 60;
const widest = 400;
/** Longer ones reach the greatest width anyhow. */
const measuredLength = 120;
const cellPadding = 20;
const headerPadding = 58;
/** Rows from the first in view on that a column is fitted to. */
const measuredRows = 64;

/** The width that shows a column's name and its values near the rows in view. */
export function fittingWidth(state: GridState, measure: TextMeasure, place: number): number {
  const { from } = state.vertical.visible;
  const index = state.rows.indexIn(place);
  const texts: string[] = [];
  for (let row = from; row < Math.min(state.size.rows, from + measuredRows); row += 1) {
    const text = state.rows.row(row, place)?.cells[index];
    if (text !== undefined) texts.push(text.slice(0, measuredLength));
  }
  const name = columnName(state.layout.columns[place]?.name ?? "", place).slice(0, measuredLength);
  const needed = Math.max(measure.width(name) + headerPadding, measure.widest(texts) + cellPadding);
  return Math.round(Math.min(widest, Math.max(narrowest, needed)));
}

/** Fits the columns that have no width yet and whose first values are there. */
export function fitNewColumns(state: GridState, measure: TextMeasure): void {
  const { from } = state.vertical.visible;
  const unfitted = state.layout.shown.filter(
    (place) => state.layout.isUnfitted(place) && (state.rows.row(from, place) !== undefined || state.size.rows === 0),
  );
  if (unfitted.length === 0) return;
  const widths = new Map(unfitted.map((place) => [place, fittingWidth(state, measure, place)]));
  state.fit(widths);
}
