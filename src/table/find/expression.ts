import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { FindPattern } from "../tableTypes.ts";
import { type Expression, patternExpression } from "./patternExpression.ts";

/** @throws ExportError `invalidRequest` for an empty text and for an invalid regular expression */
export function compileExpression(pattern: FindPattern): Expression {
  if (pattern.text === "") throw new ExportError("invalidRequest", t("Enter a text to search for."));
  try {
    const expression = patternExpression(pattern);
    // The engine compiles an expression when it is used, and only then says that it is too large.
    expression.regex.exec("");
    expression.regex.lastIndex = 0;
    return expression;
  } catch (error) {
    if (!pattern.regex)
      throw new ExportError("invalidRequest", t("The text to search for is too long."), { cause: error });
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

/** How many characters of a message are repeated. */
const longestReason = 200;

/** The engine's message repeats the whole expression before the reason. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.slice(message.lastIndexOf("/"));
  return /^\/[a-z]*: (.+)$/s.exec(reason)?.[1] ?? message.slice(0, longestReason);
}
