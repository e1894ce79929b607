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

const part = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}\p{N}_$]+|\S/uy;

/**
 * Where a failed statement is wrong: the word at the position that the engine names, or else the whole statement.
 *
 * @param before how many characters were put before the statement for the engine
 */
export function problemOf({ code, message, details }: ExportError, statement: Statement, before = 0): QueryProblem {
  const { candidates = [] } = details;
  const position = details.position === undefined ? undefined : details.position - before;
  const range = code === "badQuery" && position !== undefined ? wordAt(statement, position, message) : statement;
  return {
    start: range.start,
    end: range.end,
    message: withCandidates(message, candidates),
    replacements: range === statement ? [] : [...new Set(candidates.map(asWritten))],
  };
}

function wordAt(statement: Statement, position: number, message: string): TextRange {
  const { start, end, text } = statement;
  const parts = nameAt(text, Math.max(0, Math.min(position, text.length)));
  // The engine names the place of a whole name such as `export.amount`. Its message says which part of it is wrong.
  const named = parts.findLast((each) => message.includes(`"${text.slice(each.start, each.end).replaceAll('"', "")}"`));
  const wrong = named ?? parts.at(0);
  if (wrong !== undefined) return { start: start + wrong.start, end: start + wrong.end };
  // The engine expected more: the last word is nearest to what is missing.
  const [last = ""] = /\S+\s*$/.exec(text) ?? [];
  return { start: end - last.length, end };
}

/** The parts of the name at a place, which are separated by dots. */
function nameAt(text: string, position: number): TextRange[] {
  const parts: TextRange[] = [];
  for (let at = position; ; at += 1) {
    part.lastIndex = at;
    const found = part.exec(text);
    if (found === null) return parts;
    at += found[0].length;
    parts.push({ start: found.index, end: at });
    if (text[at] !== ".") return parts;
  }
}

function withCandidates(message: string, candidates: readonly string[]): string {
  const others = candidates.filter((candidate) => !message.includes(candidate));
  return others.length === 0 ? message : `${message} ${t("Did you mean: {0}?", candidates.join(", "))}`;
}

/** The engine names some candidates as they are written, with their table or in quotes, and others by their plain name. */
function asWritten(candidate: string): string {
  return /^"(?:[^"]|"")*"$/.test(candidate) ? candidate : quoteIfNeeded(candidate);
}
