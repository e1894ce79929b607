import { patternExpression } from "../../../table/find/patternExpression.ts";
import type { FindPattern } from "../../../table/tableTypes.ts";

const mostMarks = 50;

/** A span of a text: beginning, and the character after its end. */
export type Span = readonly [from: number, to: number];

/**
 * The expression that the host searches for, to mark matches in view.
 *
 * @returns undefined for an empty or a broken pattern, which the host explains
 */
export function patternRegex(pattern: FindPattern): RegExp | undefined {
  if (pattern.text === "") return undefined;
  try {
    return patternExpression(pattern).regex;
  } catch {
    return undefined;
  }
}

/** The first 50 matches in a text, without empty ones. */
export function matchSpans(text: string, pattern: RegExp): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0] === "") continue;
    spans.push([match.index, match.index + match[0].length]);
    if (spans.length === mostMarks) break;
  }
  return spans;
}
