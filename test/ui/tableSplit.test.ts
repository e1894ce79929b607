import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { clickInTab } from "../../workbench/page/editorGroups.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const rows = Array.from({ length: 400 }, (_, row) => `${row},${row % 2 === 0 ? "Gent" : "Porto"},${row}.5`);

describe("two tabs on one file, side by side", { timeout: 300_000 }, () => {
  let workbench: Workbench;
  let left: TableEditor;
  let right: TableEditor;
  let files = 0;
  let file = "";

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1500, height: 760 },
      settings: { "workbench.editorAssociations": { "*.csv": "taskExports.table" } },
    });
  });

  // Each test has a file of its own, because its place is remembered. So a test that failed leaves nothing behind.
  beforeEach(async () => {
    await workbench.closeEditors();
    files += 1;
    file = `cities-${files}.csv`;
    await writeFile(path.join(workbench.workspace, file), `id,city,amount\n${rows.join("\n")}\n`);
    await workbench.openWorkspaceFile(file);
    const only = await TableEditor.withColumn(workbench.page, "city");
    await only.focusGrid();
    await workbench.page.keyboard.press("ControlOrMeta+\\");
    await workbench.tab(file, 2).waitFor();
    const tables = await bothInView();
    const [first, second] = await Promise.all(tables.map(async (table) => ({ table, x: await xOf(table) })));
    assert.ok(first && second);
    [left, right] = first.x < second.x ? [first.table, second.table] : [second.table, first.table];
  });

  after(() => workbench.close());

  async function bothInView(): Promise<TableEditor[]> {
    for (;;) {
      const tables = await TableEditor.allInView(workbench.page);
      if (tables.length === 2) return tables;
      await sleep(20);
    }
  }

  const xOf = async ({ grid }: TableEditor): Promise<number> => (await grid.boundingBox())?.x ?? 0;

  /** Clicks on a cell, and waits until commands go to its tab. */
  const clickLeft = (row: number, column: number): Promise<void> =>
    clickInTab(workbench, file, 1, left.cell(row, column));
  const clickRight = (row: number, column: number): Promise<void> =>
    clickInTab(workbench, file, 2, right.cell(row, column));

  async function find(table: TableEditor, text: string, count: string): Promise<void> {
    await workbench.page.keyboard.press("Control+F");
    const input = table.frame.getByRole("textbox", { name: "Find" });
    await input.waitFor();
    await input.fill(text);
    await found(table, count);
  }

  const found = (table: TableEditor, count: string): Promise<void> =>
    table.frame.getByRole("search").filter({ hasText: count }).waitFor();

  it("each have their own scroll position and selection", async () => {
    await clickLeft(3, 0);
    await left.cell(5, 2).click({ modifiers: ["Shift"] });
    await left.footer("3 rows × 3 columns selected").waitFor();
    await clickRight(1, 2);
    await workbench.page.keyboard.press("Control+End");
    await right.footer("Row 400, amount").waitFor();
    await left.footer("3 rows × 3 columns selected").waitFor();
    assert.equal((await left.paintedRows()).first, 0);
  });

  it("each have their own search, and ending one doesn't end the other", async () => {
    await clickLeft(3, 0);
    await find(left, "gent", "of 200");
    await clickRight(1, 2);
    await find(right, "39.5", "of 4");
    await right.footer("Row 40, amount").waitFor();
    await found(left, "of 200");
    await workbench.screenshot("table split: two searches");
    await workbench.page.keyboard.press("Escape");
    await right.frame.getByRole("search").waitFor({ state: "hidden" });
    await clickLeft(3, 0);
    await workbench.page.keyboard.press("F3");
    await left.cell(4, 1).locator("mark").waitFor();
    await left.footer("Row 5, city").waitFor();
    await right.footer("Row 40, amount").waitFor();
  });

  it("don't depend on each other: if one is closed, the other can still scroll, find and reload", async () => {
    await clickLeft(4, 1);
    await find(left, "gent", "of 200");
    await workbench
      .tab(file, 2)
      .getByRole("button", { name: /^Close/ })
      .click();
    await workbench.page.locator(".editor-group-container").nth(1).waitFor({ state: "detached" });
    await clickLeft(4, 1);
    await workbench.page.keyboard.press("F3");
    await left.footer("Row 7, city").waitFor();
    await workbench.page.keyboard.press("Control+End");
    await left.cell(399, 0).filter({ hasText: "399" }).waitFor();
    await left.frame.getByLabel("Delimiter").selectOption({ label: "Semicolon" });
    await left.header("id,city,amount").waitFor();
    await found(left, "of 200");
    await workbench.screenshot("table split: one is left");
  });
});
