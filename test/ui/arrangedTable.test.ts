import assert from "node:assert/strict";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { largeCsvRow, writeLargeCsv } from "../../sandbox/sampleData/largeCsv.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const amountColumn = 5;
const shopColumn = 2;

describe("sorting and filtering a table with the query engine", { timeout: 300_000 }, () => {
  let workbench: Workbench;
  let table: TableEditor;
  let rows: number;

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1280, height: 760 },
      settings: { "workbench.editorAssociations": { "*.csv": "taskExports.table" } },
    });
    rows = writeLargeCsv(path.join(workbench.workspace, "sales.csv"), 8 << 20).rows;
    await workbench.openWorkspaceFile("sales.csv");
    table = await TableEditor.withColumn(workbench.page, "amount");
    await table.exactRows();
    await table.focusGrid();
  });

  afterEach((context) => workbench.screenshot(`arranged table: ${context.name}`));

  after(() => workbench.close());

  const header = (name: string): Locator => table.frame.locator(".header-cell", { hasText: name });
  const footer = (says: string): Promise<void> => table.frame.locator(".footer", { hasText: says }).waitFor();
  const chips = (): Locator => table.frame.getByRole("group", { name: "Sort and filter" });
  const shows = (row: number, column: number, text: string): Promise<void> =>
    table
      .cell(row, column)
      .filter({ hasText: new RegExp(`^${text.replace(".", "\\.")}$`) })
      .waitFor();

  it("sorts all rows by number with a click, and shows the rows of the file with their numbers", async () => {
    const amounts = Array.from({ length: rows }, (_, row) => Number(largeCsvRow(row)[amountColumn]));
    await header("amount").hover();
    await header("amount").locator(".sort-handle").click();
    // The second row of the file has another amount.
    await shows(1, amountColumn, "0.00");
    await chips().waitFor();
    await workbench.page.keyboard.press("Control+End");
    await shows(rows - 1, amountColumn, Math.max(...amounts).toFixed(2));
  });

  it("sorts in the other direction, with the keyboard only", async () => {
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+Home");
    for (let column = 0; column < amountColumn; column++) await workbench.page.keyboard.press("ArrowRight");
    await workbench.page.keyboard.press("Alt+Shift+ArrowDown");
    await shows(0, amountColumn, "199.99");
  });

  it("filters by the value of a cell, and finds in what is left", async () => {
    const shop = (await table.cell(0, shopColumn).innerText()).trim();
    await table.cell(0, shopColumn).click({ button: "right" });
    await table.frame.getByRole("menuitem", { name: "Filter by Value" }).click();
    const left = Array.from({ length: rows }, (_, row) => largeCsvRow(row)[shopColumn]).filter((each) => each === shop);
    await footer(`${left.length.toLocaleString("en")} of ${rows.toLocaleString("en")} rows`);
    await shows(1, shopColumn, shop);
  });

  it("is in the order of the file again when everything is removed", async () => {
    await chips().getByRole("button", { name: "Clear All" }).click();
    await chips().waitFor({ state: "hidden" });
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+Home");
    await shows(0, 0, "000000000");
    assert.equal(await header("amount").getAttribute("aria-sort"), null);
  });
});
