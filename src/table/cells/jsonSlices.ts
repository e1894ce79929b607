/** A section of a text: from its first character up to, but not including, `to`. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

export interface Member extends Slice {
  /** The key with its quotes. */
  readonly key: Slice;
}

/** Returned instead of a position: the text ends before the value does. */
export const cut = -1;
/** Returned instead of a position: there is no value. */
export const damaged = -2;

export interface Slices<S extends Slice> {
  /** In file order. If `end` is `cut`, the last one may be incomplete. */
  readonly slices: readonly S[];
  /** The position after the closing bracket, or `cut`, or `damaged`. */
  readonly end: number;
}

/** NaN and Infinity are not JSON, but Python writes them, and they show where a value ends. */
const scalar = /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity)(?![\w.+-])/y;
/** Numbers that lack a digit at the end. */
const cutNumber = /^-?(?:\d+(?:\.|(?:\.\d+)?[eE][+-]?))?$/;
const literals = ["true", "false", "null", "NaN", "Infinity", "-Infinity"];
const longestCutScalar = 400;

/** The position of the first character at or after `at` that is not white space. */
export function skipSpace(text: string, at: number): number {
  let position = at;
  while (position < text.length && isSpace(text.charCodeAt(position))) position++;
  return position;
}

/** Whether it is one of the four white space characters of JSON. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/**
 * Finds the end of the value that begins at `at`. Only quotes and brackets matter: what is between them may be damaged.
 *
 * @returns the position after it, or `cut`, or `damaged`
 */
export function endOfValue(text: string, at: number): number {
  const first = text.charAt(at);
  if (first === "") return cut;
  if (first === '"') return endOfString(text, at);
  if (first === "{" || first === "[") return endOfBrackets(text, at);
  return endOfScalar(text, at);
}

/** The members of the object that begins at `at`, as slices of the text. */
export function membersOf(text: string, at: number): Slices<Member> {
  const slices: Member[] = [];
  const end = eachValue(text, at, "}", (start) => {
    const keyEnd = text.charAt(start) === '"' ? endOfString(text, start) : start < text.length ? damaged : cut;
    if (keyEnd < 0) return keyEnd;
    const colon = skipSpace(text, keyEnd);
    if (text.charAt(colon) !== ":") return colon < text.length ? damaged : cut;
    const from = skipSpace(text, colon + 1);
    const to = endOfValue(text, from);
    if (to !== damaged) slices.push({ key: { from: start, to: keyEnd }, from, to: to === cut ? text.length : to });
    return to;
  });
  return { slices, end };
}

/** The elements of the array that begins at `at`, as slices of the text. */
export function elementsOf(text: string, at: number): Slices<Slice> {
  const slices: Slice[] = [];
  const end = eachValue(text, at, "]", (from) => {
    const to = endOfValue(text, from);
    if (to !== damaged && from < text.length) slices.push({ from, to: to === cut ? text.length : to });
    return to;
  });
  return { slices, end };
}

/** Goes from comma to comma. `read` returns where one entry ends. */
function eachValue(text: string, at: number, closing: string, read: (at: number) => number): number {
  let position = skipSpace(text, at + 1);
  if (text.charAt(position) === closing) return position + 1;
  for (;;) {
    const end = read(position);
    if (end < 0) return end;
    position = skipSpace(text, end);
    const next = text.charAt(position);
    if (next === closing) return position + 1;
    if (next !== ",") return next === "" ? cut : damaged;
    position = skipSpace(text, position + 1);
  }
}

function endOfString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return cut;
}

function endOfBrackets(text: string, at: number): number {
  let depth = 0;
  for (let position = at; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === 0x22) {
      const end = endOfString(text, position);
      if (end < 0) return end;
      position = end - 1;
    } else if (code === 0x7b || code === 0x5b) depth++;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return position + 1;
  }
  return cut;
}

function endOfScalar(text: string, at: number): number {
  scalar.lastIndex = at;
  if (scalar.test(text)) return scalar.lastIndex;
  const rest = text.slice(at, at + longestCutScalar);
  return cutNumber.test(rest) || literals.some((literal) => literal.startsWith(rest)) ? cut : damaged;
}
