import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Locator } from "playwright-core";
import { FileOrder } from "../../src/table/view/fileOrder.ts";
import { launchBrowser } from "../../workbench/host/browser.ts";
import { closeAll, type Closers } from "../../workbench/page/startWorkbench.ts";
import type { TableEditor } from "../../workbench/page/tableEditor.ts";
import { ReversedView } from "../unit/table/view/reversedView.ts";
import { TableInBrowser, type ViewClass } from "./tableInBrowser.ts";

const rowCount = 3000;
const manyRows = 9_000_000;
const wideColumns = 200;

/** Some notes have two lines, so that rows and lines are not the same. */
const note = (row: number): string => (row % 7 === 3 ? "needle" : row % 100 === 0 ? "two\nlines" : "hay");
const record = (row: number): string => `${row},name ${row},${row}.10,"${note(row)}"`;
const allRows = Array.from({ length: rowCount }, (_, row) => row);
const text = ["id,name,amount,note", ...allRows.map(record), ""].join("\n");
/** The line at which a row begins, counted from 0; the header is the first. */
const lineOf = (row: number): number => 1 + row + allRows.slice(0, row).filter((n) => note(n).includes("\n")).length;

const wide = [0, 1].map((row) => Array.from({ length: wideColumns }, (_, column) => `${row}/${column}`).join(","));

const views: readonly [name: string, View: ViewClass, numberAt: (position: number, rows: number) => number][] = [
  ["file order", FileOrder, (position) => position],
  ["another order", ReversedView, (position, rows) => rows - 1 - position],
];

