import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Browser, Locator } from "playwright-core";
import { FileOrder } from "../../src/table/view/fileOrder.ts";
import { launchBrowser } from "../../workbench/host/browser.ts";
import { closeAll, type Closers } from "../../workbench/page/startWorkbench.ts";
import type { TableEditor } from "../../workbench/page/tableEditor.ts";
import { assertAccessible } from "../../workbench/page/axe.ts";
import { SlowArranger } from "../unit/vscode/tableEditor/slowArranger.ts";
import { TableInBrowser } from "./tableInBrowser.ts";

const rowCount = 1500;
const countries = ["Belgium", "France", "Spain"];
const record = (row: number): string => `${row},${countries[row % 3]},${(row * 37) % 1000}`;
const text = ["id,country,amount", ...Array.from({ length: rowCount }, (_, row) => record(row)), ""].join("\n");
const amountOf = (row: number): number => (row * 37) % 1000;
const byAmount = Array.from({ length: rowCount }, (_, row) => row).toSorted((a, b) => amountOf(a) - amountOf(b));

describe("Sorting and filtering in the table's page", { timeout: 240_000 }, () => {
  const closers: Closers = [];
  let browser: Browser;
  let folder: string;
  let opened: TableInBrowser;
  let table: TableEditor;
  let arranger: SlowArranger;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-arrange-"));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    await writeFile(path.join(folder, "rows.csv"), text);
    browser = await launchBrowser();
    closers.push(() => browser.close());
  });

  after(() => closeAll(closers));

  beforeEach(async () => {
    arranger = new SlowArranger();
    await open({ arranger, columnSummaries: arranger });
  });

  async function open(services: Parameters<typeof TableInBrowser.open>[3]): Promise<void> {
    opened = await TableInBrowser.open(browser, path.join(folder, "rows.csv"), FileOrder, services);
    closers.push(() => opened.close());
    table = await opened.table;
    await table.exactRows();
    await table.focusGrid();
  }

  const page = () => opened.page;
  const press = (key: string): Promise<void> => page().keyboard.press(key);
  const header = (name: string): Locator => page().locator(".header-cell", { hasText: name });
  const chips = (): Locator => page().getByRole("group", { name: "Sort and filter" });
  const footer = (says: string): Promise<void> => page().locator(".footer", { hasText: says }).waitFor();
  const said = (says: string): Promise<void> =>
    page().locator('.unseen[role="status"]', { hasText: says }).waitFor({ state: "attached" });
  const firstIds = async (...ids: readonly number[]): Promise<void> => {
    for (const [row, id] of ids.entries())
      await table
        .cell(row, 0)
        .filter({ hasText: new RegExp(`^${id}$`) })
        .waitFor();
  };
  const pane = (column: string): Locator => page().getByRole("dialog", { name: `Filter ${column}` });

  it("sorts by the button of a header, in both directions, and then no longer", async () => {
    const button = header("amount").locator(".sort-handle");
    await header("amount").hover();
    await button.click();
    await firstIds(...byAmount.slice(0, 3));
    assert.equal(await header("amount").getAttribute("aria-sort"), "ascending");
    await said("Sorted by amount, ascending. 1,500 rows.");
    await button.click();
    await page().locator('.header-cell[aria-sort="descending"]').waitFor();
    await table.cell(0, 2).filter({ hasText: "999" }).waitFor();
    await button.click();
    await firstIds(0, 1, 2);
    await chips().waitFor({ state: "hidden" });
    assert.equal(await header("amount").getAttribute("aria-sort"), null);
  });

  it("adds a column with Shift, and shows the place of each", async () => {
    await header("country").locator(".sort-handle").click();
    await chips().getByRole("button", { name: "Sorted by country, ascending. Reverse." }).waitFor();
    await header("amount")
      .locator(".sort-handle")
      .click({ modifiers: ["Shift"] });
    const belgians = byAmount.filter((row) => row % 3 === 0);
    await firstIds(...belgians.slice(0, 3));
    assert.equal(await header("country").locator(".sort-handle").innerText(), "1");
    assert.equal(await header("amount").locator(".sort-handle").innerText(), "2");
    await page().getByRole("columnheader", { name: "amount, number, sorted ascending, key 2" }).waitFor();
    await chips().getByRole("button", { name: "Clear All" }).click();
    await firstIds(0, 1, 2);
  });

  it("still selects a column by a click on its name", async () => {
    await header("amount").locator(".name").click();
    await footer("1,500 rows × 1 column selected");
    assert.equal(arranger.asked.length, 0);
  });

  it("filters by the value of a cell, and keeps the row in view when the filter is removed", async () => {
    await table.cell(1, 1).click({ button: "right" });
    await page().getByRole("menuitem", { name: "Filter by Value" }).click();
    await firstIds(1, 4, 7);
    await footer("500 of 1,500 rows");
    await said("Filtered: country is “France”. 500 of 1,500 rows.");
    await press("Control+End");
    await table.cell(499, 2).and(page().locator(":focus")).waitFor();
    await chips().getByRole("button", { name: "Remove filter: country is “France”" }).click();
    await table.cell(1498, 2).and(page().locator('[tabindex="0"]')).waitFor();
    await footer("Row 1,499, amount");
  });

  it("excludes the value of a cell", async () => {
    await table.cell(1, 1).click({ button: "right" });
    await page().getByRole("menuitem", { name: "Exclude Value" }).click();
    await firstIds(0, 2, 3);
    await table.cell(0, 1).click({ button: "right" });
    await page().getByRole("menuitem", { name: "Exclude Value" }).click();
    await firstIds(2, 5, 8);
    await chips().getByText("country is none of 2 values").waitFor();
  });

  it("filters by a condition with the keyboard alone", async () => {
    await press("Control+Home");
    await press("End");
    await press("Alt+ArrowDown");
    await pane("amount").waitFor();
    await page().getByLabel("Condition").selectOption("is at least");
    await press("Tab");
    await page().keyboard.type("990");
    await press("Enter");
    const found = Array.from({ length: rowCount }, (_, row) => row).filter((row) => amountOf(row) >= 990);
    await footer(`${found.length} of 1,500 rows`);
    await firstIds(...found.slice(0, 3));
    await press("Alt+Shift+ArrowDown");
    await said("Sorted by amount, descending. Filtered: amount ≥ “990”.");
    const remove = chips().getByRole("button", { name: "Remove filter: amount ≥ “990”" });
    await remove.focus();
    await press("Delete");
    await footer("1,500 rows");
    await chips().locator(":focus").waitFor();
    await press("Delete");
    await chips().waitFor({ state: "hidden" });
    await page().locator('[role="grid"] :focus').waitFor();
  });

  it("filters by values that are ticked, searched or pasted", async () => {
    await header("country").click({ button: "right" });
    await page().getByRole("menuitem", { name: "Filter…" }).click();
    const values = pane("country");
    await values.getByText("500").first().waitFor();
    await values.getByLabel(/^Spain/).check();
    await values.getByRole("button", { name: "Apply" }).click();
    await firstIds(2, 5, 8);
    await chips().getByRole("button", { name: "Filter: country is “Spain”. Change." }).click();
    assert.equal(await values.getByLabel(/^Spain/).isChecked(), true);
    await page().evaluate(`{
      const data = new DataTransfer();
      data.setData("text", "Belgium\\nNowhere\\n");
      const field = document.querySelector(".values-search");
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }`);
    await values.getByText("2 values pasted").waitFor();
    await values.getByRole("button", { name: "Apply" }).click();
    await firstIds(0, 2, 3);
    await chips().getByText("country is one of 3 values").waitFor();
  });

  it("filters by a range that is dragged over the histogram", async () => {
    await header("amount").click({ button: "right" });
    await page().getByRole("menuitem", { name: "Filter…" }).click();
    const histogram = page().locator(".histogram");
    await histogram.waitFor();
    const { x, y, width, height } = (await histogram.boundingBox()) ?? assert.fail("no histogram");
    await page().mouse.move(x + width * 0.05, y + height / 2);
    await page().mouse.down();
    await page().mouse.move(x + width * 0.15, y + height / 2);
    await page().mouse.up();
    assert.notEqual(await pane("amount").getByRole("textbox", { name: "From" }).inputValue(), "");
    await pane("amount").getByRole("button", { name: "Apply" }).click();
    await footer("300 of 1,500 rows");
  });

  it("shows the progress and can be canceled while the rows so far are scrolled", async () => {
    arranger.gate = new Promise(() => undefined);
    await header("amount").locator(".sort-handle").click();
    await chips().getByText("50%").waitFor();
    await chips().getByRole("progressbar", { name: "Sorting and filtering" }).waitFor();
    await table.cell(0, 0).click();
    await press("Control+End");
    await table
      .cell(rowCount - 1, 0)
      .filter({ hasText: "1499" })
      .waitFor();
    await assertAccessible(page().mainFrame());
    await chips().getByRole("button", { name: "Cancel" }).click();
    await chips().waitFor({ state: "hidden" });
    await page().locator('[role="grid"] :focus').waitFor();
    assert.equal(await header("amount").getAttribute("aria-sort"), null);
  });

  it("finds, copies and goes to rows in the order of the view", async () => {
    await header("amount").locator(".sort-handle").click();
    await firstIds(...byAmount.slice(0, 3));
    await table.cell(0, 0).click();
    await press("Shift+ArrowDown");
    await press("Control+C");
    await page().waitForFunction("true");
    while (opened.copied.length === 0) await page().waitForTimeout(20);
    assert.equal(opened.copied[0], byAmount.slice(0, 2).join("\n"));
    opened.send({ command: "goToRow" });
    await page()
      .getByLabel(/^Go to row/)
      .fill("1235");
    await press("Enter");
    const position = byAmount.indexOf(1234);
    await table.cell(position, 0).and(page().locator(":focus")).waitFor();
    await footer("Row 1,235, id");
  });

  it("is sorted and filtered again after its page was hidden, and after the file was opened anew", async () => {
    await table.cell(1, 1).click({ button: "right" });
    await page().getByRole("menuitem", { name: "Filter by Value" }).click();
    await footer("500 of 1,500 rows");
    table = await opened.reload();
    await footer("500 of 1,500 rows");
    await chips().getByText("country is “France”").waitFor();
    assert.equal(arranger.asked.length, 1);
  });

  it("says that no row passes a filter", async () => {
    await press("Alt+ArrowDown");
    await page().getByLabel("Condition").selectOption("is");
    await press("Tab");
    await page().keyboard.type("nothing");
    await press("Enter");
    await page().getByText("No row passes the filter").waitFor();
    await footer("0 of 1,500 rows");
    await assertAccessible(page().mainFrame());
  });

  it("has no accessibility problem that axe finds, with chips and the pane", async () => {
    await header("country").locator(".sort-handle").click();
    await header("amount")
      .locator(".sort-handle")
      .click({ modifiers: ["Shift"] });
    await table.cell(1, 1).click({ button: "right" });
    await page().getByRole("menuitem", { name: "Filter by Value" }).click();
    await footer("500 of 1,500 rows");
    await press("Alt+ArrowDown");
    await pane("country").getByText("500").first().waitFor();
    await assertAccessible(page().mainFrame());
  });

  it("says why rows can't be sorted where nothing can sort them", async () => {
    await open({});
    await header("amount").locator(".sort-handle").click();
    await footer("There is no engine.");
    await press("Alt+ArrowDown");
    await said("There is no engine.");
    assert.equal(await page().locator(".filter-pane").isVisible(), false);
  });
});
