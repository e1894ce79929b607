import type { SavedFormat } from "../../model/queryContract.ts";
import type { Statement } from "../columnTables.ts";
import { quotedName, quotedText } from "../quoting.ts";

const options: Readonly<Record<SavedFormat, string>> = {
  csv: "FORMAT csv, HEADER true",
  tsv: "FORMAT csv, HEADER true, DELIMITER '\t'",
  json: "FORMAT json, ARRAY true",
  jsonl: "FORMAT json, ARRAY false",
  parquet: "FORMAT parquet, COMPRESSION zstd",
};

/**
 * Writes rows to a file, and answers their number.
 *
 * @param target the path of the file, which is written at once, so that no other file is left if the process ends
 */
export function copyStatement({ sql, values }: Statement, target: string, format: SavedFormat): Statement {
  return { sql: `COPY (${sql}) TO ${quotedText(target)} (${options[format]}, USE_TMP_FILE false)`, values };
}

interface ResultCell {
  /** The expression of the cell. */
  readonly cell: string;
  /** The name of its type. */
  readonly type: string;
  /** The result has no other columns. */
  readonly isOnly: boolean;
}

/** How a cell of a result is written in a format. If `check` is true for a row, the column has to be written as text. */
export function savedField(
  { cell, type, isOnly }: ResultCell,
  format: SavedFormat,
): { readonly cell: string; readonly check?: string } {
  const isText = format === "csv" || format === "tsv";
  // Many programs skip an empty line. An empty text is quoted.
  if (isText && isOnly) return { cell: `coalesce(${cell}::VARCHAR, '')` };
  const isJson = format === "json" || format === "jsonl";
  if (isJson && (type === "DOUBLE" || type === "FLOAT")) {
    return { cell: `CASE WHEN isfinite(${cell}) THEN ${cell} END` };
  }
  // Parquet has no whole numbers of 128 bits. They would be written as DOUBLE, and a sum of whole numbers is one.
  if (format === "parquet" && (type === "HUGEINT" || type === "UHUGEINT")) {
    const decimal = `TRY_CAST(${cell} AS DECIMAL(38,0))`;
    return { cell: decimal, check: `${cell} IS NOT NULL AND ${decimal} IS NULL` };
  }
  return { cell };
}

/** A column of a file as a member of JSON objects. JSON has no number for what isn't one, so that is a text. */
export function jsonField(name: string, type: string): string {
  const column = quotedName(name);
  if (type !== "DOUBLE" && type !== "FLOAT") return column;
  return `CASE WHEN isfinite(${column}) THEN to_json(${column}) ELSE to_json(${column}::VARCHAR) END AS ${column}`;
}
