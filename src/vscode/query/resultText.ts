import type { QueryResult } from "../../model/queryContract.ts";
import type { CellKind, ReadAs } from "../../table/tableTypes.ts";
import { type TakenCell, writerOf } from "../../table/take/takeFormats.ts";

type ResultValue = QueryResult["rows"][number][number];

/** How the file of a result is read if it is CSV: its only row is the header, whatever it looks like. */
export const resultReading: ReadAs = { header: true };

/** How many rows are put together before they are written. */
const rowsInPiece = 1000;

const numberTypes = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL\(.*|FLOAT|DOUBLE|BIGNUM)$/;
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A result as the text of a file that is opened as a table: a JSON array, which distinguishes numbers, texts and null. A
 * result without rows is CSV, because only a header can say which columns there are.
 */
export async function* resultText({ columns, rows }: QueryResult): AsyncGenerator<string> {
  const names = columns.map(({ name }) => name);
  if (rows.length === 0) {
    yield `${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(",")}\n`;
    return;
  }
  const writer = writerOf("json", names, true);
  yield writer.begin;
  for (let from = 0; from < rows.length; from += rowsInPiece) {
    // Each piece is written before the next one is made, so a large result isn't in memory a second time.
    const piece = rows.slice(from, from + rowsInPiece).map((cells) => writer.row(takenCells(cells, columns)));
    yield await Promise.resolve((from === 0 ? "" : writer.separator) + piece.join(writer.separator));
  }
  yield `${writer.end}\n`;
}

/** The first rows of a result as a table in Markdown. */
export function markdownOf({ columns, rows }: Pick<QueryResult, "columns" | "rows">): string {
  const names = columns.map(({ name }) => name);
  const writer = writerOf("markdown", names, true);
  return writer.begin + rows.map((cells) => writer.row(takenCells(cells, columns))).join(writer.separator);
}

function takenCells(cells: readonly ResultValue[], columns: QueryResult["columns"]): TakenCell[] {
  return cells.map((value, index) => takenCell(value, columns[index]?.type ?? ""));
}

/** Integers that are too large for JavaScript, and decimals, come as text. In JSON, they are numbers with all their digits. */
function takenCell(value: ResultValue, type: string): TakenCell {
  const text = value === null ? "null" : String(value);
  return { text, kind: kindOf(value, text, type) };
}

function kindOf(value: ResultValue, text: string, type: string): CellKind {
  if (value === null) return "0";
  if (typeof value === "boolean") return "b";
  const isNumber = typeof value === "number" || numberTypes.test(type);
  // The engine's numbers can be infinite, which JSON's can't.
  return isNumber && jsonNumber.test(text) ? "n" : "s";
}
