import { defined } from "../../model/defined.ts";
import type { CellText, Row } from "../tableTypes.ts";
import type { ReadRow } from "./rowCells.ts";

/** The wanted part of a row. */
export interface RowPart {
  /** Index of the first column. */
  readonly from: number;
  readonly count: number;
  /** The number of characters after which a value is cut. */
  readonly longest: number;
}

/** A row as it is passed on: the wanted columns, with long values cut. */
export function shownRow(read: ReadRow, { from, count, longest }: RowPart): Row {
  const cut: number[] = [];
  const cells = read.cells.slice(from, from + count).map((cell, index) => {
    if (cell.length > longest || from + index === read.openColumn) cut.push(index);
    return cell.length > longest ? cell.slice(0, longest) : cell;
  });
  return defined({
    cells,
    cut: cut.length === 0 ? undefined : cut,
    malformed: read.malformed ? (true as const) : undefined,
    kinds: read.kinds?.slice(from, from + count),
    raw: read.raw?.slice(from, from + count),
    unreadFrom: read.openColumn === undefined ? undefined : read.cells.length,
  });
}

/** One value of a row, cut after `longest` characters. */
export function cellText({ cells, openColumn }: ReadRow, column: number, longest: number): CellText {
  const text = cells[column] ?? "";
  const isUnread = openColumn !== undefined && (column === openColumn || column >= cells.length);
  if (isUnread) return { text: text.slice(0, longest), fullLength: "unknown" };
  return text.length > longest ? { text: text.slice(0, longest), fullLength: text.length } : { text };
}
