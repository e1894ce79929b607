/** The columns to request from a reader: from the first wanted one to the last. */
export function columnSpan(columns: readonly number[]): { readonly from: number; readonly count: number } {
  const from = columns.reduce((least, column) => Math.min(least, column), columns[0] ?? 0);
  const end = columns.reduce((most, column) => Math.max(most, column + 1), from);
  return { from, count: end - from };
}
