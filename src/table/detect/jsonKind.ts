import { cut, damaged, endOfValue, membersOf, skipSpace, type Slice } from "../cells/jsonSlices.ts";
import { parses } from "../cells/jsonText.ts";

/** How JSON's records stand in a file. Positions count characters of the text. */
export type JsonKind =
  | { readonly kind: "jsonLines"; readonly begin: number }
  /** `begin` is behind the opening bracket; `path` are the keys that lead to it, with their quotes. */
  | { readonly kind: "jsonArray"; readonly begin: number; readonly path: readonly Slice[] }
  /** No list of records. */
  | { readonly kind: "other"; readonly begin: number }
  | { readonly kind: "broken" };

export interface JsonText {
  /** The file's beginning, one character for each byte or UTF-16 unit. */
  readonly text: string;
  /** It is the whole file. */
  readonly whole: boolean;
  /** What the file's name says it is. */
  readonly named: "json" | "jsonLines" | "other";
}

/** How many objects an array may stand in: a service's envelope has one or two. */
const deepestPath = 3;

/**
 * What kind of JSON a text is, judged by its content; its name decides only between JSON and text that happens to begin
 * like it, and for a single line.
 *
 * @returns undefined when it is no JSON
 */
export function jsonKind(json: JsonText): JsonKind | undefined {
  const { text, named } = json;
  const begin = skipSpace(text, 0);
  const first = text.charAt(begin);
  const opens = first === "{" || first === "[";
  if (!opens && (named === "other" || endOfValue(text, begin) === damaged)) return undefined;
  if (isLines(json, begin)) return { kind: "jsonLines", begin };
  if (named === "other" && !isClearlyJson(json, begin)) return undefined;
  if (first === "[") return arrayAt(json, begin);
  if (first === "{") return arrayWithin(json, begin);
  const cutOff = json.whole && endOfValue(text, begin) === cut;
  return followsOnly(json, begin) && !cutOff ? { kind: "other", begin } : { kind: "broken" };
}

/** The first line is a value, and more lines follow or are said to follow. */
function isLines({ text, whole, named }: JsonText, begin: number): boolean {
  const end = endOfValue(text, begin);
  if (end === cut) return named === "jsonLines";
  if (end === damaged || text.slice(begin, end).includes("\n")) return false;
  const lineEnd = text.indexOf("\n", end);
  const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
  if (rest.trim() !== "") return false;
  if (named === "jsonLines") return true;
  const first = text.charAt(begin);
  if ((first !== "{" && first !== "[") || lineEnd < 0) return false;
  const next = skipSpace(text, lineEnd);
  // A value that has ended and more to come can only be another line.
  const another = next < text.length ? /[{["\d-]/.test(text.charAt(next)) : !whole;
  return another && parses(text.slice(begin, end));
}

/** For files that are not named JSON: a closed value is JSON to its end, an open one as far as it goes. */
function isClearlyJson(json: JsonText, begin: number): boolean {
  const { text } = json;
  const end = endOfValue(text, begin);
  if (end >= 0) return followsOnly(json, begin) && parses(text.slice(begin, end));
  if (end === damaged || json.whole) return false;
  if (text.charAt(begin) === "{") return membersOf(text, begin).end !== damaged;
  const element = skipSpace(text, begin + 1);
  const elementEnd = endOfValue(text, element);
  if (elementEnd < 0) return elementEnd === cut && "{[".includes(text.charAt(element));
  return "{[".includes(text.charAt(element)) && parses(text.slice(element, elementEnd));
}

function arrayAt({ text, whole }: JsonText, at: number): JsonKind {
  const array: JsonKind = { kind: "jsonArray", begin: at + 1, path: [] };
  const first = skipSpace(text, at + 1);
  if (first === text.length) return whole ? { kind: "broken" } : array;
  if (text.charAt(first) === "]") return array;
  const end = endOfValue(text, first);
  if (end === damaged) return { kind: "broken" };
  if (end === cut) return array;
  const next = text.charAt(skipSpace(text, end));
  return next === "" || next === "," || next === "]" ? array : { kind: "broken" };
}

function arrayWithin(json: JsonText, at: number): JsonKind {
  const found = findArray(json.text, at, []);
  if (found !== undefined) return found;
  const { end } = membersOf(json.text, at);
  if (end === damaged || (end === cut && json.whole)) return { kind: "broken" };
  if (end >= 0 && (!followsOnly(json, at) || !parses(json.text.slice(at, end)))) return { kind: "broken" };
  return { kind: "other", begin: at };
}

/** The first array, in file order, whose first element is an object. */
function findArray(text: string, at: number, path: readonly Slice[]): JsonKind | undefined {
  for (const { key, from } of membersOf(text, at).slices) {
    const here = [...path, key];
    if (text.charAt(from) === "[" && text.charAt(skipSpace(text, from + 1)) === "{") {
      return { kind: "jsonArray", begin: from + 1, path: here };
    }
    if (text.charAt(from) === "{" && here.length < deepestPath) {
      const inside = findArray(text, from, here);
      if (inside !== undefined) return inside;
    }
  }
  return undefined;
}

/** Nothing but white space stands behind the value. */
function followsOnly({ text }: JsonText, at: number): boolean {
  const end = endOfValue(text, at);
  return end < 0 || skipSpace(text, end) === text.length;
}
