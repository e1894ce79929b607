import type { Column, TableKind } from "../tableTypes.ts";

export type TakeFormat = "text" | "tsv" | "csv" | "json" | "markdown";

/** What a format has to know about the columns that are taken, in the order in which they are taken. */
export interface TakenColumns {
  readonly columns: readonly Column[];
  readonly kind: TableKind;
}

/** How a table is written down: `lines` of a whole text that `separator` joins between `begin` and `end`. */
export interface TakeWriter {
  readonly begin: string;
  readonly separator: string;
  readonly end: string;
  /** Undefined for a value that a short row does not have. */
  row(cells: readonly (string | undefined)[]): string;
}

/** The writer of a format; `withHeader` is without meaning where the format always names its columns. */
export function writerOf(format: TakeFormat, taken: TakenColumns, withHeader: boolean): TakeWriter {
  const names = taken.columns.map(({ name }) => name);
  switch (format) {
    case "text":
      return lines(withHeader ? names : undefined, (cell) => cell, "\t");
    case "tsv":
      return lines(withHeader ? names : undefined, tsvField, "\t");
    case "csv":
      return lines(withHeader ? names : undefined, csvField, ",");
    case "json":
      return jsonWriter(taken, numbered(names));
    case "markdown":
      return markdownWriter(names);
  }
}

function lines(names: readonly string[] | undefined, field: (text: string) => string, delimiter: string): TakeWriter {
  const row = (cells: readonly (string | undefined)[]): string => cells.map((cell = "") => field(cell)).join(delimiter);
  return { begin: names === undefined ? "" : `${row(names)}\n`, separator: "\n", end: "", row };
}

/** As spreadsheets take it from a clipboard: a quote counts only where a field begins with it. */
function tsvField(text: string): string {
  return /^"|[\t\r\n]/.test(text) ? quoted(text) : text;
}

/** RFC 4180. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? quoted(text) : text;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function jsonWriter({ columns, kind }: TakenColumns, names: readonly string[]): TakeWriter {
  const keys = names.map((name) => JSON.stringify(name));
  const value = (text: string, column: Column | undefined): string =>
    kind !== "delimited" && column?.type !== "text" && isJsonToken(text) ? text : JSON.stringify(text);
  const row = (cells: readonly (string | undefined)[]): string => {
    const fields = cells.flatMap((cell, place) =>
      cell === undefined ? [] : [`${keys[place] ?? '""'}: ${value(cell, columns[place])}`],
    );
    return `  {${fields.length === 0 ? "" : ` ${fields.join(", ")} `}}`;
  };
  return { begin: "[\n", separator: ",\n", end: "\n]", row };
}

/** What came out of JSON as a number, a word or a nested value goes back as such, digit for digit. */
function isJsonToken(text: string): boolean {
  try {
    return typeof JSON.parse(text) !== "string";
  } catch {
    return false;
  }
}

/** Names as keys of one object: a second `id` becomes `id (2)`. */
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
  const row = (cells: readonly (string | undefined)[]): string =>
    `| ${cells.map((cell = "") => markdownCell(cell)).join(" | ")} |`;
  return { begin: `${row(names)}\n${row(names.map(() => "---"))}\n`, separator: "\n", end: "", row };
}

function markdownCell(text: string): string {
  return text.replaceAll(/[\\|]/g, String.raw`\$&`).replaceAll(/\r\n|\r|\n/g, "<br>");
}
