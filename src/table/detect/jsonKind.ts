import { cut, damaged, endOfValue, membersOf, skipSpace } from "../cells/jsonSlices.ts";
import { parses } from "../cells/jsonText.ts";
import type { Newline } from "../scan/scanner.ts";
import { arraysWithin, type Decode, type FoundArray } from "./arrayChoice.ts";
import { lineEnding } from "./lineEnding.ts";

/** How the records of a JSON file are written. Positions are in characters of the text. */
export type JsonKind =
  | { readonly kind: "jsonLines"; readonly begin: number; readonly newline: Newline }
  /** Values that are not on one line each. */
  | { readonly kind: "joined"; readonly begin: number }
  | {
      readonly kind: "jsonArray";
      /** Where the records can be: one array that is the whole file, or arrays inside an object, the best one first. */
      readonly arrays: readonly [FoundArray, ...FoundArray[]];
      /** Present if text follows the object that contains the arrays. */
      readonly textBehind?: true;
    }
  /** Not a list of records. */
  | { readonly kind: "other"; readonly begin: number }
  | { readonly kind: "broken" };

/** A text, and where its first value ends: a position, or `cut`, or `damaged`. */
interface JsonValueText extends JsonText {
  readonly end: number;
}

export interface JsonText {
  /** The file's beginning, with one character per byte or UTF-16 unit. */
  readonly text: string;
  readonly decode: Decode;
  /** Whether it is the whole file. */
  readonly whole: boolean;
  /** The type according to the file's name. */
  readonly named: "json" | "jsonLines" | "other";
}

const examinedLength = 64 * 1024;
const recordSeparator = "\u001e";
/** Records are looked for after this many other lines. */
const mostOtherLines = 20;

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
  if (first === recordSeparator) return sequenceAt(json, begin);
  const opens = first === "{" || first === "[";
  if (!opens && (named === "other" || endOfValue(text, begin) === damaged)) return afterOtherLines(json);
  const value = { ...json, end: endOfValue(text, begin) };
  if (isLines(value, begin)) return linesFrom(json, begin);
  if (named === "other" && !isClearlyJson(value, begin)) return undefined;
  if (first === "[") return arrayAt(json, begin);
  if (first === "{") return isJoined(value, begin) ? { kind: "joined", begin } : arrayWithin(value, begin);
  const cutOff = json.whole && value.end === cut;
  return followsOnly(value) && !cutOff ? { kind: "other", begin } : { kind: "broken" };
}

/** The first lines show how all of them end. */
function newlineOf(text: string): 10 | 13 {
  return lineEnding(text.slice(0, examinedLength)).newline;
}

function linesFrom({ text }: JsonText, begin: number): JsonKind {
  return { kind: "jsonLines", begin, newline: newlineOf(text) };
}

