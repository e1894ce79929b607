import { elementsOf, endOfValue, membersOf, skipSpace, type Slice } from "../cells/jsonSlices.ts";
import { topParts } from "../cells/jsonPaths.ts";

/** An array inside an object. Positions are in characters of the text. */
export interface FoundArray {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  /** The position after the opening bracket. */
  readonly begin: number;
  /** The names of its columns, for records that are arrays. */
  readonly names?: readonly string[];
}

/** Decodes a key or a string, given as a slice of the text with its quotes. */
export type Decode = (slice: Slice) => string;

interface Candidate extends FoundArray {
  readonly at: number;
  readonly isOfObjects: boolean;
  /** The number of elements, up to `mostCounted`; that many also if the array doesn't end in the text. */
  readonly length: number;
}

/** How deep an array can be nested in objects. A service's envelope has one or two levels. */
const deepestPath = 3;
const mostCounted = 200;
/** More arrays are not offered. */
const mostArrays = 50;

const dataName =
  /^(?:data|records?|rows|items|results?|values?|entries|hits|documents|docs|features|list|elements|objects|content|aadata|edges|nodes)$/i;
const otherName =
  /^(?:_.*|fields?|schemas?|columns?|col_?names|cols|headers?|meta(?:data)?|warnings?|errors?|messages?|notices?|info|links?|shards|failures|facets|filters?|aggregations?|pagination|paging|types?|parameters?|params|licen[cs]es?|index|primarykey|query|debug|log|logs|context)$/i;
const columnsName = /^(?:columns?|col_?names|column_?names|cols|fields?|field_?names|headers?|names)$/i;
const nameKey = /^(?:name|id|key|field|fieldname|title|label)$/i;

/**
 * Finds the arrays of objects or of arrays in an object, the most likely data first: by the names of their keys, then by
 * their length.
 *
 * @param at the position of the object's opening brace
 */
export function arraysWithin(text: string, at: number, decode: Decode): FoundArray[] {
  const found: Candidate[] = [];
  const names: NameList[] = [];
  collect(text, at, [], decode, { found, names });
  const ranked = found.toSorted((a, b) => rank(b) - rank(a) || b.length - a.length);
  return ranked.map(({ path, begin, isOfObjects, at: from }) => {
    const fitting = isOfObjects ? undefined : namesFor(text, from, names);
    return fitting === undefined ? { path, begin } : { path, begin, names: fitting };
  });
}

interface NameList {
  readonly names: readonly string[];
}

interface Collected {
  readonly found: Candidate[];
  readonly names: NameList[];
}

function collect(text: string, at: number, path: readonly string[], decode: Decode, into: Collected): void {
  for (const { key, from } of membersOf(text, at).slices) {
    if (into.found.length >= mostArrays) return;
    const here = [...path, decode(key)];
    if (text.charAt(from) === "{" && here.length < deepestPath) collect(text, from, here, decode, into);
    if (text.charAt(from) !== "[") continue;
    const name = here.at(-1) ?? "";
    if (columnsName.test(name)) {
      const names = namesIn(text, from, decode);
      if (names !== undefined) into.names.push({ names });
    }
    const first = text.charAt(skipSpace(text, from + 1));
    if (first !== "{" && first !== "[") continue;
    into.found.push({ path: here, begin: from + 1, at: from, isOfObjects: first === "{", length: countOf(text, from) });
  }
}

/** How many elements an array has, up to a number that is enough to compare arrays. */
function countOf(text: string, at: number): number {
  let position = skipSpace(text, at + 1);
  for (let count = 1; count < mostCounted; count++) {
    const end = endOfValue(text, position);
    const next = end < 0 ? end : skipSpace(text, end);
    if (next < 0 || next === text.length) return mostCounted;
    if (text.charAt(next) !== ",") return count;
    position = skipSpace(text, next + 1);
  }
  return mostCounted;
}

function rank({ path, isOfObjects }: Candidate): number {
  const last = path.at(-1) ?? "";
  const isOther = path.some((name) => otherName.test(name));
  return (isOther ? -4 : dataName.test(last) ? 2 : 0) + (isOfObjects ? 1 : 0);
}

/** The names of columns, if an array contains only texts, or only objects with a name each. */
function namesIn(text: string, at: number, decode: Decode): string[] | undefined {
  const { slices, end } = elementsOf(text, at);
  if (end < 0 || slices.length === 0) return undefined;
  const names = slices.map(({ from, to }) => {
    if (text.charAt(from) === '"') return decode({ from, to });
    if (text.charAt(from) !== "{") return undefined;
    const member = membersOf(text, from).slices.find(
      ({ key, from: value }) => nameKey.test(decode(key)) && text.charAt(value) === '"',
    );
    return member && decode(member);
  });
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** The list of names that has as many names as the first record has elements. */
function namesFor(text: string, at: number, lists: readonly NameList[]): readonly string[] | undefined {
  const [first] = elementsOf(text, at).slices;
  const parts = first && topParts(text.slice(first.from, first.to));
  return lists.find(({ names }) => names.length === parts?.length)?.names;
}
