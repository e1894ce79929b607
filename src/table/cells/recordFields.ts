import { defined } from "../../model/defined.ts";
import type { CellKind, Column, RecordField } from "../tableTypes.ts";
import type { ReadRow } from "./rowCells.ts";
import { cellText } from "./shownRow.ts";

/** Every field of a row, including missing ones. Values are cut after `longest` characters. */
export function recordFields(read: ReadRow, columns: readonly Column[], longest: number): RecordField[] {
  return columns.map(({ name }, column) => ({
    name,
    ...cellText(read, column, longest),
    ...defined({ kind: kindOf(read, column) }),
  }));
}

/** Undefined for a value of delimited text, and for one that was not read. */
function kindOf({ cells, kinds, openColumn }: ReadRow, column: number): CellKind | undefined {
  if (column >= cells.length) return openColumn === undefined ? "-" : undefined;
  return kinds === undefined ? undefined : kindAt(kinds, column);
}

/** The kind of one cell, from the row's `kinds`. Cells after their end are missing. */
export function kindAt(kinds: string, index: number): CellKind {
  const kind = kinds.charAt(index);
  return isKind(kind) ? kind : "-";
}

function isKind(kind: string): kind is CellKind {
  return kind.length === 1 && "snbo0-".includes(kind);
}
