import fc from "fast-check";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createCells } from "../../../../src/table/cells/createCells.ts";
import { grammarOf } from "../../../../src/table/document/division.ts";
import { allMatches } from "../../../../src/table/find/allMatches.ts";
import { Finder } from "../../../../src/table/find/finder.ts";
import type { Search } from "../../../../src/table/find/search.ts";
import type { FinderSizes, SearchedTable } from "../../../../src/table/find/searchedTable.ts";
import { Landmarks } from "../../../../src/table/find/landmarks.ts";
import { freshState } from "../../../../src/table/scan/rowEnds.ts";
import { inputCapacity } from "../../../../src/table/scan/scanner.ts";
import { StretchReader } from "../../../../src/table/scan/stretchReader.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { type FileSource, openFileSource } from "../../../../src/table/source/fileSource.ts";
import type { Encoding, FindPattern, Match, Reading } from "../../../../src/table/tableTypes.ts";
import { defined } from "../../../../src/model/defined.ts";
import { csvReading } from "../csvReading.ts";

/** A table as text, how it is read, and the rows that the text was made of. */
export interface WrittenTable {
  readonly bytes: Buffer;
  readonly reading: Reading;
  readonly newline: 10 | 13;
  readonly begin: number;
  readonly rows: readonly (readonly string[])[];
  /** JSON: the columns' names. */
  readonly columns?: readonly string[];
}

export const anySizes: fc.Arbitrary<FinderSizes> = fc
  .integer({ min: 4, max: 400 })
  .map((stretch) => ({ stretch, longestRow: 1_000_000 }));

const words = ["foo", "Food", "20", "2024-01-1", "ask", "Kiss", "a b", "_x-1", "aab", "7", " ", "\\d", "'"];
const structural = [",", ";", "\t", "|", '"', '""', "\n", "\r\n", "\r"];
const western = ["é", "É", "ß", "€", "ÿ", "“"];
const wide = ["日本", "😀", "\u212a", "\u017f", "ı", "µ", "\ufffd", "\ufeff", "ǅ"];

function piecesIn(encoding: Encoding): string[] {
  return [...words, ...structural, ...western, ...(encoding === "windows-1252" ? [] : wide)];
}

export function anyCell(encoding: Encoding): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...piecesIn(encoding)), { maxLength: 5 }).map((parts) => parts.join(""));
}

function anyRows(encoding: Encoding): fc.Arbitrary<string[][]> {
  return fc.array(fc.array(anyCell(encoding), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 12 });
}

interface Style {
  readonly delimiter: string;
  readonly escape?: "double" | "backslash";
  readonly quote: string;
  readonly newline: "\n" | "\r\n" | "\r";
  readonly encoding: Encoding;
  readonly endsInNewline: boolean;
  readonly quotesAll: boolean;
}

const anyStyle: fc.Arbitrary<Style> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|", "^", "§"),
  escape: fc.constantFrom("double" as const, "double" as const, "backslash" as const),
  quote: fc.constantFrom('"', '"', "'"),
  newline: fc.constantFrom("\n" as const, "\n" as const, "\r\n" as const, "\r" as const),
  encoding: fc.constantFrom<Encoding>("utf-8", "utf-8", "utf-16le", "utf-16be", "windows-1252"),
  endsInNewline: fc.boolean(),
  quotesAll: fc.boolean(),
});

/** Delimited text, whose header row is left out of `rows`. */
export const anyDelimited: fc.Arbitrary<WrittenTable> = anyStyle.chain((style) =>
  anyRows(style.encoding).map((rows) => writeDelimited(rows, style)),
);

export function writeDelimited(rows: readonly (readonly string[])[], style: Style): WrittenTable {
  const { delimiter, escape, quote, newline, encoding } = style;
  const escaped = (cell: string): string =>
    escape === "backslash"
      ? cell.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)
      : cell.replaceAll(quote, quote + quote);
  const needsQuotes = (cell: string) =>
    style.quotesAll || [delimiter, quote, "\n", "\r"].some((character) => cell.includes(character));
  const field = (cell: string) => (needsQuotes(cell) ? quote + escaped(cell) + quote : cell);
  const lines = rows.map((row) => row.map(field).join(delimiter));
  const header = encode(`one${delimiter}foo${newline}`, encoding);
  const bytes = encode(lines.join(newline) + (style.endsInNewline ? newline : ""), encoding);
  return {
    bytes: Buffer.concat([header, bytes]),
    reading: { ...csvReading, delimiter, quote, encoding, ...(escape === "backslash" ? { escape } : {}) },
    newline: newline === "\r" ? 13 : 10,
    begin: header.length,
    rows,
  };
}

