import type { Row } from "../../../table/tableTypes.ts";

/**
 * What is known about a cell: it has a text, an empty text, JSON's null or no value; its value wasn't read because the
 * row is too long; or it hasn't arrived yet.
 */
export type CellState = "text" | "empty" | "null" | "missing" | "unread" | "pending";

/**
 * @param index the index of the value in `row.cells`
 * @param column the column's index in the file
 */
export function cellStateOf(row: Row | undefined, index: number, column: number): CellState {
  if (row === undefined) return "pending";
  const text = row.cells[index];
  const kind = row.kinds?.[index];
  if (text === undefined || kind === "-") return isUnread(row, column) ? "unread" : "missing";
  if (kind === "0") return "null";
  return text === "" ? "empty" : "text";
}

/** The keys of a JSON record are in any order, so any of them may be in the part that wasn't read. */
function isUnread({ unreadFrom, kinds }: Row, column: number): boolean {
  return unreadFrom !== undefined && (kinds !== undefined || column >= unreadFrom);
}
