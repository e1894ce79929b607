import type { Row } from "../../../table/tableTypes.ts";

/**
 * What a cell has: a text, an empty text, JSON's null, no value at all, a value that was not read because its row is too
 * long, or nothing yet.
 */
export type CellState = "text" | "empty" | "null" | "missing" | "unread" | "pending";

/** @param index of the value within the row's; `column` is its column's index in the file */
export function cellStateOf(row: Row | undefined, index: number, column: number): CellState {
  if (row === undefined) return "pending";
  const text = row.cells[index];
  const kind = row.kinds?.[index];
  if (text === undefined || kind === "-") return isUnread(row, column) ? "unread" : "missing";
  if (kind === "0") return "null";
  return text === "" ? "empty" : "text";
}

/** The keys of a JSON record come in any order: of one that was not read to its end, any key may come later. */
function isUnread({ unreadFrom, kinds }: Row, column: number): boolean {
  return unreadFrom !== undefined && (kinds !== undefined || column >= unreadFrom);
}
