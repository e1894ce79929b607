import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { themes } from "../../workbench/page/themes.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const rows = 40;
const orders = Array.from({ length: rows }, (_, row) => `${row},shop ${row % 3},${row}.50,${row * 2}`);
/** The lines before the first statement. */
const introductionLines = 5;

describe("querying an export with SQL", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1280, height: 760 },
      settings: {
        "workbench.editorAssociations": { "*.csv": "taskExports.table" },
        "editor.minimap.enabled": false,
        "taskExports.query.maxRows": 30,
      },
    });
    await writeFile(path.join(workbench.workspace, "orders.csv"), `id,shop,unit price,amount\n${orders.join("\n")}\n`);
    await workbench.openWorkspaceFile("orders.csv");
    await TableEditor.withColumn(workbench.page, "amount");
    await workbench.runCommand("Task Exports: Query Export (SQL)");
    await lens("Explain").waitFor();
  });

  after(() => workbench.close());

  const lens = (text: string | RegExp): Locator => workbench.page.locator(".codelens-decoration", { hasText: text });
  const marks = (): Locator => workbench.page.locator(".squiggly-error");
  const line = (text: string | RegExp): Locator => workbench.page.locator(".view-line", { hasText: text }).first();
  const press = (...keys: string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => workbench.page.keyboard.press(key)), Promise.resolve());

  /** Replaces everything after the introduction, by keys alone. */
  async function write(sql: string): Promise<void> {
    await press("ControlOrMeta+Home", ...Array.from({ length: introductionLines }, () => "ArrowDown"));
    await press("ControlOrMeta+Shift+End");
    await workbench.page.keyboard.insertText(sql);
    await line(sql).waitFor();
  }

  async function run(sql: string, outcome: string | RegExp): Promise<void> {
    await write(sql);
    await press("ControlOrMeta+Enter");
    await lens(outcome).waitFor();
  }

  it("shows the result beside the query with Ctrl+Enter, and keeps the focus in the query", async () => {
    await press("ControlOrMeta+Enter");
    await lens(/rows in/).waitFor();
    await workbench.tab("Result of orders").waitFor();
    await TableEditor.withColumn(workbench.page, "unit price");
    await run("SELECT count(DISTINCT shop) AS shops FROM export;", "1 row in");
    await TableEditor.withColumn(workbench.page, "shops");
    assert.equal(await workbench.tab("Result of orders").count(), 1);
  });

  it("says how a run ended where a screen reader hears it", async () => {
    const said = (text: RegExp): Locator => workbench.page.locator(".statusbar-item [role=alert]", { hasText: text });
    await run("SELECT id FROM export LIMIT 7;", "7 rows in");
    await said(/Query: 7 rows in/).waitFor();
    await run("SELECT nothing FROM export;", "Failed");
    await said(/Query failed: The query isn.t valid/).waitFor();
  });

  it("is readable in every theme", async () => {
    await run("SELECT * FROM export LIMIT 20;", "20 rows in");
    const table = await TableEditor.withColumn(workbench.page, "unit price");
    for (const { theme, kind, page } of themes) {
      await workbench.setTheme(theme, kind);
      await table.waitForTheme(page);
      await workbench.screenshot(`query result ${theme}`);
    }
  });

  it("marks the wrong word, says what was meant, and writes it on request", async () => {
    await run("SELECT amout FROM export;", "Failed");
    await marks().waitFor();
    await press("F8");
    await workbench.page.locator(".marker-widget").first().waitFor();
    await workbench.screenshot("query problem");
    await press("Escape", "Control+.");
    await workbench.page.locator(".action-widget", { hasText: "Change to amount" }).waitFor();
    await press("Enter");
    await line("SELECT amount FROM export").waitFor();
    await marks().waitFor({ state: "hidden" });
    await press("ControlOrMeta+Enter");
    await lens(/rows in/).waitFor();
  });

  it("marks a whole statement that would change something", async () => {
    await run("DROP TABLE export;", "Failed");
    await marks().first().waitFor();
    const box = await marks().first().boundingBox();
    assert.ok(box !== null && box.width > 100);
  });

  it("shows the columns of a result without rows", async () => {
    await run('SELECT id, 1 AS "1" FROM export WHERE id < 0;', "0 rows in");
    const table = await TableEditor.withColumn(workbench.page, "1");
    assert.equal(await table.frame.getByText("has changed on disk").count(), 0);
  });

  it("says that there are more rows than the setting allows, and offers the setting", async () => {
    await run("SELECT * FROM export;", "the first 30 rows in");
    const said = workbench.notification("Only the first 30 are shown.");
    await said.waitFor();
    assert.deepEqual(await workbench.buttonsOf(said), ["Change Setting"]);
    await workbench.dismissNotifications();
  });

  it("suggests columns, in quotes if they need them", async () => {
    await write("SELECT uni");
    await press("Control+Space");
    await workbench.page.locator(".suggest-widget .monaco-list-row.focused", { hasText: "unit price" }).waitFor();
    await workbench.screenshot("query completion");
    await press("Enter");
    await line('SELECT "unit price"').waitFor();
  });

  it("opens the plan of a statement beside it", async () => {
    await write("SELECT shop FROM export;");
    await workbench.runCommand("Task Exports: Explain Query");
    await line(/SCAN|PROJECTION/).waitFor();
    await workbench.screenshot("query explain");
  });

  it("lists what ran, and inserts saved queries", async () => {
    // The palette shows "Open Saved Query…" before it.
    await press("F1");
    await workbench.quickInput.waitFor();
    await workbench.page.keyboard.insertText("Task Exports: Save Query…");
    await workbench.focusedQuickRow("Open Saved Query…").waitFor();
    await press("ArrowDown");
    await workbench.focusedQuickRow("Save Query…").waitFor();
    await press("Enter");
    await workbench.answer("Enter a name for the query", "Shops");
    await write("SELECT 1;");
    await workbench.runCommand("Task Exports: Open Saved Query…");
    await workbench.choose("Shops");
    await line("SELECT shop FROM export").waitFor();
    await workbench.runCommand("Task Exports: Query History…");
    await workbench.quickRow("SELECT count(DISTINCT shop)").waitFor();
    await workbench.screenshot("query history");
    await press("Escape");
  });

  it("saves what ran as Markdown", async () => {
    const target = path.join(workbench.workspace, "session.md");
    await workbench.dismissNotifications();
    await workbench.runCommand("Task Exports: Save Session as Markdown…");
    await workbench.typeSavePath("Save Session as Markdown", "Queries of orders.csv.md", target);
    await press("Enter");
    await workbench.notification(/session\.md saved/).waitFor();
    const text = await readFile(target, "utf8");
    assert.match(text, /## Statement 2\n\n```sql\nSELECT count\(DISTINCT shop\) AS shops FROM export\n```/);
    assert.match(text, /\| shops \|\n\| --- \|\n\| 3 \|/);
  });
});
