import type { FindPattern } from "../../../table/tableTypes.ts";

const mostMarks = 50;

/** A span of a text: beginning, and the character after its end. */
export type Span = readonly [from: number, to: number];

/**
 * The rules by which the host searches, for what is in view: flag `u` where the expression allows it, but not for plain
 * text in either case.
 * @returns undefined for an empty or a broken pattern, which the host explains, and for whole words of an expression
 *   that does not allow `u`, which are found but not marked
 */
export function patternRegex({ text, regex, caseSensitive, wholeWord }: FindPattern): RegExp | undefined {
  if (text === "") return undefined;
  const source = regex ? text : text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  const flags = caseSensitive ? "g" : "gi";
  const unicode = regex || wholeWord || caseSensitive ? compiled(source, `${flags}u`) : undefined;
  if (!wholeWord) return unicode ?? compiled(source, flags);
  return unicode && compiled(String.raw`(?<![\p{L}\p{N}_])(?:${source})(?![\p{L}\p{N}_])`, `${flags}u`);
}

function compiled(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** Where a text matches; empty matches and those beyond the first 50 are left out. */
export function matchSpans(text: string, pattern: RegExp): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0] === "") continue;
    spans.push([match.index, match.index + match[0].length]);
    if (spans.length === mostMarks) break;
  }
  return spans;
}
