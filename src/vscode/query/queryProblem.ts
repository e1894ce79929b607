import { t } from "@vscode/l10n";
import type { ExportError } from "../../model/exportError.ts";
import { quoteIfNeeded } from "./columnQuoting.ts";
import type { TextRange } from "./directives.ts";
import type { Statement } from "./statements.ts";

/** What is wrong with a statement, and where in the document. */
export interface QueryProblem extends TextRange {
  readonly message: string;
  /** What can be written instead of the text in the range. */
  readonly replacements: readonly string[];
}

const word = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}\p{N}_$]+|\S/uy;

/**
 * Where a failed statement is wrong: the word at the position that the engine names, or else the whole statement.
 *
 * @param before how many characters were put before the statement for the engine
 */
export function problemOf({ code, message, details }: ExportError, statement: Statement, before = 0): QueryProblem {
  const { candidates = [] } = details;
  const position = details.position === undefined ? undefined : details.position - before;
  const range = code === "badQuery" && position !== undefined ? wordAt(statement, position) : statement;
  return {
    start: range.start,
    end: range.end,
    message: withCandidates(message, candidates),
    replacements: range === statement ? [] : [...new Set(candidates.map(asWritten))],
  };
}

function wordAt(statement: Statement, position: number): TextRange {
  const { start, end, text } = statement;
  word.lastIndex = Math.max(0, Math.min(position, text.length));
  const found = word.exec(text);
  if (found !== null) return { start: start + found.index, end: start + found.index + found[0].length };
  // The engine expected more: the last word is nearest to what is missing.
  const [last = ""] = /\S+\s*$/.exec(text) ?? [];
  return { start: end - last.length, end };
}

function withCandidates(message: string, candidates: readonly string[]): string {
  const others = candidates.filter((candidate) => !message.includes(candidate));
  return others.length === 0 ? message : `${message} ${t("Did you mean: {0}?", candidates.join(", "))}`;
}

/** The engine names some candidates as they are written, with their table or in quotes, and others by their plain name. */
function asWritten(candidate: string): string {
  return /^"(?:[^"]|"")*"$/.test(candidate) ? candidate : quoteIfNeeded(candidate);
}