for (const [name, View, numberIn] of views) {
  describe(`the table's page on rows in ${name}`, { timeout: 300_000 }, () => {
    const closers: Closers = [];
    let browser: Browser;
    let opened: TableInBrowser;
    let table: TableEditor;
    let folder: string;

    const numberAt = (position: number): number => numberIn(position, rowCount);
    const needles = allRows.filter((position) => note(numberAt(position)) === "needle");
    const shown = (number: number): string => number.toLocaleString("en-US");

    before(async () => {
      folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-page-"));
      closers.push(() => rm(folder, { recursive: true, force: true }));
      await writeFile(path.join(folder, "rows.csv"), text);
      await writeFile(path.join(folder, "many.csv"), `n\n${"7\n".repeat(manyRows)}`);
      const names = Array.from({ length: wideColumns }, (_, column) => `c${column}`).join(",");
      await writeFile(path.join(folder, "wide.csv"), [names, ...wide, ""].join("\n"));
      browser = await launchBrowser();
      closers.push(() => browser.close());
      opened = await open("rows.csv");
    });

    after(() => closeAll(closers));

    async function open(file: string): Promise<TableInBrowser> {
      const inBrowser = await TableInBrowser.open(browser, path.join(folder, file), View);
      closers.push(() => inBrowser.close());
      table = await inBrowser.table;
      await table.exactRows();
      return inBrowser;
    }

    const keyboard = () => opened.page.keyboard;
    const footer = (says: string | RegExp): Promise<void> =>
      table.frame.locator(".footer", { hasText: says }).waitFor();
    const cellWith = (position: number, column: number, hasText: string | RegExp): Locator =>
      table.cell(position, column).filter({ hasText });
    const idAt = (position: number): RegExp => new RegExp(`^${numberAt(position)}$`);

    /** The row's number, as its header shows it. */
    const rowHeader = (position: number): Locator =>
      table.frame.locator(`[role="row"][aria-rowindex="${position + 2}"] [role="rowheader"]`);

    async function goToRow(number: number): Promise<void> {
      opened.send({ command: "goToRow" });
      await table.frame.getByLabel(/^Go to row/).fill(shown(number));
      await keyboard().press("Enter");
      await table.frame.getByLabel(/^Go to row/).waitFor({ state: "hidden" });
    }

    async function until(what: () => boolean | Promise<boolean>): Promise<void> {
      while (!(await what())) await sleep(20);
    }

    it("shows each row with its number, and scrolls to the end and back", async () => {
      await cellWith(0, 0, idAt(0)).waitFor();
      assert.equal(await rowHeader(0).innerText(), shown(numberAt(0) + 1));
      await table.cell(0, 0).hover();
      while ((await table.paintedRows()).last < rowCount - 1) await opened.page.mouse.wheel(0, 20_000);
      await cellWith(rowCount - 1, 0, idAt(rowCount - 1)).waitFor();
      assert.equal(await rowHeader(rowCount - 1).innerText(), shown(numberAt(rowCount - 1) + 1));
      while ((await table.paintedRows()).first > 0) await opened.page.mouse.wheel(0, -20_000);
      await cellWith(0, 0, idAt(0)).waitFor();
    });

    it("goes to a row by its number, and shows the number in the footer", async () => {
      await table.focusGrid();
      const position = allRows.findIndex((each) => numberAt(each) === 1234);
      await goToRow(1235);
      await cellWith(position, 0, /^1234$/).waitFor();
      await table.cell(position, 0).and(table.frame.locator(":focus")).waitFor();
      await footer("Row 1,235, id");
    });

    it("finds the next and the previous match in the order of the rows", async () => {
      await keyboard().press("Control+Home");
      opened.send({ command: "find" });
      await table.frame.getByRole("textbox", { name: "Find" }).fill("needle");
      const search = table.frame.getByRole("search");
      const onMatch = async (match: number): Promise<void> => {
        const position = needles.at(match) ?? -1;
        const ordinal = match < 0 ? needles.length + match + 1 : match + 1;
        await search.filter({ hasText: `${ordinal} of ${needles.length}` }).waitFor();
        await table.cell(position, 3).locator("mark").waitFor();
        await table.cell(position, 3).and(table.frame.locator('[tabindex="0"]')).waitFor();
      };
      await onMatch(0);
      await keyboard().press("Enter");
      await onMatch(1);
      opened.send({ command: "findPrevious" });
      await onMatch(0);
      opened.send({ command: "findPrevious" });
      await onMatch(-1);
      opened.send({ command: "findNext" });
      await onMatch(0);
      await keyboard().press("Escape");
      await search.waitFor({ state: "hidden" });
    });

    it("stays at a cell that the user goes to while a match is being looked for", async () => {
      await keyboard().press("Control+Home");
      opened.send({ command: "find" });
      await table.frame.getByRole("textbox", { name: "Find" }).fill("needle");
      const search = table.frame.getByRole("search");
      await search.filter({ hasText: `1 of ${needles.length}` }).waitFor();
      await table.frame.evaluate(`{
        const press = (element, key) => element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        press(document.querySelector('[role="search"] input'), "Enter");
        press(document.querySelector('[role="gridcell"][tabindex="0"]'), "ArrowDown");
      }`);
      await search.filter({ hasText: `2 of ${needles.length}` }).waitFor();
      const position = (needles[0] ?? 0) + 1;
      await table.cell(position, 3).and(table.frame.locator('[tabindex="0"]')).waitFor();
      await footer(`Row ${shown(numberAt(position) + 1)}, `);
      await table.frame.getByRole("textbox", { name: "Find" }).press("Escape");
      await search.waitFor({ state: "hidden" });
    });

    it("copies what is selected with the keyboard, in the order of the rows", async () => {
      await keyboard().press("Control+Home");
      for (const key of ["ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight"]) await keyboard().press(key);
      await keyboard().press("Control+C");
      const rows = [numberAt(1), numberAt(2)];
      await until(() => opened.copied.length === 1);
      assert.equal(opened.copied[0], rows.map((row) => `${row}\tname ${row}`).join("\n"));
      opened.send({ command: "copy", format: "csv" });
      await until(() => opened.copied.length === 2);
      assert.equal(opened.copied[1], ["id,name", ...rows.map((row) => `${row},name ${row}`)].join("\n"));
    });

    it("shows the sum of cells that are selected with the mouse, and saves them", async () => {
      await keyboard().press("Control+Home");
      await table.cell(4, 2).click();
      await table.cell(6, 2).click({ modifiers: ["Shift"] });
      const rows = [4, 5, 6].map(numberAt);
      const sum = rows.reduce((total, row) => total + row, 0);
      await footer(`Count: 3 · Sum: ${shown(sum)}.3 · Average: ${shown(sum / 3)}.1`);
      await footer("3 rows × 1 column selected");
      opened.send({ command: "saveSelection" });
      await until(() => opened.saved.length === 1);
      assert.equal(opened.saved[0], `amount\n${rows.map((row) => `${row}.10\n`).join("")}`);
    });

    it("shows a value and the whole record of a row in the detail pane", async () => {
      await table.cell(8, 1).click();
      await keyboard().press("Enter");
      const pane = table.frame.getByRole("region", { name: "Details" });
      await pane.filter({ hasText: `Row ${shown(numberAt(8) + 1)}` }).waitFor();
      await pane
        .getByLabel("Value", { exact: true })
        .filter({ hasText: `name ${numberAt(8)}` })
        .waitFor();
      await table.focusGrid();
      await keyboard().press("ArrowDown");
      await pane
        .getByLabel("Value", { exact: true })
        .filter({ hasText: `name ${numberAt(9)}` })
        .waitFor();
      await pane.getByRole("button", { name: "Show whole record" }).click();
      await pane.filter({ hasText: `Row ${shown(numberAt(9) + 1)}` }).waitFor();
      assert.deepEqual(await pane.locator("dd").allInnerTexts(), [
        String(numberAt(9)),
        `name ${numberAt(9)}`,
        `${numberAt(9)}.10`,
        note(numberAt(9)),
      ]);
      await keyboard().press("Escape");
      await pane.waitFor({ state: "hidden" });
    });

    it("opens the file at the line of a row", async () => {
      for (const [times, row] of [250, 2222].entries()) {
        await goToRow(row + 1);
        await footer(`Row ${shown(row + 1)}`);
        opened.send({ command: "revealInText" });
        await until(() => opened.revealed.length > times);
        assert.equal(opened.revealed[times], lineOf(row));
      }
    });

    it("is at the same row again after its tab was hidden", async () => {
      const position = allRows.findIndex((each) => numberAt(each) === 1776);
      await goToRow(1777);
      await table.cell(position, 0).click();
      await keyboard().press("ArrowRight");
      const kept = () => opened.state.position(opened.uri);
      await until(() => kept()?.number === 1776 && kept()?.column === 1);
      table = await opened.reload();
      await cellWith(position, 1, "name 1776").and(table.frame.locator('[tabindex="0"]')).waitFor();
      await footer("Row 1,777, name");
    });

    it("gives every row and column in view its index for assistive technology, even after scrolling", async () => {
      opened = await open("many.csv");
      await table.focusGrid();
      for (const row of [8_400_000, 8_999_999, 0]) {
        await goToRow(row + 1);
        const position = numberIn(row, manyRows);
        await rowHeader(position)
          .filter({ hasText: shown(row + 1) })
          .waitFor();
        await assertIndexes();
      }
      assert.equal(await table.grid.getAttribute("aria-rowcount"), String(manyRows + 1));
      opened = await open("wide.csv");
      await table.focusGrid();
      for (const key of ["End", "Home", "ArrowRight"]) {
        await keyboard().press(key);
        await footer(key === "End" ? `c${wideColumns - 1}` : key === "Home" ? "c0" : "c1");
        await assertIndexes();
      }
      assert.equal(await table.grid.getAttribute("aria-colcount"), String(wideColumns + 1));
    });

    /** In the tree that assistive technology reads, the header is row 1 and the row numbers are column 1. */
    async function assertIndexes(): Promise<void> {
      const cells = await table.frame.evaluate<[row: string, column: string, rowIndex: string, columnIndex: string][]>(
        `[...document.querySelectorAll('[role="gridcell"]')].map((cell) => [
          cell.dataset.row, cell.dataset.column,
          cell.closest('[role="row"]').getAttribute("aria-rowindex"), cell.getAttribute("aria-colindex"),
        ])`,
      );
      assert.ok(cells.length > 10);
      for (const [row, column, rowIndex, columnIndex] of cells) {
        assert.deepEqual([rowIndex, columnIndex], [String(Number(row) + 2), String(Number(column) + 2)]);
      }
    }
  });
}
