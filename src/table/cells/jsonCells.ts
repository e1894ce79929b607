import { decodeText } from "../source/textDecoding.ts";
import type { CellKind, Column, Reading } from "../tableTypes.ts";
import { ColumnSet } from "./columnSet.ts";
import { nestedParts, topParts, topPath, type Part } from "./jsonPaths.ts";
import { compactJson, decodeString, parses } from "./jsonText.ts";
import { type JsonRecord, placeOf, type RecordPlace, recordOf } from "./jsonRecord.ts";
import type { ReadRow, RowCells } from "./rowCells.ts";

export interface JsonStart {
  readonly reading: Reading;
  /** The bytes of the file's first records. Columns and types are determined from them. */
  readonly rows: readonly Uint8Array[];
  /** Columns from another reader of the same file, so that both use the same indexes. */
  readonly columns?: readonly Column[];
}

/** The column of records that are neither objects nor arrays. */
const valueName = "value";
/** How many levels of nested objects become paths. Deeper objects stay one value. */
const deepestPath = 32;

/**
 * Reads the cells of JSON records: the members of an object by key, the elements of an array by index, or a single
 * value.
 */
export function createJsonCells(start: JsonStart): RowCells {
  return new JsonCells(start);
}

class JsonCells implements RowCells {
  readonly #reading: Reading;
  readonly #place: RecordPlace;
  readonly #names: readonly string[] | undefined;
  readonly #set: ColumnSet;

  constructor({ reading, rows, columns }: JsonStart) {
    this.#reading = reading;
    this.#place = placeOf(reading);
    this.#names = reading.names && unique(reading.names);
    this.#set = new ColumnSet(columns);
    const read = rows.map((row) => this.read(row));
    const whole = read.filter(({ malformed }) => !malformed);
    // The text of a damaged record is in the first column, whatever that contains.
    if (columns === undefined && whole.length > 0) this.#set.typeBy(whole.map(({ cells }) => cells));
  }

  get columns(): readonly Column[] {
    return this.#set.columns;
  }

  get columnsVersion(): number {
    return this.#set.version;
  }

