import { cut, damaged, endOfValue, membersOf, skipSpace, type Slice } from "../cells/jsonSlices.ts";
import { parses } from "../cells/jsonText.ts";

/** How the records of a JSON file are written. Positions are in characters of the text. */
export type JsonKind =
  | { readonly kind: "jsonLines"; readonly begin: number }
  /** `begin` is the position after the opening bracket; `path` contains the keys that lead to it, with their quotes. */
  | { readonly kind: "jsonArray"; readonly begin: number; readonly path: readonly Slice[] }
  /** Not a list of records. */
  | { readonly kind: "other"; readonly begin: number }
  | { readonly kind: "broken" };

export interface JsonText {
  /** The file's beginning, with one character per byte or UTF-16 unit. */
  readonly text: string;
  /** Whether it is the whole file. */
  readonly whole: boolean;
  /** The type according to the file's name. */
  readonly named: "json" | "jsonLines" | "other";
}

/** How deep an array can be nested in objects. A service's envelope has one or two levels. */
const deepestPath = 3;

/**
 * Decides by the content what kind of JSON a text is. The name matters only for text that happens to begin like JSON,
 * and for a single line.
 *
 * @returns undefined if it isn't JSON
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

/** Whether the first line is a value, and more lines follow, or should follow according to the name. */
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
  // If text follows a complete value, it can only be another line.
  const another = next < text.length ? /[{["\d-]/.test(text.charAt(next)) : !whole;
  return another && parses(text.slice(begin, end));
}

/** For files without a JSON name. A complete value must be valid JSON; an incomplete one must begin like valid JSON. */
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

/** Whether only white space follows the value. */
function followsOnly({ text }: JsonText, at: number): boolean {
  const end = endOfValue(text, at);
  return end < 0 || skipSpace(text, end) === text.length;
}