export function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "windows-1252") {
    return Buffer.from(text.replaceAll("€", "\x80").replaceAll("“", "\x93"), "latin1");
  }
  const bytes = Buffer.from(text, "utf16le");
  return encoding === "utf-16le" ? bytes : bytes.swap16();
}

/** JSON whose records all have the same keys; strings are written with escapes here and there. */
export const anyJson: fc.Arbitrary<WrittenTable> = fc
  .record({
    kind: fc.constantFrom("jsonLines" as const, "jsonArray" as const, "joined" as const),
    encoding: fc.constantFrom<Encoding>("utf-8", "utf-16le"),
    records: fc.array(fc.tuple(anyCell("utf-8"), fc.integer(), anyCell("utf-8")), { maxLength: 10 }),
    escapes: fc.boolean(),
    space: fc.constantFrom("", " "),
    behind: fc.constantFrom("", ' , "foo": ["20", 1, {"ask": 7}] } 20 foo', "\n"),
  })
  .map(({ kind, encoding, records, escapes, space, behind }) => {
    const texts = records.map(([foo, number, nested]) => {
      const string = escapes ? escapedString(foo) : JSON.stringify(foo);
      const value = `[${space}${JSON.stringify(nested)}${space},${space}1]`;
      return `{"foo":${space}${string},"ask":${space}${number},${space}"20":${value}}`;
    });
    const array: readonly [string, string, string] = ['{"rows":[', `,${space}`, `]${behind}`];
    const [open, between, close] =
      kind === "jsonArray" ? array : kind === "joined" ? ["", space, space] : ["", "\n", "\n"];
    const begin = encode(open, encoding);
    const reading: Reading =
      kind === "jsonArray"
        ? { ...csvReading, kind, encoding, arrayPath: ["rows"] }
        : { ...csvReading, kind: "jsonLines", encoding, ...(kind === "joined" ? { layout: kind } : {}) };
    const rows = records.map(([foo, number, nested]) => [foo, String(number), `[${JSON.stringify(nested)},1]`]);
    const bytes = Buffer.concat([begin, encode(texts.join(between) + close, encoding)]);
    return { bytes, reading, newline: 10, begin: begin.length, rows, columns: ["foo", "ask", "20"] };
  });

function escapedString(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, "0"));
  return `"${units.map((unit) => String.raw`\u${unit}`).join("")}"`;
}

const regexes = [
  "a+b", "[a-c]{2,}", String.raw`\d+`, String.raw`20\d\d-0[1-3]-1`, "^a", "b$", String.raw`\bfoo\b`, String.raw`\Bo`,
  "(?:foo|Food)", "foo|ask|20", "(?:xfoo|foo)d?", ".", ".*", "[^a]b", String.raw`\w+`, "k+", "s", "[k-s]{2}", "(a|o)\\1",
  "é", "É+", "ß", "x?7*", String.raw`\p{L}+`, "(?=a)a+b", String.raw`\-1`, '"', "a,b", String.raw`\s`, "(?<y>20)2", "a{2}b",
  "(?i:A)b", "日.", "😀", "\u212a", "\\n", "\\r", "[^\\n]+", "(?:foo){1,2}", "fo+", "(?:a(?:s|d)k)+", "[f][o]{2}", "",
  "(?<=f)oo", "o(?!o)", "\\\\d", "$", "[_ -]", "[\\w]x",
].filter((source) => source !== ""); // prettier-ignore

