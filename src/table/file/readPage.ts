import { defined } from "../../model/defined.ts";
import {
  type Column,
  longestCell,
  mostRowsAtOnce,
  type Row,
  type TableProblem,
  type TableShape,
} from "../tableTypes.ts";
import { kindAt } from "../cells/recordFields.ts";
import { rowNumber } from "../view/rowIdentity.ts";
import type { OpenFile } from "./openFile.ts";

/** Records with many different keys can lack millions of values. */
const mostSpecial = 1_000_000;

/** Rows of a file by number, as a table shows them. */
export interface FilePage {
  readonly shape: TableShape;
  readonly rows: readonly Row[];
  /** How many rows the file has; undefined until the exact number is known. */
  readonly total: number | undefined;
}

export type FilePageAnswer =
  | ({ readonly kind: "rows" } & FilePage)
  | { readonly kind: "problem"; readonly problem: TableProblem }
  /** The file was read in another way meanwhile. */
  | { readonly kind: "reread" };

/** A cell that is more than its text says. */
export interface SpecialCell {
  readonly row: number;
  readonly column: number;
  readonly is: "null" | "missing" | "cut";
}

/** Reads rows by number. Waits until the index has reached them, so the numbers are exact. */
export async function readPage(
  file: OpenFile,
  { from, count }: { readonly from: number; readonly count: number },
  signal: AbortSignal,
): Promise<FilePageAnswer> {
  const opened = await file.settled();
  if (opened.kind === "problem") return opened;
  const progress = await file.indexed(from + count, signal);
  const rows = await rowsOf(file, from, count, signal);
  // Reading JSON records may have added columns.
  const now = await file.settled();
  if (now.kind === "problem" || now.shape.version !== opened.shape.version) return { kind: "reread" };
  return { kind: "rows", shape: now.shape, rows, total: progress.exact ? progress.rows : undefined };
}

async function rowsOf(file: OpenFile, from: number, count: number, signal: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < count) {
    const wanted = Math.min(mostRowsAtOnce, count - rows.length);
    const first = rowNumber(from + rows.length);
    const page = await file.rows({ from: first, count: wanted, longest: longestCell }, signal);
    rows.push(...page.rows);
    if (page.rows.length < wanted) break;
  }
  return rows;
}

/** How many rows are damaged, or were not read to their end. */
export function unreadableRows(rows: readonly Row[]): number | undefined {
  const count = rows.filter(({ malformed, unreadFrom }) => malformed === true || unreadFrom !== undefined).length;
  return count === 0 ? undefined : count;
}

/**
 * The cells that are null, missing or cut. What a row that was not read to its end has in its other columns is unknown,
 * so these count as cut.
 */
export function specialCells(rows: readonly Row[], columns: readonly Column[]): SpecialCell[] {
  const special: SpecialCell[] = [];
  for (const [index, row] of rows.entries()) {
    for (let column = 0; column < columns.length && special.length < mostSpecial; column++) {
      const is = specialKind(row, column);
      if (is !== undefined) special.push({ row: index, column, is });
    }
  }
  return special;
}

function specialKind({ cells, kinds, cut, unreadFrom }: Row, column: number): SpecialCell["is"] | undefined {
  if (cut?.includes(column) === true || (unreadFrom !== undefined && column >= unreadFrom)) return "cut";
  const kind = kinds === undefined ? undefined : kindAt(kinds, column);
  if (kind === "0") return "null";
  if (kind !== "-" && column < cells.length) return undefined;
  return unreadFrom === undefined ? "missing" : "cut";
}

export function pageFields({ rows, shape, total }: FilePage) {
  const special = specialCells(rows, shape.columns);
  return defined({
    total,
    unreadableRows: unreadableRows(rows),
    special: special.length === 0 ? undefined : special,
  });
}
