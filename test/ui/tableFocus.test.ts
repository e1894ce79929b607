import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
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

  after(() => workbench.close());

  async function waitUntilActive(name: string, group: number): Promise<void> {
    await workbench.page.locator(`.editor-group-container.active .tab.active`, { hasText: name }).waitFor();
    assert.equal(await workbench.tab(name, group).count(), 1);
  }

  /** No person clicks into the table again before VS Code has noticed that it lost the focus. */
  async function clickIntoScript(): Promise<void> {
    await workbench.editorLines(2).click();
    await waitUntilActive("report.py", 2);
    await sleep(noticedMs);
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
    await clickIntoScript();
    await table.cell(2, 1).click();
    await waitUntilActive("left.csv", 1);
    await useKeys(table, "name", "left");
    await clickIntoScript();
    await table.frame.locator(".footer-rows").click();
    await waitUntilActive("left.csv", 1);
    await workbench.page.keyboard.press("ArrowDown");
    await table.frame.locator(".footer", { hasText: "Row 5, name" }).waitFor();
    await clickIntoScript();
    await table.header("name").click();
    await waitUntilActive("left.csv", 1);
  });

  it("moves the focus between two tables side by side", async () => {
    await workbench.closeEditors();
    await workbench.openWorkspaceFile("left.csv");
    const left = await TableEditor.withColumn(workbench.page, "id");
    await left.focusGrid();
    await workbench.openWorkspaceFile("right.csv", "Control+Enter");
    const right = await TableEditor.withColumn(workbench.page, "key");
    await waitUntilActive("right.csv", 2);
    await left.cell(2, 1).click();
    await waitUntilActive("left.csv", 1);
    await useKeys(left, "name", "left");
    await right.cell(2, 1).click();
    await waitUntilActive("right.csv", 2);
    await useKeys(right, "city", "right");
    await left.cell(2, 1).click();
    await waitUntilActive("left.csv", 1);
    await useKeys(left, "name", "left");
  });
});
