/** A column to go to: its name as shown, and its index in the file. */
export interface NamedColumn {
  readonly name: string;
  readonly index: number;
}

/**
 * The column that a person means: by its whole name, otherwise by the start of its name, otherwise by a part of it,
 * ignoring case. Of several, the first one after `current`, the index of the focused column.
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
