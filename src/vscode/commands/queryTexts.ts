import { basename, join } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { writeText } from "../../disk/writeText.ts";
import { invalidArgument } from "../../model/accountErrors.ts";
import { cancelled } from "../../model/exportError.ts";
import { offerSavedFile } from "../opening/savedFile.ts";
import { askChoice, askText, type Choice } from "../prompts/steps.ts";
import { back } from "../prompts/walkSteps.ts";
import { directivesIn, tableDirective, tableNameFor } from "../query/directives.ts";
import { nameOf, newestReference } from "../query/knownFiles.ts";
import { type Queries, queryEditor } from "../query/queries.ts";
import { fileReference, tableEdit } from "../query/queryCompletion.ts";
import { sessionMarkdown } from "../query/sessionMarkdown.ts";
import { statementAt } from "../query/statements.ts";
import { ageInWords } from "../wording.ts";
import { nothing } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

type Parts = Pick<CommandParts, "queries">;

/** A command for the query in the active editor: it takes and answers nothing. */
interface TextCommand {
  readonly argument: typeof nothing;
  run(): Promise<undefined>;
}

/** Adds another download as a table of the query. */
export function addTable(parts: Parts): TextCommand {
  return command(parts, async (queries, editor) => {
    const reference = await choose(t("Select the download that becomes a table"), tableChoices(queries));
    const { document } = editor;
    const taken = directivesIn(document.getText()).tables.map(({ name }) => name);
    const line = tableDirective(tableNameFor(reference.stem, taken), reference.text);
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, [tableEdit(document, line)]);
    await vscode.workspace.applyEdit(edit);
  });
}

/** Inserts a statement that ran before for an export of this kind. */
export function queryHistory(parts: Parts): TextCommand {
  return command(parts, async (queries, editor) => {
    const kind = queries.kindOf(editor.document);
    const ran = queries.history.ran(kind);
    if (ran.length === 0) throw invalidArgument(t("No statement ran for exports of this kind yet."));
    const choices: Choice<string | undefined>[] = ran.map(({ sql, at, rows }) => ({
      label: sql.replaceAll(/\s+/g, " "),
      description: [ageInWords(at), rows === undefined ? undefined : t("{0} rows", rows)]
        .filter((part) => part !== undefined)
        .join(" · "),
      value: sql,
    }));
    choices.push({ icon: "trash", label: t("Clear History"), alwaysShow: true, value: undefined });
    const sql = await choose(t("Select a statement to insert"), choices);
    if (sql === undefined) queries.history.forget(kind);
    else await insert(editor, sql);
  });
}

/** Saves the query's text under a name, for all exports of this kind. */
export function saveQuery(parts: Parts): TextCommand {
  return command(parts, async (queries, { document, selection }) => {
    const selected = document.getText(selection).trim();
    const sql = selected === "" ? statementAt(document.getText(), document.offsetAt(selection.active))?.text : selected;
    if (sql === undefined) throw invalidArgument(t("There is no statement to run here. Write one first."));
    const kind = queries.kindOf(document);
    const name = await askText(
      {
        prompt: t("Enter a name for the query. A query with the same name is replaced."),
        problem: (value) => (value.trim() === "" ? t("Enter a name.") : undefined),
      },
      { title: t("Save Query") },
    );
    if (name === back) throw cancelled();
    if (!queries.history.save({ kind, name: name.trim(), sql })) {
      throw invalidArgument(t("There are too many saved queries. Delete some first."));
    }
  });
}

/** Inserts a query that was saved for exports of this kind, or deletes one. */
export function openSavedQuery(parts: Parts): TextCommand {
  return command(parts, async (queries, editor) => {
    const kind = queries.kindOf(editor.document);
    const saved = queries.history.saved(kind);
    if (saved.length === 0) throw invalidArgument(t("No query is saved for exports of this kind yet."));
    const choices: Choice<{ name: string; sql?: string } | undefined>[] = saved.map(({ name, sql }) => ({
      label: name,
      detail: sql.replaceAll(/\s+/g, " "),
      value: { name, sql },
    }));
    choices.push({ icon: "trash", label: t("Delete a Saved Query…"), alwaysShow: true, value: undefined });
    const chosen = await choose(t("Select a query to insert"), choices);
    if (chosen?.sql !== undefined) {
      await insert(editor, chosen.sql);
      return;
    }
    const name = await choose(
      t("Select the query to delete"),
      saved.map((one) => ({ label: one.name, value: one.name })),
    );
    queries.history.deleteSaved({ kind, name });
  });
}

/** Saves the statements that ran in this document, with the first rows of their results. */
export function saveSession(parts: Parts): TextCommand {
  return command(parts, async (queries, { document }) => {
    const session = queries.session(document);
    if (session.length === 0) throw invalidArgument(t("No statement ran in this document yet. Run one first."));
    const file = nameOf(directivesIn(document.getText()).export?.text ?? "");
    const title = t("Queries of {0}", file);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      title: t("Save Session as Markdown"),
      filters: { Markdown: ["md"] },
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.file(join(folder.fsPath, `${title}.md`)) }),
    });
    if (target === undefined) throw cancelled();
    const text = sessionMarkdown(title, session, vscode.env.language);
    await writeText(pieces(text), target.fsPath, new AbortController().signal);
    void offerSavedFile(target);
  });
}

function command(parts: Parts, work: (queries: Queries, editor: vscode.TextEditor) => Promise<void>): TextCommand {
  return {
    argument: nothing,
    async run() {
      const editor = queryEditor(undefined);
      await work(await parts.queries.load(), editor);
      return undefined;
    },
  };
}

async function* pieces(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

function tableChoices({ tables }: Queries): Choice<{ readonly stem: string; readonly text: string }>[] {
  const known = tables.known();
  const newest = new Map(known.map((file) => [newestReference(file, known), file]));
  const kinds = [...newest.keys()].filter((text) => text !== undefined);
  return [
    ...kinds.map((text) => ({ icon: "history", label: text, value: { stem: text.replace(/^newest /, ""), text } })),
    ...known.map(({ path }) => {
      const text = fileReference(path, known);
      return { icon: "file", label: basename(path), description: path, value: { stem: basename(path), text } };
    }),
  ];
}

async function choose<Value>(placeholder: string, choices: readonly Choice<Value>[]): Promise<Value> {
  const [first] = choices;
  if (first === undefined) throw invalidArgument(t("No exports downloaded yet. Download an export first."));
  const chosen = await askChoice({ placeholder, choices, active: first.value }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}

/** Replaces the selection, or adds the statement at the end of the document. */
async function insert(editor: vscode.TextEditor, sql: string): Promise<void> {
  const { document, selection } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const text = document.getText().trimEnd();
  const gap = /(?:;|^|^--.*)$/m.test(text.slice(text.lastIndexOf("\n") + 1)) ? "\n\n" : ";\n\n";
  await editor.edit((edit) => {
    if (selection.isEmpty) edit.replace(new vscode.Range(document.positionAt(text.length), end), `${gap}${sql};\n`);
    else edit.replace(selection, sql);
  });
  if (!selection.isEmpty) return;
  const place = document.positionAt(document.getText().trimEnd().length);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(editor.selection);
}