  read(bytes: Uint8Array, isCut = false, withRaw = false): ReadRow {
    const record = recordOf(decodeText(bytes, this.#reading.encoding), this.#place);
    if (record.text === "") return { cells: [], kinds: "", malformed: false };
    const parts = record.damaged ? undefined : this.#partsOf(record.text);
    const row = new JsonRow();
    const isDamaged = record.damaged || (parts === undefined && /^[{[]/.test(record.text));
    if (parts === undefined || (record.cut && parts.length === 0)) this.#putWhole(row, record.text, isDamaged);
    else this.#putAll(row, parts);
    const read = row.read(record, isCut);
    return withRaw ? { ...read, raw: row.raw } : read;
  }

  /** The elements of an array can have names elsewhere in the file. */
  #partsOf(text: string): readonly Part[] | undefined {
    const parts = topParts(text);
    if (this.#names === undefined || parts === undefined || !text.startsWith("[")) return parts;
    return parts.map((part, index) => ({ name: this.#names?.[index] ?? part.name, text: part.text }));
  }

  /** A record that is a single value. Text that isn't JSON is shown unchanged in the first column. */
  #putWhole(row: JsonRow, text: string, damaged: boolean): void {
    const value = damaged ? { text: text.trimEnd(), kind: "s" as const } : valueOf(text);
    const name = damaged ? (this.#set.columns[0]?.name ?? valueName) : valueName;
    row.put(this.#set.indexOf(name, value.text) ?? this.#set.overflowIndex(), value);
  }

  #putAll(row: JsonRow, parts: readonly Part[]): void {
    const left: Part[] = [];
    for (const { name, text } of parts) {
      if (this.#reading.flat) this.#expand(row, { name: topPath(name), text }, 1, left);
      else if (!this.#put(row, name, text)) left.push({ name, text });
    }
    if (left.length === 0) return;
    const members = left.map(({ name, text }) => `${JSON.stringify(name)}:${compactJson(text)}`);
    row.put(this.#set.overflowIndex(), { text: `{${members.join(",")}}`, kind: "o" });
  }

  /** Gives each part of a nested value its own column, if there is room for all of them. */
  #expand(row: JsonRow, value: Part, depth: number, left: Part[]): void {
    const parts = depth < deepestPath ? nestedParts(value.name, value.text) : undefined;
    const wanted = parts?.filter(({ name }) => !this.#set.has(name)).length ?? 0;
    if (parts === undefined || wanted > this.#set.free) {
      if (!this.#put(row, value.name, value.text)) left.push(value);
      return;
    }
    for (const part of parts) this.#expand(row, part, depth + 1, left);
  }

  /** Returns false if there is no column for it. */
  #put(row: JsonRow, name: string, text: string): boolean {
    const value = valueOf(text);
    let column = this.#set.indexOf(name, value.text);
    if (column !== undefined && row.has(column)) column = this.#columnOfCopy(row, name, value.text);
    if (column !== undefined) row.put(column, value);
    return column !== undefined;
  }

  /** The column of a key that its object has already had: `id (2)`. */
  #columnOfCopy(row: JsonRow, name: string, text: string): number | undefined {
    let copy = row.copies.get(name) ?? 2;
    let column = this.#set.indexOf(copyName(name, copy), text);
    while (column !== undefined && row.has(column)) column = this.#set.indexOf(copyName(name, ++copy), text);
    row.copies.set(name, copy);
    return column;
  }
}

interface JsonValue {
  /** The text in the file; absent for text that isn't a value there. */
  readonly raw?: string;
  /** The text as shown in a cell: a string is decoded; any other value is as in the file, but without white space. */
  readonly text: string;
  readonly kind: CellKind;
}

/** The cells of one record while they are put into their columns. */
class JsonRow {
  readonly #cells: string[] = [];
  readonly #kinds: CellKind[] = [];
  /** The text of each value in the file. */
  readonly raw: (string | undefined)[] = [];
  /** For each key that occurred more than once, the number of the last copy. */
  readonly copies = new Map<string, number>();
  #lastPut = 0;

  has(column: number): boolean {
    return (this.#kinds[column] ?? "-") !== "-";
  }

  put(column: number, { text, kind, raw }: JsonValue): void {
    while (this.#cells.length < column) {
      this.#cells.push("");
      this.#kinds.push("-");
      this.raw.push(undefined);
    }
    this.#cells[column] = text;
    this.#kinds[column] = kind;
    this.raw[column] = raw;
    this.#lastPut = column;
  }

  read(record: JsonRecord, isCut: boolean): ReadRow {
    if (record.cut) this.#checkLast();
    const row = { cells: this.#cells, kinds: this.#kinds.join("") };
    if (isCut) return { ...row, malformed: false, openColumn: this.#lastPut };
    return { ...row, malformed: record.damaged || record.cut || record.hasMore };
  }

  /** An incomplete record can end within its last value, which is then only text, or before it. */
  #checkLast(): void {
    const text = this.#cells[this.#lastPut] ?? "";
    this.raw[this.#lastPut] = undefined;
    if (this.#kinds[this.#lastPut] === "s" || parses(text)) return;
    this.#kinds[this.#lastPut] = text === "" ? "-" : "s";
  }
}

function valueOf(text: string): JsonValue {
  switch (text.charAt(0)) {
    case '"':
      return { text: decodeString(text), kind: "s", raw: text };
    case "{":
    case "[":
      return { text: compactJson(text), kind: "o", raw: text };
    case "t":
    case "f":
      return { text, kind: "b" };
    case "n":
      return { text, kind: "0" };
    default:
      return { text, kind: "n" };
  }
}

function copyName(name: string, copy: number): string {
  return `${name} (${copy})`;
}

/** Makes names unique, because columns of JSON are found by name: a second `id` becomes `id (2)`. */
function unique(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let key = name;
    for (let copy = 2; used.has(key); copy++) key = copyName(name, copy);
    used.add(key);
    return key;
  });
}
