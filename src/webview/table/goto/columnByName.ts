/** A column to go to: its name as it is shown, and its index in the file. */
export interface NamedColumn {
  readonly name: string;
  readonly index: number;
}

/**
 * The column that a person means: the whole name, else the beginning of one, else a part of one, in any case of letters.
 * Of several, the first one after `current`, which is the index of the column with the focus.
 */
export function columnByName(columns: readonly NamedColumn[], text: string, current: number): NamedColumn | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return undefined;
  const at = columns.findIndex(({ index }) => index === current);
  const inTurn = [...columns.slice(at + 1), ...columns.slice(0, at + 1)];
  const named = (fits: (name: string) => boolean) => inTurn.find(({ name }) => fits(name.toLowerCase()));
  return (
    named((name) => name === wanted) ??
    named((name) => name.startsWith(wanted)) ??
    named((name) => name.includes(wanted))
  );
}
