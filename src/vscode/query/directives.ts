import { t } from "@vscode/l10n";
import { pathReference } from "./pathText.ts";

/** A part of a text, by offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A value of a directive, and where it is. */
export interface DirectiveValue extends TextRange {
  readonly text: string;
}

/** `-- table: name = reference`: another file as a table of the queries in a document. */
export interface TableDirective {
  readonly name: string;
  readonly reference: DirectiveValue;
}

export interface DirectiveProblem extends TextRange {
  readonly message: string;
}

/** What the comments of a document say about its tables. */
export interface Directives {
  /** `-- export: path`: the file that is `export`. */
  readonly export: DirectiveValue | undefined;
  readonly tables: readonly TableDirective[];
  readonly problems: readonly DirectiveProblem[];
}

/** The name of the export that a document is about. */
export const exportName = "export";

const directiveLine = /^--[ \t]*(export|table):[ \t]*([^\r\n]*?)[ \t]*$/gim;
const isName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Only the beginning of a document is searched for the export, because each change of any SQL document asks for it. */
const searchedLines = 20;

/** Whether a text is a query of ours: it says near its beginning which export it is about. */
export function namesExport(lines: readonly string[]): boolean {
  return lines.slice(0, searchedLines).some((line) => /^--[ \t]*export:/i.test(line));
}

export function directivesIn(text: string): Directives {
  let own: DirectiveValue | undefined;
  const tables: TableDirective[] = [];
  const problems: DirectiveProblem[] = [];
  for (const match of text.matchAll(directiveLine)) {
    const [line, kind = "", value = ""] = match;
    const start = match.index + line.indexOf(value, line.indexOf(":") + 1);
    const found: DirectiveValue = { text: value, start, end: start + value.length };
    if (kind.toLowerCase() === exportName) {
      own ??= found;
      continue;
    }
    const table = tableIn(found, tables);
    if ("message" in table) problems.push(table);
    else tables.push(table);
  }
  return { export: own, tables, problems };
}

function tableIn(value: DirectiveValue, others: readonly TableDirective[]): TableDirective | DirectiveProblem {
  const [, name = "", gap = "", reference = ""] = /^([^=]*?)([ \t]*=[ \t]*)(.*)$/.exec(value.text) ?? [];
  const range = { start: value.start, end: Math.max(value.end, value.start + 1) };
  if (reference === "") return { ...range, message: t("Write a name, “=” and a downloaded file.") };
  const named = { start: value.start, end: value.start + Math.max(1, name.length) };
  if (!isName.test(name)) {
    return { ...named, message: t("Write a name of letters, digits and underscores that doesn't begin with a digit.") };
  }
  const isTaken = [exportName, ...others.map((table) => table.name)].some(
    (taken) => taken.toLowerCase() === name.toLowerCase(),
  );
  if (isTaken) return { ...named, message: t("There is already a table with this name.") };
  const start = value.start + name.length + gap.length;
  return { name, reference: { text: reference, start, end: start + reference.length } };
}

/** The line that says which file is `export`. */
export function exportDirective(path: string): string {
  return `-- export: ${pathReference(path)}`;
}

/** The line that adds a table. */
export function tableDirective(name: string, reference: string): string {
  return `-- table: ${name} = ${reference}`;
}

/** Where the line of a new table belongs: after the last directive. */
export function endOfDirectives(text: string): number {
  return Array.from(text.matchAll(directiveLine), (match) => match.index + match[0].length).at(-1) ?? 0;
}

/** A name for the table of a file that no other table of the document has. */
export function tableNameFor(fileName: string, taken: readonly string[]): string {
  const stem = fileName.replace(/(?:\.\w{1,5}){1,2}$/, "").toLowerCase();
  const word = stem.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_+|_+$/g, "");
  const name = isName.test(word) ? word : `t_${word}`;
  const used = new Set([exportName, ...taken].map((one) => one.toLowerCase()));
  let free = name;
  for (let copy = 2; used.has(free); copy += 1) free = `${name}_${copy}`;
  return free;
}
