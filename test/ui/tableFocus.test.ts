import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Locator } from "playwright-core";
import { activateTab, clickInTab } from "../../workbench/page/editorGroups.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

/** VS Code looks every 50 ms whether a page has the focus. */
const noticedMs = 250;

const rows = Array.from({ length: 30 }, (_, row) => `${row},left ${row}`);

describe("a click in a table", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      viewport: { width: 1400, height: 760 },
      settings: { "workbench.editorAssociations": { "*.csv": "taskExports.table" } },
    });
    await writeFile(path.join(workbench.workspace, "left.csv"), `id,name\n${rows.join("\n")}\n`);
    await writeFile(
      path.join(workbench.workspace, "right.csv"),
      `key,city\n${rows.join("\n").replaceAll("left", "right")}\n`,
    );
  });

  // Each test has tabs of its own, so that one that failed leaves nothing behind.
  beforeEach(() => workbench.closeEditors());

  after(() => workbench.close());

  /** Clicks into the table on the left, coming from the script on the right. */
  function clickFromScript(target: Locator): Promise<void> {
    return activateTab(workbench, "left.csv", 1, async () => {
      await clickInTab(workbench, "report.py", 2, workbench.editorLines(2));
      // No person clicks into the table again before VS Code has noticed that it lost the focus.
      await sleep(noticedMs);
      await target.click();
    });
  }

  /** Waits until this text is on the clipboard. */
  async function waitForCopied(expected: string): Promise<void> {
    while ((await workbench.page.evaluate<string>("navigator.clipboard.readText()")) !== expected) await sleep(50);
  }

  /** Arrow keys, copy and find must all reach the table. */
  async function useKeys(table: TableEditor, column: string, word: string): Promise<void> {
    const { keyboard } = workbench.page;
    await keyboard.press("ArrowDown");
    await table.frame.locator(".footer", { hasText: `Row 4, ${column}` }).waitFor();
    await keyboard.press("Control+C");
    await waitForCopied(`${word} 3`);
    await keyboard.press("Control+F");
    await table.frame.getByRole("search").waitFor();
    await keyboard.press("Escape");
    await table.frame.getByRole("search").waitFor({ state: "hidden" });
  }

  it("makes it the active editor and moves the focus to it from a text editor", async () => {
    await workbench.openWorkspaceFile("left.csv");
    await workbench.openWorkspaceFile("report.py", "Control+Enter");
    const table = await TableEditor.withColumn(workbench.page, "id");
    await clickFromScript(table.cell(2, 1));
    await useKeys(table, "name", "left");
    await clickFromScript(table.frame.locator(".footer-rows"));
    await workbench.page.keyboard.press("ArrowDown");
    await table.frame.locator(".footer", { hasText: "Row 5, name" }).waitFor();
    await clickFromScript(table.header("name"));
  });

  it("moves the focus between two tables side by side", async () => {
    await workbench.openWorkspaceFile("left.csv");
    const left = await TableEditor.withColumn(workbench.page, "id");
    await left.focusGrid();
    await workbench.openWorkspaceFile("right.csv", "Control+Enter");
    const right = await TableEditor.withColumn(workbench.page, "key");
    const toLeft = (): Promise<void> =>
      activateTab(workbench, "left.csv", 1, async () => {
        await clickInTab(workbench, "right.csv", 2, right.cell(1, 1));
        await sleep(noticedMs);
        await left.cell(2, 1).click();
      });
    const toRight = (): Promise<void> =>
      activateTab(workbench, "right.csv", 2, async () => {
        await clickInTab(workbench, "left.csv", 1, left.cell(1, 1));
        await sleep(noticedMs);
        await right.cell(2, 1).click();
      });
    await toLeft();
    await useKeys(left, "name", "left");
    await toRight();
    await useKeys(right, "city", "right");
    await toLeft();
    await useKeys(left, "name", "left");
  });
});
