import type { CellKind } from "../tableTypes.ts";

export type TakeFormat = "text" | "tsv" | "csv" | "json" | "jsonLines" | "markdown";

/** A value to be written. */
export interface TakenCell {
  readonly text: string;
  /** Undefined for delimited text, where every value is a string. */
  readonly kind: CellKind | undefined;
  /** JSON: the value as it is written in the file. */
  readonly raw?: string | undefined;
}

/** Writes a table: rows joined by `separator`, between `begin` and `end`. */
export interface TakeWriter {
  readonly begin: string;
  readonly separator: string;
  readonly end: string;
  /** Cells are undefined if the row doesn't have them. */
  row(cells: readonly (TakenCell | undefined)[]): string;
}

/**
 * The writer of a format.
 *
 * @param names the columns' names, in the order in which they are written
 * @param withHeader ignored where the format always names its columns
 */
export function writerOf(format: TakeFormat, names: readonly string[], withHeader: boolean): TakeWriter {
  switch (format) {
    case "text":
      return lines(withHeader ? names : undefined, (cells) => cells.join("\t"));
    case "tsv":
      return lines(withHeader ? names : undefined, (cells) => cells.map(tsvField).join("\t"));
    case "csv":
      return lines(withHeader ? names : undefined, csvRow);
    case "json":
      return jsonWriter(names);
    case "jsonLines":
      return { begin: "", separator: "\n", end: "", row: objectWriter(names, jsonLineValue) };
    case "markdown":
      return markdownWriter(names);
  }
}

function lines(names: readonly string[] | undefined, write: (cells: readonly string[]) => string): TakeWriter {
  const begin = names === undefined ? "" : `${write(names)}\n`;
  return { begin, separator: "\n", end: "", row: (cells) => write(cells.map(textOf)) };
}

/** Missing values are empty in formats that can't express them. */
function textOf(cell: TakenCell | undefined): string {
  return cell?.text ?? "";
}

/** The way spreadsheets read the clipboard: a quote is special only at the beginning of a field. */
function tsvField(text: string): string {
  return /^"|[\t\r\n]/.test(text) ? quoted(text) : text;
}

/** RFC 4180. Many programs skip an empty line, so a row of one empty value is quoted. */
function csvRow(cells: readonly string[]): string {
  const row = cells.map((text) => (/[",\r\n]/.test(text) ? quoted(text) : text)).join(",");
  return cells.length === 1 && row === "" ? quoted(row) : row;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function jsonWriter(names: readonly string[]): TakeWriter {
  const write = objectWriter(names, jsonValue);
  return { begin: "[\n", separator: ",\n", end: "\n]", row: (cells) => `  ${write(cells)}` };
}

/** Writes rows as JSON objects, on one line each. */
function objectWriter(names: readonly string[], write: (cell: TakenCell) => string): TakeWriter["row"] {
  const keys = numbered(names).map((name) => JSON.stringify(name));
  return (cells) => {
    const members = cells.flatMap((cell, index) =>
      cell === undefined ? [] : [`${keys[index] ?? '""'}: ${write(cell)}`],
    );
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  };
}

/** A value of a JSON file stays as it is written there, byte for byte. A value of delimited text is a string. */
function jsonValue({ text, kind = "s", raw }: TakenCell): string {
  return raw ?? (kind === "s" ? JSON.stringify(text) : text);
}

/** The same on one line: a nested value can have line breaks between its tokens. */
function jsonLineValue(cell: TakenCell): string {
  const value = jsonValue(cell);
  return cell.kind === "o" && /[\r\n]/.test(value) ? cell.text : value;
}

/** Makes names unique, as keys of one object: a second `id` becomes `id (2)`. */
function numbered(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let key = name;
    for (let copy = 2; used.has(key); copy += 1) key = `${name} (${copy})`;
    used.add(key);
    return key;
  });
}

function markdownWriter(names: readonly string[]): TakeWriter {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const begin = `${line(names.map(markdownCell))}\n${line(names.map(() => "---"))}\n`;
  return { begin, separator: "\n", end: "", row: (cells) => line(cells.map((cell) => markdownCell(textOf(cell)))) };
}

/**
 * Escapes everything that is markup in Markdown: `*`, links, tags, entities. An underscore within a word is an ordinary
 * character.
 */
function markdownCell(text: string): string {
  return text
    .replaceAll(/[\\|`*<~[\]]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`)
    .replaceAll(/\r\n|\r|\n/g, "<br>");
}
