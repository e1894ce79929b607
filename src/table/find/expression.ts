import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { FindPattern } from "../tableTypes.ts";
import { type Expression, patternExpression } from "./patternExpression.ts";

/** @throws ExportError `invalidRequest` for an empty text and for an invalid regular expression */
export function compileExpression(pattern: FindPattern): Expression {
  if (pattern.text === "") throw new ExportError("invalidRequest", t("Enter a text to search for."));
  try {
    return patternExpression(pattern);
  } catch (error) {
    throw new ExportError("invalidRequest", t("This is not a valid regular expression: {0}", reasonOf(error)), {
      cause: error,
    });
  }
}

/**
 * The next match that is not empty, from `regex.lastIndex` on, which is moved after it.
 *
 * @param regex has the flag `g`
 */
export function nextMatch(regex: RegExp, text: string): RegExpExecArray | null {
  for (;;) {
    const match = regex.exec(text);
    if (match === null || match[0].length > 0) return match;
    const astral = regex.unicode && (text.codePointAt(match.index) ?? 0) > 0xffff;
    regex.lastIndex = match.index + (astral ? 2 : 1);
  }
}

/** The number of matches in a text, without overlaps and empty matches. */
export function countMatches(regex: RegExp, text: string): number {
  let count = 0;
  regex.lastIndex = 0;
  while (nextMatch(regex, text) !== null) count++;
  return count;
}

/** The engine's message repeats the whole expression before the reason. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /.*\/[a-z]*: (.+)$/s.exec(message)?.[1] ?? message;
}
