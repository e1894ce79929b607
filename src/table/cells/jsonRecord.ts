import type { Reading } from "../tableTypes.ts";
import { cut, endOfValue, isSpace, skipSpace } from "./jsonSlices.ts";
import { parses } from "./jsonText.ts";

export interface JsonRecord {
  readonly text: string;
  /** Whether the record is incomplete. */
  readonly cut: boolean;
  readonly damaged: boolean;
  /** Whether something other than a record follows it that has no row of its own. */
  readonly hasMore: boolean;
}

/** What is around the records of a file. */
export type RecordPlace = "line" | "joined" | "innerArray" | "innerArrayBeforeText" | "wholeArray";

const recordSeparator = 0x1e;
const comma = 0x2c;
const none: JsonRecord = { text: "", cut: false, damaged: false, hasMore: false };

export function placeOf({ kind, layout, arrayPath, textBehind }: Reading): RecordPlace {
  if (kind !== "jsonArray") return layout ?? "line";
  if (arrayPath.length === 0) return "wholeArray";
  return textBehind === true ? "innerArrayBeforeText" : "innerArray";
}

/**
 * Removes what surrounds a record: white space, record separators, the comma after it, and what follows the last record
 * of an array. An array that is the whole file is followed by nothing or by another array.
 */
export function recordOf(row: string, place: RecordPlace): JsonRecord {
  const text = withoutSeparator(row);
  const inArray = place !== "line" && place !== "joined";
  const from = skipAround(text, 0, place === "joined");
  if (from === text.length) return none;
  if (inArray && text.startsWith("]", from)) {
    const isLast = place !== "wholeArray" || endsArray(text, from);
    return isLast ? none : { ...none, text: text.slice(from + 1).trim(), damaged: true };
  }
  const end = endOfValue(text, from);
  if (end === cut) return { ...none, text: text.slice(from), cut: true };
  const after = end < 0 ? text.length : skipAround(text, end, false);
  const next = text.charAt(after);
  const endsWell = end >= 0 && (next === "" || (inArray && (next === "," || next === "]")));
  const record = endsWell ? text.slice(from, end) : text.slice(from).trimEnd();
  const isBeforeText = place === "innerArrayBeforeText" && next !== ",";
  const hasMore = endsWell && (isBeforeText || (place === "wholeArray" && next === "]" && !endsArray(text, after)));
  return { ...none, text: record, damaged: !endsWell || !parses(record), hasMore };
}

/** A record separator at the end belongs to the next record. */
function withoutSeparator(row: string): string {
  let end = row.length;
  while (end > 0 && row.charCodeAt(end - 1) === recordSeparator) end--;
  return row.slice(0, end);
}

/** Whether only white space, or the bracket of another array, follows the bracket that closes an array. */
function endsArray(text: string, at: number): boolean {
  const rest = text.slice(at + 1).trim();
  return rest === "" || rest === "[";
}

function skipAround(text: string, at: number, skipsComma: boolean): number {
  let position = skipSpace(text, at);
  for (;;) {
    const code = text.charCodeAt(position);
    if (!isSpace(code) && code !== recordSeparator && !(skipsComma && code === comma)) return position;
    position++;
  }
}
