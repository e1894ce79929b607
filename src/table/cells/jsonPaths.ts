import { damaged, elementsOf, membersOf, skipSpace } from "./jsonSlices.ts";
import { decodeString } from "./jsonText.ts";

/** A part of a value: its path, and its text in the file. */
export interface Part {
  readonly name: string;
  readonly text: string;
}

/** Longer arrays stay one value, because the length of an array is data and shouldn't decide the number of columns. */
const longestExpanded = 32;

/**
 * The members of an object, or the elements of an array, numbered from 1. Undefined for any other value, and if
 * something else is between them: it would be missing from the parts.
 */
export function topParts(text: string): readonly Part[] | undefined {
  const at = skipSpace(text, 0);
  const first = text.charAt(at);
  if (first === "{") {
    const { slices, end } = membersOf(text, at);
    if (end === damaged) return undefined;
    return slices.map(({ key, from, to }) => ({
      name: decodeString(text.slice(key.from, key.to)),
      text: text.slice(from, to),
    }));
  }
  if (first !== "[") return undefined;
  const { slices, end } = elementsOf(text, at);
  if (end === damaged) return undefined;
  return slices.map(({ from, to }, place) => ({ name: `${place + 1}`, text: text.slice(from, to) }));
}

/** The path of a record's own member: its key, in brackets if it looks like a path. */
export function topPath(key: string): string {
  return isPlain(key) ? key : bracketed(key);
}

/**
 * The parts of a nested value, each named by its path: `user.name`, `items[0]`, `user["first.name"]`.
 *
 * @param path the path of the value itself
 * @returns undefined for a value without parts, and for a long array
 */
export function nestedParts(path: string, text: string): readonly Part[] | undefined {
  const parts = topParts(text);
  if (parts === undefined || parts.length === 0) return undefined;
  if (text.startsWith("{")) {
    return parts.map((part) => ({
      name: isPlain(part.name) ? `${path}.${part.name}` : path + bracketed(part.name),
      text: part.text,
    }));
  }
  if (parts.length > longestExpanded) return undefined;
  return parts.map((part, place) => ({ name: `${path}[${place}]`, text: part.text }));
}

function isPlain(key: string): boolean {
  return key !== "" && !/[.[\]"]/.test(key);
}

function bracketed(key: string): string {
  return `[${JSON.stringify(key)}]`;
}
