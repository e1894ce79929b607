import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { largeCsvColumns, largeCsvRow, writeLargeCsv } from "../../sandbox/sampleData/largeCsv.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import { assertAccessible } from "../../workbench/page/axe.ts";

const gibibyte = 1024 ** 3;

/** CSV files open as tables in this workbench, so that Quick Open opens one. */
const asTables = { "workbench.editorAssociations": { "*.csv": "taskExports.table" } };

describe("a file of 1 GiB as a table", () => {
  let workbench: Workbench;
  let table: TableEditor;
  let rows = 0;

  before(async () => {
    workbench = await Workbench.open({ settings: asTables });
    ({ rows } = writeLargeCsv(path.join(workbench.workspace, "large.csv"), gibibyte));
    await workbench.openWorkspaceFile("large.csv");
    table = await TableEditor.inView(workbench.page);
  });

  after(() => workbench.close());

  /** The text on the clipboard, as soon as it is as expected. */
  async function copied(expected: RegExp): Promise<string> {
    for (;;) {
      const text = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
      if (expected.test(text)) return text.trimEnd();
      await sleep(50);
    }
  }

  it("shows its columns and first rows, and soon the number of rows", async () => {
    await table.header("transaction_id").waitFor();
    assert.deepEqual((await table.rowTexts(0)).slice(0, 4), largeCsvRow(0).slice(0, 4));
    assert.equal(await table.exactRows(), rows);
    assert.equal(await table.grid.getAttribute("aria-colcount"), String(largeCsvColumns.length + 1));
    await workbench.screenshot("table: 1 GiB");
  });

  it("scrolls to the end and back with the wheel", async () => {
    await table.cell(0, 0).hover();
    for (let turns = 0; (await table.paintedRows()).last < rows - 1; turns++) {
      assert.ok(turns < 400, "the wheel does not come to the end");
      await workbench.page.mouse.wheel(0, 4_000_000);
    }
    await table
      .cell(rows - 1, 0)
      .filter({ hasText: largeCsvRow(rows - 1)[0] ?? "" })
      .waitFor();
    await workbench.screenshot("table: end of 1 GiB");
    for (let turns = 0; (await table.paintedRows()).first > 0; turns++) {
      assert.ok(turns < 400, "the wheel does not come back");
      await workbench.page.mouse.wheel(0, -4_000_000);
    }
    await table
      .cell(0, 0)
      .filter({ hasText: largeCsvRow(0)[0] ?? "" })
      .waitFor();
  });

  it("goes to row 7,654,321 and shows the right values there", async () => {
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+G");
    await table.frame.getByLabel(/^Go to row/).fill("7,654,321");
    await workbench.page.keyboard.press("Enter");
    const row = 7_654_320;
    await table
      .cell(row, 0)
      .filter({ hasText: largeCsvRow(row)[0] ?? "" })
      .waitFor();
    const shown = await table.rowTexts(row);
    assert.deepEqual(shown, largeCsvRow(row).slice(0, shown.length));
    await table.frame.locator(".footer", { hasText: "Row 7,654,321" }).waitFor();
  });

  it("finds text everywhere, shows the number of matches, and goes from match to match", async () => {
    await workbench.page.keyboard.press("Control+Home");
    await workbench.page.keyboard.press("Control+F");
    const input = table.frame.getByRole("textbox", { name: "Find" });
    await input.waitFor();
    await workbench.page.keyboard.insertText("THANKS");
    const matches = Math.ceil((rows - 42) / 100).toLocaleString("en-US");
    await table.frame
      .getByRole("search")
      .filter({ hasText: `1 of ${matches}` })
      .waitFor();
    await table.cell(42, 7).locator("mark", { hasText: "thanks" }).waitFor();
    await workbench.screenshot("table: find");
    await workbench.page.keyboard.press("Enter");
    await table.cell(142, 7).locator("mark").waitFor();
    await workbench.page.keyboard.press("Shift+Enter");
    await workbench.page.keyboard.press("Shift+Enter");
    await table.frame
      .getByRole("search")
      .filter({ hasText: `${matches} of ${matches}` })
      .waitFor();
    await table.frame.getByRole("button", { name: "Match case" }).click();
    await table.frame.getByRole("search").filter({ hasText: "No matches" }).waitFor();
    await table.frame.getByRole("button", { name: "Match case" }).click();
    await table.frame.getByRole("button", { name: "Use regular expression" }).click();
    await input.fill("(");
    await table.frame.locator("#find-message").filter({ hasText: /./ }).waitFor();
    await input.fill("^00765432[01]$");
    await table.frame.getByRole("search").filter({ hasText: "of 2" }).waitFor();
    await table.frame.getByRole("button", { name: "Use regular expression" }).click();
    await input.press("Escape");
    await table.frame.getByRole("search").waitFor({ state: "hidden" });
  });

  it("can be copied as text, CSV, JSON and Markdown", async () => {
    await table.focusGrid();
    const { keyboard } = workbench.page;
    await keyboard.press("Control+Home");
    for (const key of ["Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"]) await keyboard.press(key);
    await keyboard.press("Control+C");
    await table.frame.locator(".footer", { hasText: "Copied 2 rows" }).waitFor();
    const cells = [0, 1].map((row) => largeCsvRow(row).slice(0, 3));
    assert.equal(await copied(/^0+\t/), cells.map((row) => row.join("\t")).join("\n"));
    const header = largeCsvColumns.slice(0, 3);
    await workbench.runCommand("Task Exports: Copy as CSV");
    assert.deepEqual(
      (await copied(/^transaction_id,/)).split(/\r?\n/),
      [header, ...cells].map((row) => row.join(",")),
    );
    await workbench.runCommand("Task Exports: Copy as JSON");
    assert.deepEqual(
      JSON.parse(await copied(/^\[/)),
      cells.map((row) => Object.fromEntries(header.map((name, place) => [name, row[place]]))),
    );
    await workbench.runCommand("Task Exports: Copy as Markdown Table");
    assert.match(await copied(/^\|/), /^\| transaction_id +\| user_id/);
  });

  it("says that a selection is too large for the clipboard", async () => {
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+A");
    await workbench.page.keyboard.press("Control+C");
    await table.frame.locator(".footer", { hasText: /too|more than/i }).waitFor();
    await workbench.page.keyboard.press("Control+Home");
  });

  it("can be used with only the keyboard: cells, whole values, the menu of a column", async () => {
    const { keyboard } = workbench.page;
    await table.focusGrid();
    await keyboard.press("Control+Home");
    await keyboard.press("End");
    for (let row = 0; row < 42; row++) await keyboard.press("ArrowDown");
    await table.frame.locator(".footer", { hasText: "Row 43, note" }).waitFor();
    await keyboard.press("Enter");
    const value = table.frame.getByRole("region", { name: "Details" });
    await value.filter({ hasText: 'said "thanks", 42' }).waitFor();
    await workbench.screenshot("table: whole value");
    await keyboard.press("Escape");
    await value.waitFor({ state: "hidden" });
    await keyboard.press("Shift+F10");
    const menu = table.frame.getByRole("menu");
    await menu.getByRole("menuitem", { name: "Column Menu" }).click();
    await table.frame.getByRole("menuitem", { name: "Pin to the Left" }).click();
    await keyboard.press("Home");
    await table.frame.locator(".footer", { hasText: "Row 43, note" }).waitFor();
    await workbench.screenshot("table: a pinned column");
    await keyboard.press("Shift+F10");
    await menu.getByRole("menuitem", { name: "Column Menu" }).click();
    await table.frame.getByRole("menuitem", { name: "Unpin" }).click();
  });

  it("uses the same column widths for the next file with the same columns", { timeout: 60_000 }, async () => {
    const widthOf = async () => (await table.header("shop").boundingBox())?.width ?? 0;
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+Home");
    const before = await widthOf();
    await workbench.page.keyboard.press("ArrowRight");
    await workbench.page.keyboard.press("ArrowRight");
    await workbench.page.keyboard.press("Shift+F10");
    await table.frame.getByRole("menuitem", { name: "Column Menu" }).click();
    await table.frame.getByRole("menuitem", { name: "Wider" }).click();
    await table.frame.getByRole("menuitem", { name: "Wider" }).click();
    await workbench.page.keyboard.press("Escape");
    // The page is painted again a moment after each click.
    while ((await widthOf()) < before + 40) await sleep(20);
    const wider = await widthOf();
    writeLargeCsv(path.join(workbench.workspace, "same.csv"), 1);
    await workbench.closeEditors();
    await workbench.openWorkspaceFile("same.csv");
    table = await TableEditor.inView(workbench.page);
    assert.equal(await widthOf(), wider);
  });

  it("opens a text editor at the same record", async () => {
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+Home");
    for (let row = 0; row < 50; row++) await workbench.page.keyboard.press("ArrowDown");
    await table.frame.locator(".footer", { hasText: "Row 51" }).waitFor();
    await workbench.runCommand("Task Exports: Reveal in Text Editor");
    // The header is a line, and one record before has a newline inside.
    await workbench.page.locator(".statusbar-item", { hasText: "Ln 53" }).waitFor();
    await workbench.closeEditors();
  });

  it("has no accessibility problem that axe finds, with every bar open", async () => {
    // VS Code opens a file again in the editor that it had last.
    writeLargeCsv(path.join(workbench.workspace, "axe.csv"), 1);
    await workbench.openWorkspaceFile("axe.csv");
    table = await TableEditor.inView(workbench.page);
    await table.focusGrid();
    await workbench.page.keyboard.press("Enter");
    await table.frame.getByRole("region", { name: "Details" }).waitFor();
    await workbench.runCommand("Task Exports: Find in Table");
    await table.frame.getByRole("search").waitFor();
    await assertAccessible(table.frame);
  });
});
