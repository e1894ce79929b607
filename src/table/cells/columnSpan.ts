/** The columns to ask a reader for: from the first of the wanted ones to the last. */
export function columnSpan(columns: readonly number[]): { readonly from: number; readonly count: number } {
  const from = columns.reduce((least, column) => Math.min(least, column), columns[0] ?? 0);
  const end = columns.reduce((most, column) => Math.max(most, column + 1), from);
  return { from, count: end - from };
}
