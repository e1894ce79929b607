import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const rows = Array.from({ length: 400 }, (_, row) => `${row},${row % 2 === 0 ? "Gent" : "Porto"},${row}.5`);

describe("two tabs on one file, side by side", { timeout: 300_000 }, () => {
  let workbench: Workbench;
  let left: TableEditor;
  let right: TableEditor;

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1500, height: 760 },
      settings: { "workbench.editorAssociations": { "*.csv": "taskExports.table" } },
    });
    await writeFile(path.join(workbench.workspace, "cities.csv"), `id,city,amount\n${rows.join("\n")}\n`);
    await workbench.openWorkspaceFile("cities.csv");
    left = await TableEditor.withColumn(workbench.page, "city");
    await left.focusGrid();
    await workbench.page.keyboard.press("ControlOrMeta+\\");
    await workbench.tab("cities.csv", 2).waitFor();
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

  /** Commands go to the active tab, which is another one a moment after a click. */
  const waitUntilActive = (group: number): Promise<void> =>
    workbench.page
      .locator(".editor-group-container")
      .nth(group - 1)
      .and(workbench.page.locator(".active"))
      .waitFor();

  const xOf = async ({ grid }: TableEditor): Promise<number> => (await grid.boundingBox())?.x ?? 0;

  async function find(table: TableEditor, text: string): Promise<void> {
    await workbench.page.keyboard.press("Control+F");
    const input = table.frame.getByRole("textbox", { name: "Find" });
    await input.waitFor();
    await input.fill(text);
  }

  const found = (table: TableEditor, count: string): Promise<void> =>
    table.frame.getByRole("search").filter({ hasText: count }).waitFor();

  it("each have their own scroll position and selection", async () => {
    await left.cell(3, 0).click();
    await left.cell(5, 2).click({ modifiers: ["Shift"] });
    await left.footer("3 rows × 3 columns selected").waitFor();
    await right.cell(1, 2).click();
    await workbench.page.keyboard.press("Control+End");
    await right.footer("Row 400, amount").waitFor();
    await left.footer("3 rows × 3 columns selected").waitFor();
    assert.equal((await left.paintedRows()).first, 0);
  });

  it("each have their own search, and ending one doesn't end the other", async () => {
    await left.cell(3, 0).click();
    await waitUntilActive(1);
    await find(left, "gent");
    await found(left, "of 200");
    await right.cell(399, 2).click();
    await waitUntilActive(2);
    await find(right, "39.5");
    await found(right, "of 4");
    await found(left, "of 200");
    await workbench.screenshot("table split: two searches");
    await workbench.page.keyboard.press("Escape");
    await right.frame.getByRole("search").waitFor({ state: "hidden" });
    await left.cell(3, 0).click();
    await waitUntilActive(1);
    await workbench.page.keyboard.press("F3");
    await left.cell(4, 1).locator("mark").waitFor();
    await left.footer("Row 5, city").waitFor();
    await right.footer("Row 40, amount").waitFor();
  });

  it("don't depend on each other: if one is closed, the other can still scroll, find and reload", async () => {
    await workbench
      .tab("cities.csv", 2)
      .getByRole("button", { name: /^Close/ })
      .click();
    await workbench.page.locator(".editor-group-container").nth(1).waitFor({ state: "detached" });
    await left.cell(4, 1).click();
    await waitUntilActive(1);
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
