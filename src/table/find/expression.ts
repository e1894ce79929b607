import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { FindPattern } from "../tableTypes.ts";

/** What a pattern looks for, as one regular expression with the flag `g`. */
export interface Expression {
  readonly regex: RegExp;
  /** What the person asked for, without the borders of whole words around it. */
  readonly source: string;
}

/**
 * Regexes get the flag `u` where they allow it. Plain text in either case does not, for with it `k` would find the
 * Kelvin sign and `s` the long s; only whole words need it, for their borders.
 *
 * @throws ExportError `invalidRequest` for an empty text and for a broken regex
 */
export function compileExpression(pattern: FindPattern): Expression {
  if (pattern.text === "") throw new ExportError("invalidRequest", t("There is no text to look for."));
  const source = pattern.regex ? pattern.text : escaped(pattern.text);
  const flags = pattern.caseSensitive ? "g" : "gi";
  const wantsUnicode = pattern.regex || pattern.wholeWord || pattern.caseSensitive;
  const unicode = wantsUnicode && compiles(source, `${flags}u`);
  const known = compile(source, unicode ? `${flags}u` : flags);
  return { regex: pattern.wholeWord ? compile(wholeWord(source, unicode), known.flags) : known, source };
}

/**
 * The next match that is not empty, from `regex.lastIndex` on, which moves behind it.
 *
 * @param regex with the flag `g`
 */
export function nextMatch(regex: RegExp, text: string): RegExpExecArray | null {
  for (;;) {
    const match = regex.exec(text);
    if (match === null || match[0].length > 0) return match;
    const astral = regex.unicode && (text.codePointAt(match.index) ?? 0) > 0xffff;
    regex.lastIndex = match.index + (astral ? 2 : 1);
  }
}

/** Matches in a text, none overlapping the one before it, empty ones not counted. */
export function countMatches(regex: RegExp, text: string): number {
  let count = 0;
  regex.lastIndex = 0;
  while (nextMatch(regex, text) !== null) count++;
  return count;
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

function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new ExportError("invalidRequest", t("This is not a valid regular expression: {0}", reasonOf(error)), {
      cause: error,
    });
  }
}

/** The engine repeats the whole expression before it says what is wrong. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /.*\/[a-z]*: (.+)$/s.exec(message)?.[1] ?? message;
}

function wholeWord(source: string, unicode: boolean): string {
  const word = unicode ? String.raw`[\p{L}\p{N}_]` : basicWordClass();
  return `(?<!${word})(?:${source})(?!${word})`;
}

let basicWord: string | undefined;

/** `[\p{L}\p{N}_]` for expressions without the flag `u`, which know no `\p`: all below U+10000. */
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
