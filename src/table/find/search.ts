import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { isPlainlyDivided } from "../document/division.ts";
import type { Needle } from "../scan/scanner.ts";
import type { FindPattern, Reading } from "../tableTypes.ts";
import { isCellSafe } from "./cellSafe.ts";
import { compileExpression, countMatches } from "./expression.ts";
import { exactNeedle, longestNeedleOf, type NeedleRules, wholeNeedle } from "./needle.ts";
import type { Expression } from "./patternExpression.ts";
import { withoutAssertions } from "./relaxedSource.ts";
import { requiredLiterals } from "./requiredLiteral.ts";

/**
 * How the matches of a pattern are found. All plans that are possible for a pattern find the same matches, except in
 * damaged fields: only "everyRow" finds a match that begins before a closing quote and ends in the text after it.
 */
export type Plan =
  /** Each occurrence of the needle in the bytes is a match. */
  | { readonly kind: "literal"; readonly needle: Needle }
  /** Only cells that contain one of the needles can have matches. */
  | {
      readonly kind: "candidates";
      readonly needle: Needle;
      readonly others: readonly Needle[];
      /** A faster plan for stretches with many candidates. */
      readonly whenMany?: RawPlan;
    }
  | RawPlan
  /** The cells of each row are read, except for rows without quotes whose text doesn't match the filter. */
  | { readonly kind: "everyRow"; readonly filter: RegExp | undefined };

/** The expression is matched against the raw bytes. Cells are read only in rows with one of the needles. */
export interface RawPlan {
  readonly kind: "rawRegex";
  readonly regex: RegExp;
  readonly others: readonly Needle[];
}

export interface Search {
  readonly plan: Plan;
  /** Has the flag `g`. */
  readonly regex: RegExp;
  readonly column: number | undefined;
  /** The number of matches in one cell's value. */
  count(cell: string): number;
}

/**
 * Compiles a pattern and chooses the fastest plan that finds exactly its matches.
 *
 * @throws ExportError `invalidRequest` for an empty text and for an invalid regular expression
 */
export function compileSearch(pattern: FindPattern, reading: Reading): Search {
  const [first] = allSearches(pattern, reading);
  return first;
}

/** The searches for all possible plans, the fastest first. */
export function allSearches(pattern: FindPattern, reading: Reading): [Search, ...Search[]] {
  const expression = compileExpression(pattern);
  // Half of a surrogate pair must not be found within a pair.
  const isText = !pattern.regex && pattern.caseSensitive && !pattern.wholeWord && pattern.text.isWellFormed();
  const count = isText
    ? (cell: string) => countText(cell, pattern.text)
    : (cell: string) => countMatches(expression.regex, cell);
  const { regex } = expression;
  const [first, ...others] = plansOf(pattern, expression, reading);
  const search = (plan: Plan): Search => ({ plan, regex, column: pattern.column, count });
  return [search(first), ...others.map(search)];
}

function plansOf(pattern: FindPattern, expression: Expression, reading: Reading): [Plan, ...Plan[]] {
  const rules = needleRules(expression.regex, reading);
  const isPlain = isPlainlyDivided(reading);
  const literal = pattern.regex || pattern.wholeWord || !isPlain ? undefined : literalPlan(pattern.text, rules);
  const tree = parse(expression);
  const raw = tree && isPlain && !pattern.wholeWord ? rawPlan(tree, expression.regex, reading) : undefined;
  const candidates = candidatesPlan(tree, rules, expression.regex);
  // A needle of two bytes occurs almost everywhere.
  const rare = candidates !== undefined && candidates.needle.bytes.length > 2;
  const both = candidates && raw ? { ...candidates, whenMany: raw } : undefined;
  const inOrder = [literal, ...(rare ? [both, candidates, raw] : [raw, both, candidates])].filter(
    (plan) => plan !== undefined,
  );
  const filtered = tree && { kind: "everyRow" as const, filter: rowFilter(tree, expression, reading) };
  const every = { kind: "everyRow" as const, filter: undefined };
  const [first, ...others] = [...inOrder, ...(filtered?.filter ? [filtered] : [])];
  return first ? [first, ...others, every] : [every];
}