/** RFC 7464: each value follows a record separator. */
function sequenceAt({ text }: JsonText, begin: number): JsonKind | undefined {
  const value = skipSpace(text, begin + 1);
  const isValue = value === text.length || /[{["\dtfn\u001e-]/.test(text.charAt(value));
  return isValue ? { kind: "jsonLines", begin: begin + 1, newline: 30 } : undefined;
}

/** Lines of a log can come before the records. They are shown as damaged rows. */
function afterOtherLines(json: JsonText): JsonKind | undefined {
  const { text, named } = json;
  if (named === "other") return undefined;
  const newline = newlineOf(text);
  let at = 0;
  for (let line = 0; line < mostOtherLines; line++) {
    const end = text.indexOf(String.fromCharCode(newline), at);
    if (end < 0) return undefined;
    at = end + 1;
    const value = skipSpace(text, at);
    if (!/[{[]/.test(text.charAt(value))) continue;
    if (isOfObjects(text, value)) return arrayAt(json, value);
    const valueEnd = endOfValue(text, value);
    const found = isLines({ ...json, named: "jsonLines", end: valueEnd }, value) ? linesFrom(json, 0) : undefined;
    if (found !== undefined && valueEnd >= 0 && parses(text.slice(value, valueEnd))) return found;
    return text.charAt(value) === "[" ? arrayAt(json, value) : undefined;
  }
  return undefined;
}

/** Whether the first line is a value, and more lines follow, or should follow according to the name. */
function isLines({ text, whole, named, end }: JsonValueText, begin: number): boolean {
  if (end === cut) return named === "jsonLines";
  if (end === damaged || /[\r\n]/.test(text.slice(begin, end))) return false;
  const newline = String.fromCharCode(newlineOf(text));
  const lineEnd = text.indexOf(newline, end);
  const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
  if (rest.trim() !== "") return false;
  const first = text.charAt(begin);
  if (isOfObjects(text, begin) && isArrays(text, end)) return false;
  if (named === "jsonLines") return true;
  if ((first !== "{" && first !== "[") || lineEnd < 0) return false;
  const next = skipSpace(text, lineEnd);
  // If text follows a complete value, it can only be another line.
  const another = next < text.length ? /[{["\d-]/.test(text.charAt(next)) : !whole;
  return another && parses(text.slice(begin, end));
}

function isOfObjects(text: string, at: number): boolean {
  return text.charAt(at) === "[" && text.charAt(skipSpace(text, at + 1)) === "{";
}

/** Whether arrays follow one another, so that their elements are the records. */
function isArrays(text: string, end: number): boolean {
  return text.charAt(skipSpace(text, end)) === "[";
}

/** Whether another value follows the first one, without a line of its own. */
function isJoined({ text, named, end }: JsonValueText, begin: number): boolean {
  if (end < 0 || !parses(text.slice(begin, end))) return false;
  const next = skipSpace(text, end);
  const isComma = named !== "other" && text.charAt(next) === ",";
  return /[{[\u001e]/.test(text.charAt(isComma ? skipSpace(text, next + 1) : next));
}

/** For files without a JSON name. A complete value must be valid JSON; an incomplete one must begin like valid JSON. */
function isClearlyJson(json: JsonValueText, begin: number): boolean {
  const { text, end } = json;
  if (end >= 0) return (followsOnly(json) || isJoined(json, begin)) && parses(text.slice(begin, end));
  if (end === damaged || json.whole) return false;
  if (text.charAt(begin) === "{") return membersOf(text, begin).end !== damaged;
  const element = skipSpace(text, begin + 1);
  const elementEnd = endOfValue(text, element);
  if (elementEnd < 0) return elementEnd === cut && "{[".includes(text.charAt(element));
  return "{[".includes(text.charAt(element)) && parses(text.slice(element, elementEnd));
}

function arrayAt({ text, whole }: JsonText, at: number): JsonKind {
  const array: JsonKind = { kind: "jsonArray", arrays: [{ path: [], begin: at + 1 }] };
  const first = skipSpace(text, at + 1);
  if (first === text.length) return whole ? { kind: "broken" } : array;
  if (text.charAt(first) === "]") return array;
  const end = endOfValue(text, first);
  if (end === damaged) return { kind: "broken" };
  if (end === cut) return array;
  const next = text.charAt(skipSpace(text, end));
  return next === "" || next === "," || next === "]" ? array : { kind: "broken" };
}

function arrayWithin(json: JsonValueText, at: number): JsonKind {
  const [best, ...others] = arraysWithin(json.text, at, json.decode);
  if (best !== undefined) {
    const arrays: readonly [FoundArray, ...FoundArray[]] = [best, ...others];
    return followsOnly(json) ? { kind: "jsonArray", arrays } : { kind: "jsonArray", arrays, textBehind: true };
  }
  const { end } = membersOf(json.text, at);
  if (end === damaged || (end === cut && json.whole)) return { kind: "broken" };
  if (end >= 0 && (!followsOnly(json) || !parses(json.text.slice(at, end)))) return { kind: "broken" };
  return { kind: "other", begin: at };
}

/** Whether only white space follows the value. */
function followsOnly({ text, end }: JsonValueText): boolean {
  return end < 0 || skipSpace(text, end) === text.length;
}
