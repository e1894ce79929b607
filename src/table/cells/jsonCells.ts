import { decodeText } from "../source/textDecoding.ts";
import type { Column, Reading } from "../tableTypes.ts";
import { ColumnSet } from "./columnSet.ts";
import { nestedParts, topParts, topPath, type Part } from "./jsonPaths.ts";
import { cut, endOfValue, skipSpace } from "./jsonSlices.ts";
import { compactJson, decodeString, parses } from "./jsonText.ts";
import type { ReadRow, RowCells } from "./rowCells.ts";

export interface JsonStart {
  readonly reading: Reading;
  /** Bytes of the file's first records: columns and types are told from them. */
  readonly rows: readonly Uint8Array[];
  /** Columns that another reader of the same file has already, so that both count them alike. */
  readonly columns?: readonly Column[];
}

/** The column of records that are neither objects nor arrays. */
const valueName = "value";
/** Levels of objects in objects that become paths; what is deeper stays one value. */
const deepestPath = 32;

/** Cells of JSON records: an object's members by key, an array's elements by place, any other value alone. */
export function createJsonCells(start: JsonStart): RowCells {
  return new JsonCells(start);
}

class JsonCells implements RowCells {
  readonly #reading: Reading;
  readonly #set: ColumnSet;

  constructor({ reading, rows, columns }: JsonStart) {
    this.#reading = reading;
    this.#set = new ColumnSet(columns);
    const read = rows.map((row) => this.read(row).cells);
    if (columns === undefined) this.#set.typeBy(read);
  }

  get columns(): readonly Column[] {
    return this.#set.columns;
  }

  get columnsVersion(): number {
    return this.#set.version;
  }

  read(bytes: Uint8Array): ReadRow {
    const record = recordOf(decodeText(bytes, this.#reading.encoding), this.#reading.kind === "jsonArray");
    if (record.text === "") return { cells: [], malformed: false };
    const parts = record.damaged ? undefined : topParts(record.text);
    const cells: string[] = [];
    if (parts === undefined || (record.cut && parts.length === 0)) this.#putWhole(cells, record);
    else this.#putAll(cells, parts);
    return { cells, malformed: record.damaged || record.cut };
  }

  /** A record that is one value. What is no JSON is shown as it is, in the first column. */
  #putWhole(cells: string[], record: JsonRecord): void {
    const value = record.damaged ? record.text : shown(record.text);
    const name = record.damaged ? (this.#set.columns[0]?.name ?? valueName) : valueName;
    fill(cells, this.#set.placeOf(name, value) ?? this.#set.overflowPlace(), value);
  }

  #putAll(cells: string[], parts: readonly Part[]): void {
    const left: Part[] = [];
    for (const { name, text } of parts) {
      if (this.#reading.flat) this.#expand(cells, { name: topPath(name), text }, 1, left);
      else if (!this.#put(cells, name, text)) left.push({ name, text });
    }
    if (left.length === 0) return;
    const members = left.map(({ name, text }) => `${JSON.stringify(name)}:${compactJson(text)}`);
    fill(cells, this.#set.overflowPlace(), `{${members.join(",")}}`);
  }

  /** Gives each part of a nested value its own column, as long as there is room for all of them. */
  #expand(cells: string[], value: Part, depth: number, left: Part[]): void {
    const parts = depth < deepestPath ? nestedParts(value.name, value.text) : undefined;
    const wanted = parts?.filter(({ name }) => !this.#set.has(name)).length ?? 0;
    if (parts === undefined || wanted > this.#set.free) {
      if (!this.#put(cells, value.name, value.text)) left.push(value);
      return;
    }
    for (const part of parts) this.#expand(cells, part, depth + 1, left);
  }

  /** False when there is no column for it. */
  #put(cells: string[], name: string, text: string): boolean {
    const value = shown(text);
    const place = this.#set.placeOf(name, value);
    if (place !== undefined) fill(cells, place, value);
    return place !== undefined;
  }
}

interface JsonRecord {
  readonly text: string;
  /** It ends before it is whole. */
  readonly cut: boolean;
  readonly damaged: boolean;
}

/** Takes off what stands around a record: white space, the comma behind it, in an array's last one all that follows. */
function recordOf(text: string, inArray: boolean): JsonRecord {
  const from = skipSpace(text, 0);
  if (from === text.length || (inArray && text.startsWith("]", from))) return { text: "", cut: false, damaged: false };
  const end = endOfValue(text, from);
  if (end === cut) return { text: text.slice(from), cut: true, damaged: false };
  const next = end < 0 ? "" : text.charAt(skipSpace(text, end));
  const endsWell = end >= 0 && (next === "" || (inArray && (next === "," || next === "]")));
  const record = endsWell ? text.slice(from, end) : text.slice(from).trimEnd();
  return { text: record, cut: false, damaged: !endsWell || !parses(record) };
}

/** Strings as what they mean, all other values as they stand, without white space between tokens. */
function shown(text: string): string {
  if (text.startsWith('"')) return decodeString(text);
  return text.startsWith("{") || text.startsWith("[") ? compactJson(text) : text;
}

function fill(cells: string[], place: number, value: string): void {
  while (cells.length < place) cells.push("");
  cells[place] = value;
}