function literalPlan(text: string, rules: NeedleRules): Plan | undefined {
  const needle = wholeNeedle(text, rules);
  return needle && { kind: "literal", needle };
}

function candidatesPlan(tree: AST.Pattern | undefined, rules: NeedleRules, regex: RegExp) {
  const needle = longestNeedleOf(tree ? requiredLiterals(tree) : [], rules);
  if (needle === undefined) return undefined;
  const others = [...strangeLetters(regex, rules.reading), ...escapedLetters(regex, rules.reading)];
  return { kind: "candidates" as const, needle, others };
}

function rawPlan(tree: AST.Pattern, regex: RegExp, reading: Reading): RawPlan | undefined {
  const { delimiter, quote, encoding } = reading;
  const borders = new Set(Array.from(`${delimiter}${quote}\r\n`, (character) => character.charCodeAt(0)));
  const wide = encoding === "utf-16le" || encoding === "utf-16be";
  // Narrowed bytes don't show which rows contain these letters.
  const isStrange = (code: number) => wide && foldsBeyondAscii(regex) && /[sk_]/i.test(String.fromCharCode(code));
  if (!isCellSafe(tree, (code) => code < 128 && !borders.has(code) && !isStrange(code))) return undefined;
  if (/\w/.test(`${delimiter}${quote}`) || (wide && foldsBeyondAscii(regex) && /\\b/i.test(regex.source))) {
    return undefined;
  }
  return {
    kind: "rawRegex",
    regex: new RegExp(regex.source, regex.flags),
    others: strangeLetters(regex, reading),
  };
}

function needleRules({ ignoreCase, unicode }: RegExp, reading: Reading): NeedleRules {
  const wide = reading.encoding === "utf-16le" || reading.encoding === "utf-16be";
  const rules = { reading, foldsCase: ignoreCase };
  return wide && ignoreCase && unicode ? { ...rules, without: /[sk]/i } : rules;
}

/** An expression that matches every text with a matching cell in it. */
function rowFilter(tree: AST.Pattern, { regex, source }: Expression, { kind }: Reading): RegExp | undefined {
  const relaxed = kind === "delimited" ? withoutAssertions(tree, source) : undefined;
  if (relaxed === undefined) return undefined;
  const filter = new RegExp(relaxed, regex.flags.replace("g", ""));
  return filter.test("") ? undefined : filter;
}

/** With both flags, `k` matches the Kelvin sign, and `s` the long s, which are also part of `\w`. */
function foldsBeyondAscii({ ignoreCase, unicode }: RegExp): boolean {
  return ignoreCase && unicode;
}

function strangeLetters(regex: RegExp, { encoding }: Reading): Needle[] {
  return foldsBeyondAscii(regex) && encoding === "utf-8" ? [exactNeedle("\u212a"), exactNeedle("\u017f")] : [];
}

/** JSON can escape every letter. */
function escapedLetters(regex: RegExp, { kind }: Reading): Needle[] {
  if (kind === "delimited") return [];
  const ascii = ["2", "3", "4", "5", "6", "7"].map((digit) => exactNeedle(String.raw`\u00${digit}`));
  const strange = foldsBeyondAscii(regex) ? [String.raw`\u212a`, String.raw`\u017f`] : [];
  return [...ascii, ...strange.map((text) => exactNeedle(text, true))];
}

/** Undefined if the engine supports syntax that the parser doesn't know. */
function parse({ regex, source }: Expression): AST.Pattern | undefined {
  try {
    return new RegExpParser().parsePattern(source, 0, source.length, { unicode: regex.unicode });
  } catch {
    return undefined;
  }
}

function countText(cell: string, text: string): number {
  let count = 0;
  for (let at = cell.indexOf(text); at >= 0; at = cell.indexOf(text, at + text.length)) count++;
  return count;
}
