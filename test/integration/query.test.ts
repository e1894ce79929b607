import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { TaskExportsApi } from "../../src/model/contract.ts";
import {
  activateApi,
  addSandboxAccount,
  closeAllEditors,
  codeOf,
  removeAllAccounts,
  textrevealTask,
  until,
} from "./support.ts";

describe("Exports queried with SQL", () => {
  let api: TaskExportsApi;
  let folder = "";
  let orders = "";

  before(async () => {
    api = await activateApi();
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-query-"));
    orders = path.join(folder, "orders.csv");
    await writeFile(orders, "id,shop,amount\n007,a,12345678901234567890\n008,b,2\n009,a,\n");
    await writeFile(path.join(folder, "shops.csv"), "shop,city\na,Gent\nb,Porto\n");
  });

  afterEach(async () => {
    for (const document of vscode.workspace.textDocuments.filter(({ isUntitled }) => isUntitled)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    await closeAllEditors();
  });

  after(() => rm(folder, { recursive: true }));

  const query = (sql: string): Thenable<unknown> =>
    vscode.commands.executeCommand("taskExports.queryExport", { uri: orders, sql });

  function results(): vscode.Uri[] {
    return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.flatMap(({ input, label }) =>
        input instanceof vscode.TabInputCustom && label === "Result of orders" ? [input.uri] : [],
      ),
    );
  }

  function openTables(): vscode.Uri[] {
    const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }): unknown => input));
    return inputs.flatMap((input) => (input instanceof vscode.TabInputCustom ? [input.uri] : []));
  }

  async function result(): Promise<{ columns: string[]; rows: string[][] }> {
    const [uri, ...others] = results();
    assert.ok(uri !== undefined && others.length === 0);
    const { columns, rows } = await api.readRows(uri.toString());
    return { columns, rows };
  }

  function document(): vscode.TextDocument {
    const [found, ...others] = vscode.workspace.textDocuments.filter(({ isUntitled }) => isUntitled);
    assert.ok(found !== undefined && others.length === 0);
    return found;
  }

  async function rewrite(change: (text: string) => string): Promise<vscode.TextEditor> {
    const editor = await vscode.window.showTextDocument(document(), vscode.ViewColumn.One);
    const { document: written } = editor;
    const all = new vscode.Range(0, 0, written.lineCount, 0);
    const text = written.getText();
    await editor.edit((edit) => edit.replace(all, change(text)));
    const end = written.positionAt(written.getText().trimEnd().length);
    editor.selection = new vscode.Selection(end, end);
    return editor;
  }

  const run = (): Thenable<unknown> => vscode.commands.executeCommand("taskExports.query.run", { uri: document().uri });

  it("show the result as a table, with all digits", async () => {
    await query(
      "SELECT shop, export.amount, export_text.id FROM export JOIN export_text USING (shop) WHERE export.amount > 5",
    );
    const { columns, rows } = await result();
    assert.deepEqual(columns, ["shop", "amount", "id"]);
    assert.deepEqual(rows[0]?.slice(0, 2), ["a", "12345678901234567890"]);
  });

  it("show the next result of the same document in the same tab, also without rows and of a PIVOT", async () => {
    await query("SELECT count(*) AS n FROM export");
    assert.deepEqual(await result(), { columns: ["n"], rows: [["3"]] });
    for (const [sql, columns] of [
      ['SELECT id, 1 AS "1" FROM export WHERE false', ["id", "1"]],
      ["PIVOT export ON shop USING count(*) GROUP BY amount", ["amount", "a", "b"]],
    ] as const) {
      await rewrite((text) => text.replace(/^(?:SELECT|PIVOT).*$/m, sql));
      await run();
      const [uri] = results();
      const page = await api.readRows(String(uri), { dialect: { header: true } });
      assert.deepEqual(page.columns, columns);
    }
  });

  it("read further files that are open, and no others", async () => {
    await query("SELECT 1");
    const withShops = (text: string): string =>
      text
        .replace("\n", `\n-- table: shops = ${path.join(folder, "shops.csv")}\n`)
        .replace("SELECT 1", "SELECT city FROM shops");
    await rewrite(withShops);
    assert.equal(await codeOf(Promise.resolve(run())), "invalidRequest");
    const [problem] = vscode.languages.getDiagnostics(document().uri);
    assert.equal(document().getText(problem?.range), path.join(folder, "shops.csv"));
    await vscode.commands.executeCommand(
      "vscode.openWith",
      vscode.Uri.file(path.join(folder, "shops.csv")),
      "taskExports.table",
      vscode.ViewColumn.Two,
    );
    await vscode.window.showTextDocument(document(), vscode.ViewColumn.One);
    await run();
    assert.deepEqual(await result(), { columns: ["city"], rows: [["Gent"], ["Porto"]] });
  });

  it("mark the wrong word and offer what was probably meant, until the text changes", async () => {
    assert.equal(await codeOf(Promise.resolve(query("SELECT 'é', amout FROM export"))), "badQuery");
    const { uri } = document();
    const [problem] = vscode.languages.getDiagnostics(uri);
    assert.ok(problem !== undefined);
    assert.equal(document().getText(problem.range), "amout");
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      problem.range,
    );
    const fix = actions.find(({ title }) => title === "Change to amount");
    assert.ok(fix?.edit !== undefined);
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document().getText(), /SELECT 'é', amount FROM export/);
    await until(() => vscode.languages.getDiagnostics(uri).length === 0);
  });

  it("refuse statements that change something", async () => {
    assert.equal(await codeOf(Promise.resolve(query("COPY export TO 'x.csv'"))), "queryRefused");
    assert.deepEqual(results(), []);
  });

  it("suggest columns, tables and functions", async () => {
    await query("SELECT 1");
    const editor = await rewrite((text) => text.replace("SELECT 1", "SELECT am"));
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      editor.document.uri,
      editor.selection.active,
    );
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(labels.includes("amount") && labels.includes("export_text"));
  });

  it("can be all parts of a task as one table", async () => {
    const { id } = await addSandboxAccount("textreveal");
    const taskId = textrevealTask("3");
    const { files } = await api.download({ accountId: id, taskId, folder });
    const counts = await Promise.all(files.map(({ uri }) => api.readRows(uri, { count: 1 })));
    await vscode.commands.executeCommand("taskExports.openAllParts", { accountId: id, taskId });
    const isParts = ({ scheme }: vscode.Uri): boolean => scheme === "task-exports-parts";
    await until(() => openTables().some(isParts));
    const parts = openTables().find(isParts);
    const sql = 'SELECT count(*) AS n, count(DISTINCT "Part") AS parts FROM export';
    await vscode.commands.executeCommand("taskExports.queryExport", { uri: parts, sql });
    const [shown] = openTables().filter(({ path: file }) => file.includes("Result of All parts of task"));
    const rows = counts.reduce((sum, { total = 0 }) => sum + total, 0);
    assert.deepEqual((await api.readRows(String(shown))).rows, [[String(rows), String(files.length)]]);
    await removeAllAccounts();
  });

  it("delete the file of a result with its tab", async () => {
    await query("SELECT 1");
    const [uri] = results();
    assert.ok(uri !== undefined);
    const { mode } = await stat(uri.fsPath);
    assert.equal(mode & 0o077, 0);
    await closeAllEditors();
    await until(() =>
      stat(uri.fsPath).then(
        () => false,
        () => true,
      ),
    );
  });
});
