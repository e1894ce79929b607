import { t } from "@vscode/l10n";
import type { QueryResult } from "../../model/queryContract.ts";
import { markdownOf } from "./resultText.ts";

/** How many rows of a result a session keeps. */
export const keptRows = 20;

/** A statement that ran in a document, with the beginning of its result. */
export interface SessionEntry {
  readonly sql: string;
  /** ISO 8601. */
  readonly at: string;
  readonly elapsedMs: number;
  readonly rows: number;
  /** There are more rows than the setting allows. */
  readonly isCut: boolean;
  /** At most `keptRows` rows. */
  readonly beginning: Pick<QueryResult, "columns" | "rows">;
}

export function sessionEntry(sql: string, { columns, rows, truncated, elapsedMs }: QueryResult): SessionEntry {
  return {
    sql,
    at: new Date().toISOString(),
    elapsedMs,
    rows: rows.length,
    isCut: truncated,
    beginning: { columns, rows: rows.slice(0, keptRows) },
  };
}

/** How a result is described in one line: "1,234 rows in 0.2 s". */
export function resultInWords(
  { rows, elapsedMs, isCut }: Pick<SessionEntry, "rows" | "elapsedMs" | "isCut">,
  language: string,
): string {
  const seconds = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(elapsedMs / 1000);
  const count = new Intl.NumberFormat(language).format(rows);
  if (isCut) return t("the first {0} rows in {1} s", count, seconds);
  return rows === 1 ? t("1 row in {0} s", seconds) : t("{0} rows in {1} s", count, seconds);
}

/** A session as a document: each statement with the beginning of its result. */
export function sessionMarkdown(title: string, entries: readonly SessionEntry[], language: string): string {
  const heading = `# ${title.replaceAll(/[\\`*_<>[\]#|&]/g, String.raw`\$&`)}`;
  return `${[heading, ...entries.map((entry, index) => entryMarkdown(entry, index, language))].join("\n\n")}\n`;
}

function entryMarkdown(entry: SessionEntry, index: number, language: string): string {
  const { sql, at, rows, beginning } = entry;
  const fence = fenceFor(sql);
  const shown = beginning.rows.length;
  return [
    `## ${t("Statement {0}", index + 1)}`,
    `${fence}sql\n${sql}\n${fence}`,
    `${resultInWords(entry, language)} · ${at}`,
    markdownOf(beginning),
    ...(shown < rows ? [t("Only the first {0} rows are shown here.", shown)] : []),
  ].join("\n\n");
}

/** A statement can contain fences itself. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  return "`".repeat(longest + 1);
}
