import { createRandom, seedFor } from "./random.ts";
import type { Random } from "./random.ts";
import type { Cell, Subject } from "./subject.ts";

export type ExportFormat = "csv" | "json";

/** The content of a file, generated each time it is opened, so that a gigabyte is never in memory. */
export interface Content {
  /** Everything that the bytes depend on besides the seed. The same recipe creates the same bytes. */
  readonly recipe: string;
  readonly contentType: string;
  open(seed: number): Iterable<Buffer>;
}

/** Where a table ends: after a number of rows, or with the first row that reaches a number of bytes. */
export type TableLength = { rows: number } | { bytes: number };

export const contentTypes = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

const pieceCharacters = 64 * 1024;
/**
 * From this row on, a table repeats earlier rows with new IDs, because generating seven million rows would take half a
 * minute.
 */
const freshRows = 20_000;

/** A table of seeded rows: CSV with a header row and `\n`, or a JSON array on one long line. */
export function tableContent(name: string, subject: Subject, format: ExportFormat, length: TableLength): Content {
  const writer = format === "csv" ? csvWriter(subject) : jsonWriter(subject);
  return {
    recipe: `${name}.${format} ${JSON.stringify(length)}`,
    contentType: contentTypes[format],
    *open(seed) {
      let piece = writer.head;
      let bytes = Buffer.byteLength(piece);
      let index = 0;
      for (const rest of rowsWithoutId(subject, writer, createRandom(seedFor(seed, name)))) {
        if ("rows" in length ? index >= length.rows : bytes >= length.bytes) break;
        const start = writer.start(subject.id(index), index);
        piece += start + rest.text;
        bytes += start.length + rest.bytes;
        index += 1;
        if (piece.length < pieceCharacters) continue;
        yield Buffer.from(piece);
        piece = "";
      }
      yield Buffer.from(piece + writer.tail);
    },
  };
}

interface RowText {
  readonly text: string;
  readonly bytes: number;
}

function* rowsWithoutId(subject: Subject, writer: TableWriter, random: Random): Generator<RowText, never> {
  const made: RowText[] = [];
  while (made.length < freshRows) {
    const text = writer.rest(subject.row(random, made.length));
    const row = { text, bytes: Buffer.byteLength(text) };
    made.push(row);
    yield row;
  }
  for (;;) yield random.pick(made);
}

/** How a format writes its beginning, a row (without its ID) and its end. */
interface TableWriter {
  readonly head: string;
  /** ASCII only, because its length is used as the number of bytes. */
  start(id: number, index: number): string;
  rest(cells: readonly Cell[]): string;
  readonly tail: string;
}

function csvWriter(subject: Subject): TableWriter {
  return {
    head: csvLine([subject.idColumn, ...subject.columns]),
    start: (id) => `${id},`,
    rest: csvLine,
    tail: "",
  };
}

/** One row of RFC 4180, quoted only where it has to be. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (typeof cell === "string" ? csvText(cell) : String(cell ?? ""))).join(",")}\n`;
}

function csvText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonWriter(subject: Subject): TableWriter {
  const keys = subject.columns.map((column) => JSON.stringify(column));
  return {
    head: "[",
    start: (id, index) => `${index === 0 ? "" : ","}{${JSON.stringify(subject.idColumn)}:${id},`,
    rest: (cells) => `${cells.map((cell, column) => `${keys[column] ?? ""}:${JSON.stringify(cell)}`).join(",")}}`,
    tail: "]",
  };
}
