import type { FindPattern } from "../tableTypes.ts";

/** A pattern as a regular expression with the flag `g`. */
export interface Expression {
  readonly regex: RegExp;
  /** The pattern's own expression, without the boundaries for whole words. */
  readonly source: string;
}

/**
 * The rules for all searches of the table: the search itself, and the grid when it highlights matches.
 *
 * A regular expression gets the flag `u` if it is valid with it. Plain text that ignores case doesn't: with `u`, `k`
 * would also match the Kelvin sign, and `s` the long s. Only whole words need it, for their boundaries.
 *
 * @throws SyntaxError for an invalid regular expression
 */
export function patternExpression(pattern: FindPattern): Expression {
  const source = pattern.regex ? pattern.text : escaped(pattern.text);
  const flags = pattern.caseSensitive ? "g" : "gi";
  const wantsUnicode = pattern.regex || pattern.wholeWord || pattern.caseSensitive;
  const unicode = wantsUnicode && compiles(source, `${flags}u`);
  const known = new RegExp(source, unicode ? `${flags}u` : flags);
  return { regex: pattern.wholeWord ? new RegExp(wholeWord(source, unicode), known.flags) : known, source };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function compiles(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}

function wholeWord(source: string, unicode: boolean): string {
  const word = unicode ? String.raw`[\p{L}\p{N}_]` : basicWordClass();
  return `(?<!${word})(?:${source})(?!${word})`;
}

let basicWord: string | undefined;

/** `[\p{L}\p{N}_]` for expressions without the flag `u`, which don't support `\p`: all characters below U+10000. */
function basicWordClass(): string {
  basicWord ??= `[${Array.from(ranges(/[\p{L}\p{N}_]/u, 0x10000)).join("")}]`;
  return basicWord;
}

function* ranges(characters: RegExp, end: number): Iterable<string> {
  let start = -1;
  for (let code = 0; code <= end; code++) {
    const within = code < end && characters.test(String.fromCharCode(code));
    if (within && start < 0) start = code;
    if (within || start < 0) continue;
    yield `${codeEscape(start)}-${codeEscape(code - 1)}`;
    start = -1;
  }
}

function codeEscape(code: number): string {
  return String.raw`\u${code.toString(16).padStart(4, "0")}`;
}
