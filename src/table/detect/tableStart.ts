import { typeOf } from "../cells/columnTypes.ts";
import type { SampleRow } from "./sampleRows.ts";

/** Titles and comments are looked for in this many rows. */
const longestPreamble = 50;

/** Where the table begins in the first rows of a file. */
export interface TableStart {
  /** The index of the first row of the table. */
  readonly row: number;
  /** How many of the rows before it say something against this division: titles, but not comments and blank lines. */
  readonly titles: number;
}

/**
 * Finds the first row of the table: what comes before it are blank lines, comments, titles, and pairs of names and
 * values with a blank line after them.
 *
 * @param columns the number of cells that most rows have
 */
export function tableStart(rows: readonly SampleRow[], columns: number): TableStart {
  let titles = 0;
  let row = 0;
  for (; row < Math.min(rows.length - 1, longestPreamble); row++) {
    const kind = preambleKind(rows, row, columns);
    if (kind === undefined) break;
    if (kind === "title") titles++;
  }
  // Without a row of the table after them, these were no titles.
  const first = rows[row];
  const isTable =
    first !== undefined && !isBlank(first) && (!isComment(first) || isCommentedHeader(rows, row, columns));
  if (!isTable) return { row: firstFilled(rows), titles: 0 };
  return { row, titles };
}

export function isBlank({ cells }: Pick<SampleRow, "cells">): boolean {
  return cells.every((cell) => cell.trim() === "");
}

function preambleKind(rows: readonly SampleRow[], at: number, columns: number): "blank" | "title" | undefined {
  const row = rows[at];
  if (row === undefined) return undefined;
  if (isBlank(row)) return "blank";
  if (isComment(row)) return isCommentedHeader(rows, at, columns) ? undefined : "blank";
  if (columns < 2) return undefined;
  const following = rows.slice(at + 1, at + 1 + longestPreamble);
  const next = following.find((later) => !isBlank(later));
  if (next === undefined) return undefined;
  if (row.cells.length === 1) return following.some(({ cells }) => cells.length === columns) ? "title" : undefined;
  if (
    isPaddedTitle(row) &&
    columns > 2 &&
    isNames(
      next.cells.filter((cell) => cell !== ""),
      2,
    )
  )
    return "title";
  const isShort = row.cells.length < columns || isSentence(row);
  return isShort && endsBeforeBlank(following, columns) ? "title" : undefined;
}

/** Whether rows that are too short continue up to a blank line, after which the table begins. */
function endsBeforeBlank(following: readonly SampleRow[], columns: number): boolean {
  const blank = following.findIndex(isBlank);
  const full = following.findIndex(({ cells }) => cells.length === columns);
  return blank >= 0 && full > blank;
}

/** Whether the delimiters can be part of a sentence: `Sales in 2025, all shops`. */
function isSentence({ cells, doubtful }: SampleRow): boolean {
  return doubtful > 0 && doubtful === cells.length - 1;
}

/** Spreadsheets give a title as many cells as the table has. */
function isPaddedTitle({ cells }: SampleRow): boolean {
  return cells.length > 1 && cells[0] !== "" && cells.slice(1).every((cell) => cell === "");
}

function isComment({ cells, quoted }: SampleRow): boolean {
  return quoted === 0 && /^\s*(?:#|\/\/)/.test(cells[0] ?? "");
}

/** Some programs write the header as the last comment: `#id,name`. */
function isCommentedHeader(rows: readonly SampleRow[], at: number, columns: number): boolean {
  const [row, next] = [rows[at], rows[at + 1]];
  if (row === undefined || next === undefined || columns < 2) return false;
  if (row.cells.length !== columns || next.cells.length !== columns || isComment(next)) return false;
  return isNames(row.cells, columns) && !isNames(next.cells, columns);
}

/** Whether all cells can be names of columns: different texts, and no numbers or dates. */
export function isNames(cells: readonly string[], least: number): boolean {
  if (cells.length < least || new Set(cells).size < cells.length) return false;
  return cells.every((cell) => typeOf(cell) === "text");
}

/** The index of the first row that isn't blank. */
export function firstFilled(rows: readonly SampleRow[]): number {
  const first = rows.findIndex((row) => !isBlank(row));
  return Math.max(first, 0);
}
