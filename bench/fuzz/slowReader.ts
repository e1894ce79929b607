/**
 * An independent reader, to compare the table with: simple, one character after the other, with the whole file in memory.
 * Written from RFC 4180 and docs/reading.md; it shares no code with the extension.
 */
import type { CellKind } from "../../src/table/tableTypes.ts";
import { bytesOf } from "./encodedText.ts";
import type { FuzzTable, JsonWriting } from "./fuzzTable.ts";
import { type DelimitedRules, slowFields, slowLines, withoutBlankEnd } from "./slowDelimited.ts";
import { slowRecords, type SlowValue } from "./slowJson.ts";

export interface SlowCell {
  readonly text: string;
  /** JSON only. */
  readonly kind?: CellKind;
}

export interface SlowRow {
  /** By column: its index in delimited text, its name in JSON. Missing values are left out. */
  readonly cells: ReadonlyMap<string, SlowCell>;
  readonly malformed: boolean;
}

export interface SlowTable {
  /** The names in the header row. */
  readonly header: readonly string[];
  readonly rows: readonly SlowRow[];
}

/** What the table finds out for itself. */
export interface Told {
  readonly skipsSpaces: boolean;
}

/** A first line that is longer is a row. */
const longestHeaderBytes = 1 << 20;
const longestExpanded = 32;

export function slowRead(table: FuzzTable, told: Told): SlowTable {
  const { writing, text } = table;
  if (writing.kind === "json") return { header: [], rows: jsonRows(text, writing) };
  const rules: DelimitedRules = { ...writing, ...told };
  const [first = ""] = slowLines(text, rules);
  const hasHeader = writing.header && bytesOf({ ...table, text: first }).length <= longestHeaderBytes;
  const body = withoutBlankEnd(hasHeader ? text.slice(first.length) : text, rules);
  const header = hasHeader ? (slowFields(first, rules)[0]?.cells ?? []) : [];
  return {
    header,
    rows: slowFields(body, rules).map(({ cells, malformed }) => ({ cells: byIndex(cells), malformed })),
  };
}

function byIndex(cells: readonly string[]): Map<string, SlowCell> {
  return new Map(cells.map((text, index) => [`${index}`, { text }]));
}

function jsonRows(text: string, writing: JsonWriting): SlowRow[] {
  let first: string | undefined;
  return slowRecords(text, writing).map(({ value, line }) => {
    const cells = new Map<string, SlowCell>();
    if (value === undefined) cells.set(first ?? "value", { text: line, kind: "s" });
    else putRecord(cells, value, writing.flat);
    [first] = first === undefined ? [...cells.keys()] : [first];
    return { cells, malformed: value === undefined };
  });
}

function putRecord(cells: Map<string, SlowCell>, value: SlowValue, flat: boolean): void {
  const parts = partsOf(value);
  if (parts === undefined) put(cells, "value", value);
  for (const [key, part] of parts ?? []) {
    if (flat) putFlat(cells, isPlain(key) ? key : `[${JSON.stringify(key)}]`, part);
    else put(cells, key, part);
  }
}

/** The members of an object, the elements of an array from 1; undefined for other values. */
function partsOf({ members, elements }: SlowValue): readonly (readonly [string, SlowValue])[] | undefined {
  return members ?? elements?.map((element, index) => [`${index + 1}`, element]);
}

function putFlat(cells: Map<string, SlowCell>, path: string, value: SlowValue): void {
  const { members = [], elements = [] } = value;
  const isExpanded = members.length > 0 || (elements.length > 0 && elements.length <= longestExpanded);
  if (!isExpanded) put(cells, path, value);
  for (const [key, part] of members) {
    putFlat(cells, isPlain(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`, part);
  }
  if (isExpanded) elements.forEach((element, index) => putFlat(cells, `${path}[${index}]`, element));
}

/** A key that occurs again has a column of its own. */
function put(cells: Map<string, SlowCell>, column: string, { text, kind }: SlowValue): void {
  let name = column;
  for (let copy = 2; cells.has(name); copy++) name = `${column} (${copy})`;
  cells.set(name, { text, kind });
}

function isPlain(key: string): boolean {
  return key !== "" && !/[.[\]"]/.test(key);
}