/** Plain texts taken from the table and regexes of all sorts, with every combination of choices. */
export function anyPattern(rows: readonly (readonly string[])[]): fc.Arbitrary<FindPattern> {
  const cells = rows.flat().filter((cell) => cell !== "");
  const fromTable = fc
    .tuple(fc.constantFrom(...(cells.length > 0 ? cells : ["foo"])), fc.nat(8), fc.integer({ min: 1, max: 6 }))
    .map(([cell, from, length]) => cell.slice(Math.min(from, cell.length - 1)).slice(0, length));
  const plain = fc.oneof(
    fromTable,
    fromTable,
    fc.constantFrom(...words, ...structural, ...western, ...wide, "FOO", "K"),
  );
  const text = fc.oneof(
    plain.map((one) => ({ text: one, regex: false })),
    fc.constantFrom(...regexes).map((one) => ({ text: one, regex: true })),
  );
  const choices = fc.record({
    caseSensitive: fc.boolean(),
    wholeWord: fc.boolean(),
    column: fc.option(fc.nat(4), { nil: undefined, freq: 3 }),
  });
  return fc.tuple(text, choices).map(([one, { column, ...rest }]) => ({
    ...one,
    ...rest,
    ...defined({ column }),
  }));
}

/** What a slow and simple search of the rows finds. */
export function expectedMatches({ rows }: Pick<WrittenTable, "rows">, pattern: FindPattern): Match[] {
  const regex = slowRegex(pattern);
  return rows.flatMap((cells, row) =>
    cells.flatMap((cell, column) => {
      if (pattern.column !== undefined && pattern.column !== column) return [];
      const matches = Array.from(cell.matchAll(regex)).filter(([text]) => text !== "");
      return matches.map(() => ({ row, column }));
    }),
  );
}

function slowRegex({ text, regex, caseSensitive, wholeWord }: FindPattern): RegExp {
  const source = regex
    ? text
    : text.replace(/[^\p{L}\p{N}\s]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16) ?? ""}}`);
  const flags = caseSensitive ? "gu" : "giu";
  if (!regex && !caseSensitive && !wholeWord) {
    return new RegExp(
      text.replace(/[^\p{L}\p{N}\s]/gu, (one) => one.replace(/[!-~]/, String.raw`\$&`)),
      "gi",
    );
  }
  const whole = wholeWord ? String.raw`(?<![\p{L}\p{N}_])(?:${source})(?![\p{L}\p{N}_])` : source;
  try {
    return new RegExp(whole, flags);
  } catch {
    return wholeWord
      ? new RegExp(whole.replace(source, source.replaceAll(String.raw`\-`, "-")), flags)
      : new RegExp(source, flags.replace("u", ""));
  }
}

/** Where tests put their files; each its own. */
export function writeTable(folder: string, { bytes }: Pick<WrittenTable, "bytes">): string {
  const file = path.join(folder, randomUUID());
  writeFileSync(file, bytes);
  return file;
}

export interface OpenTable extends SearchedTable {
  readonly source: FileSource;
}

/** Opens a table for searches; the caller closes its source. */
export function openTable(file: string, table: Omit<WrittenTable, "bytes">): OpenTable {
  const { reading, newline, begin } = table;
  const columns = (table.columns ?? []).map((name) => ({ name, type: "text" as const }));
  return {
    source: openFileSource(file),
    scanner: createPlainScanner(),
    grammar: grammarOf({ reading, newline }),
    reading,
    cells: createCells({ reading, newline, rows: [], columns }),
    begin,
  };
}

/** The beginnings of some rows, as an index of the file has them. `chosen` says which ones, over and over. */
export function someLandmarks(table: SearchedTable, chosen: readonly boolean[]): Landmarks {
  const { scanner, grammar, source, begin, reading } = table;
  const reader = new StretchReader(source, scanner, reading.encoding);
  const { units } = reader.read(begin, inputCapacity);
  const starts = new Uint32Array(1000);
  const rows = scanner.rowStarts(grammar, freshState(), 0, units, starts);
  const bytes = [...starts.subarray(0, rows)].map((start) => begin + start * reader.unitBytes);
  const all = [begin, ...bytes].map((byte, row) => [byte, row]);
  return new Landmarks(Float64Array.from(all.filter((_, row) => row === 0 || chosen[row % chosen.length]).flat()));
}

export function foundIn(table: SearchedTable, search: Search, sizes: FinderSizes): Match[] {
  return Array.from(allMatches(new Finder(table, search, sizes))).flat();
}
