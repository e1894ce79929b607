import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { SourcePart } from "../../../../src/query/exportSource.ts";
import type { Piece } from "../../../../src/query/extract/extractMessages.ts";
import { extractPiece } from "../../../../src/query/extract/extractPiece.ts";
import { loadedFrom } from "../../../../src/query/extract/loadedFrom.ts";
import { kindAt } from "../../../../src/table/cells/recordFields.ts";
import { IndexedTable } from "../../../../src/table/document/indexedTable.ts";
import { openText } from "../../../../src/table/document/openText.ts";
import type { FieldScanner } from "../../../../src/table/scan/fieldScanner.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { longestCell, type ReadAs, type Row } from "../../../../src/table/tableTypes.ts";

export type Value = string | null;

/** A file, its index, and what the table shows. */
export interface IndexedExport {
  readonly part: SourcePart;
  /** The first byte of each row. */
  readonly starts: readonly number[];
  /** Every value of a column, as the table shows it. */
  readonly shown: (column: number) => Value[];
}

const stepBytes = 1 << 20;
const pageRows = 1000;

/** Undefined if it isn't a table. */
export function indexedExport(folder: string, bytes: Uint8Array, readAs: ReadAs = {}): IndexedExport | undefined {
  const file = path.join(folder, randomUUID());
  writeFileSync(file, bytes);
  const opened = openText({ path: file, growing: false, readAs }, createPlainScanner());
  if (opened.kind === "problem") return undefined;
  const table = new IndexedTable(opened.text, opened.head, { version: 1, growing: false });
  try {
    while (table.step(stepBytes));
    const rows: Row[] = [];
    const total = table.progress.rows;
    while (rows.length < total) {
      rows.push(...table.rows({ from: rows.length, count: pageRows, longest: longestCell }).rows);
    }
    const { columns } = table.shape;
    const starts = rows.map((_, row) => table.startOf(row));
    const division = { ...table.text.division, columns };
    return {
      part: {
        file: { path: file, id: table.text.source.id, size: table.text.source.fileBytes, division },
        rows: total,
        fields: columns.map((_, index) => ({ kind: "field", index })),
      },
      starts,
      shown: (column) => rows.map((row) => shownValue(row, column)),
    };
  } finally {
    table.close();
  }
}

function shownValue({ cells, kinds }: Row, column: number): Value {
  const cell = cells[column];
  if (cell === undefined) return null;
  const kind = kinds === undefined ? "s" : kindAt(kinds, column);
  return kind === "-" || kind === "0" ? null : cell.toWellFormed();
}

/** Landmarks at some of the rows. */
export function landmarksAt({ starts }: IndexedExport, isChosen: (row: number) => boolean): Float64Array {
  const chosen = starts.flatMap((byte, row) => (row === 0 || isChosen(row) ? [[byte, row]] : []));
  return Float64Array.from(chosen.flat());
}

/** Extracts pieces in this thread. Returns the new files with rows. */
export async function extracted(
  folder: string,
  pieces: readonly Piece[],
  stretch: number,
  fieldScanner: FieldScanner | undefined,
): Promise<string[]> {
  const { signal } = new AbortController();
  const options = { scanner: createPlainScanner(), fieldScanner, signal, onBytes: () => undefined };
  const files: string[] = [];
  for (const piece of pieces) {
    const target = path.join(folder, `${randomUUID()}.parquet`);
    await extractPiece({ piece, target, stretch }, options);
    if (piece.rows > 0) files.push(target);
  }
  return files;
}

/** DuckDB, as the engine's process uses it. */
export class Loader {
  readonly #engine: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(engine: DuckDBInstance, connection: DuckDBConnection) {
    this.#engine = engine;
    this.#connection = connection;
  }

  static async open(): Promise<Loader> {
    const engine = await DuckDBInstance.create(":memory:");
    return new Loader(engine, await engine.connect());
  }

  /** What it reads from extracted columns, column by column. */
  async values(files: readonly string[], columns: readonly number[]): Promise<Value[][]> {
    // Without a character before it, a byte order mark that a value begins with is lost on the way here.
    const fields = columns.map((_, place) => `'=' || c${place}`);
    const reader = await this.#connection.runAndReadAll(`SELECT ${fields.join()} FROM ${loadedFrom(files, columns)}`);
    const values = reader.getColumns().map((column) => column.map(textOf));
    return values.length === 0 ? columns.map(() => []) : values;
  }

  close(): void {
    this.#connection.closeSync();
    this.#engine.closeSync();
  }
}

function textOf(value: unknown): Value {
  if (value === null) return null;
  if (typeof value === "string") return value.slice(1);
  throw new TypeError(`A value of type ${typeof value}.`);
}
