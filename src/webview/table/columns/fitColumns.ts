import type { TextMeasure } from "../grid/textMeasure.ts";
import { inPlainSigns } from "../invisibles.ts";
import type { GridState } from "../state/gridState.ts";
import { columnName } from "../wording.ts";
import { withRoom } from "./roomForColumns.ts";

const narrowest = 60;
/** A column is wider than this only if the window has room. */
const widest = 400;
const measuredLength = 240;
const cellPadding = 20;
const headerPadding = 78;
/** How many rows a column is fitted to, starting with the first one in view. */
const measuredRows = 64;

/** The width that shows a column's name and its values near the rows in view. */
export function fittingWidth(state: GridState, measure: TextMeasure, column: number): number {
  return Math.min(widest, neededWidth(state, measure, column));
}

/** Fits the columns that have no width yet and whose first values have arrived. */
export function fitNewColumns(state: GridState, measure: TextMeasure): void {
  const { from } = state.vertical.visible;
  const { layout } = state;
  const unfitted = layout.shown.filter(
    (column) => layout.isUnfitted(column) && (state.rows.row(from, column) !== undefined || state.size.rows === 0),
  );
  if (unfitted.length === 0) return;
  const fitted = unfitted.map((index) => {
    const needed = neededWidth(state, measure, index);
    return { index, needed, width: Math.min(widest, needed) };
  });
  const others = layout.shown.filter((column) => !unfitted.includes(column));
  const taken =
    others.reduce((sum, column) => sum + layout.width(column), 0) + fitted.reduce((sum, { width }) => sum + width, 0);
  state.fit(withRoom(fitted, state.width - taken));
}

function neededWidth(state: GridState, measure: TextMeasure, column: number): number {
  const { from } = state.vertical.visible;
  const index = state.rows.indexIn(column);
  const texts: string[] = [];
  for (let row = from; row < Math.min(state.size.rows, from + measuredRows); row += 1) {
    const text = state.rows.row(row, column)?.cells[index];
    if (text !== undefined) texts.push(inPlainSigns(text.slice(0, measuredLength)));
  }
  const name = columnName(state.layout.columns[column]?.name ?? "", column).slice(0, measuredLength);
  const needed = Math.max(measure.width(name) + headerPadding, measure.widest(texts) + cellPadding);
  return Math.round(Math.max(narrowest, needed));
}
