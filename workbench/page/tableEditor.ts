import { setTimeout as sleep } from "node:timers/promises";
import type { Frame, Locator, Page } from "playwright-core";
import { type Painted, paintedTable, paintedTables } from "../host/tableFrame.ts";
import type { PageTheme } from "./themes.ts";

const pollMs = 20;
const limitMs = 30_000;
const focusedLooks = 5;

/** The table editor in the workbench. Its webview is a frame within a frame, created anew for each tab. */
export class TableEditor {
  readonly frame: Frame;

  private constructor(frame: Frame) {
    this.frame = frame;
  }

  /** Waits for the visible table to show its first rows, or a state instead of them. */
  static async inView(page: Page, painted: Painted = "rows"): Promise<TableEditor> {
    return new TableEditor(await paintedTable(page, [painted]));
  }

  /** The visible tables, in any order, because editors can be side by side. */
  static async allInView(page: Page): Promise<TableEditor[]> {
    return (await paintedTables(page, ["rows"])).map((frame) => new TableEditor(frame));
  }

  /** The table in view with a column of this name, as soon as there is one. */
  static async withColumn(page: Page, name: string): Promise<TableEditor> {
    const until = Date.now() + limitMs;
    for (;;) {
      for (const table of await TableEditor.allInView(page)) {
        if ((await table.header(name).count()) > 0) return table;
      }
      if (Date.now() > until) throw new Error(`No table is in view that shows a column ${name}.`);
      await sleep(pollMs);
    }
  }

  /** The table in a page that shows nothing else, as soon as it has painted rows. */
  static async inPage(page: Page): Promise<TableEditor> {
    await page.locator('body[data-painted="rows"]').waitFor();
    return new TableEditor(page.mainFrame());
  }

  get grid(): Locator {
    return this.frame.getByRole("grid");
  }

  /** A cell by its row's position in the view, which in file order is the row's number, and its column's index. */
  cell(row: number, column: number): Locator {
    return this.frame.locator(`[role="gridcell"][data-row="${row}"][data-column="${column}"]`);
  }

  header(name: string): Locator {
    return this.frame.getByRole("columnheader", { name: new RegExp(`^${name}\\b`) });
  }

  /** The pane with a cell's value or a whole record. */
  get detail(): Locator {
    return this.frame.getByRole("region", { name: "Details" });
  }

  /** The footer, once it says something. */
  footer(says: string | RegExp): Locator {
    return this.frame.locator(".footer", { hasText: says });
  }

  /** Waits until the page has the colors of a theme, which VS Code sends a moment after the window has them. */
  waitForTheme(page: PageTheme): Promise<void> {
    return this.frame.locator(`body[data-vscode-theme-kind="${page}"]`).waitFor();
  }

  /** Focuses the last active cell. Anything that was just closed may take the focus back once more. */
  async focusGrid(): Promise<void> {
    const cell = this.grid.locator('[tabindex="0"]').first();
    for (let held = 0; held < focusedLooks;) {
      const isHeld = await this.frame.evaluate<boolean>(
        `document.hasFocus() && document.querySelector('[role="grid"]').contains(document.activeElement)`,
      );
      held = isHeld ? held + 1 : 0;
      if (!isHeld) await cell.focus();
      await sleep(pollMs);
    }
  }

  /** The texts of a row's painted cells. */
  async rowTexts(row: number): Promise<string[]> {
    await this.cell(row, 0).waitFor();
    return this.frame.locator(`[role="gridcell"][data-row="${row}"]`).allInnerTexts();
  }

  /** The positions of the first and the last row that are painted. */
  async paintedRows(): Promise<{ first: number; last: number }> {
    const rows = await this.frame.evaluate<number[]>(
      `[...document.querySelectorAll('[role="gridcell"][data-row]')].map((cell) => Number(cell.dataset.row))`,
    );
    return { first: Math.min(...rows), last: Math.max(...rows) };
  }

  /** When the first rows had been painted, in milliseconds since 1970. */
  paintedAt(): Promise<number> {
    return this.frame.evaluate<number>(
      `performance.timeOrigin + performance.getEntriesByName("table-painted")[0].startTime`,
    );
  }

  /** Waits until the number of rows is exact, and returns it. */
  async exactRows(): Promise<number> {
    await this.frame.locator('body[data-exact="true"]').waitFor();
    // The header is also a row of the grid.
    return Number(await this.grid.getAttribute("aria-rowcount")) - 1;
  }
}
