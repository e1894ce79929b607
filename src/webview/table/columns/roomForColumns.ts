/** A column that may become wider: how wide it is, and how wide its values need it to be. */
export interface FittedColumn {
  readonly index: number;
  readonly width: number;
  readonly needed: number;
}

/**
 * Divides the remaining room in the window equally among the columns whose values are cut off. No column becomes wider
 * than its values need.
 */
export function withRoom(columns: readonly FittedColumn[], room: number): ReadonlyMap<number, number> {
  const widths = new Map(columns.map(({ index, width }) => [index, width]));
  const lacking = (column: FittedColumn) => column.needed - column.width;
  const cut = columns.filter((column) => lacking(column) > 0).toSorted((one, other) => lacking(one) - lacking(other));
  let left = Math.max(0, room);
  for (const [done, column] of cut.entries()) {
    const given = Math.min(lacking(column), Math.floor(left / (cut.length - done)));
    widths.set(column.index, column.width + given);
    left -= given;
  }
  return widths;
}
