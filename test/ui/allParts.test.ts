import assert from "node:assert/strict";
import { rename } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const taskId = "00000000-0000-4000-8000-000000000003";
const row = "Documents, 3 CSV files";
const title = `All parts of task ${taskId}`;
const [first, second, third] = [2000, 2500, 3000];
const total = first + second + third;

describe("all parts of a task as one table", { timeout: 300_000 }, () => {
  let workbench: Workbench;
  let table: TableEditor;
  /** The names of the files, in the order of the parts. */
  let names: readonly [string, string, string];

  before(async () => {
    workbench = await Workbench.open({ accounts: bothAccounts, settings: { "taskExports.pageSize": 200 } });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
    const [one, two, three] = (await workbench.sandbox.expectedFiles(taskId)).map(({ name }) => name);
    assert.ok(one !== undefined && two !== undefined && three !== undefined);
    names = [one, two, three];
    await workbench.filterTasks(taskId);
    await workbench.openMenu(workbench.treeRow(row));
    await workbench.chooseFromMenu("Download Task Export");
    await workbench.notification("3 files downloaded").waitFor();
    await workbench.dismissNotifications();
    await workbench.tab(names[0]).waitFor();
    await workbench.closeEditors();
  });

  afterEach((context) => workbench.screenshot(`all parts: ${context.name}`));

  after(() => workbench.close());

  /** Waits until the table in view shows the parts with so many rows. */
  async function tableWithRows(count: number): Promise<void> {
    table = await TableEditor.withColumn(workbench.page, "Part");
    await table.frame.locator(`[role="grid"][aria-rowcount="${count + 1}"]`).waitFor();
  }

  /** Waits until a row shows that it is from a part. */
  const waitForPart = (at: number, name: string): Promise<void> =>
    table.cell(at, 0).filter({ hasText: name }).waitFor();

  const notice = (says: string) => table.frame.locator(".notice", { hasText: says });

  async function goToRow(number: string): Promise<void> {
    await table.focusGrid();
    await workbench.page.keyboard.press("Control+G");
    await table.frame.getByLabel(/^Go to row/).fill(number);
    await workbench.page.keyboard.press("Enter");
    await table.footer(`Row ${number}`).waitFor();
  }

  it("opens from the context menu of the task, with a column that names the part", async () => {
    await workbench.openMenu(workbench.treeRow(row));
    await workbench.chooseFromMenu("Open All Parts as One Table");
    await workbench.tab(title).waitFor();
    await tableWithRows(total);
    await waitForPart(0, names[0]);
    assert.match(await table.cell(0, 2).innerText(), /^[0-9a-f]{8}-0$/);
  });

  it("goes to a row by its number across all parts", async () => {
    await goToRow("4,501");
    await waitForPart(first + second - 1, names[1]);
    await waitForPart(first + second, names[2]);
    assert.equal(await table.cell(first + second, 1).innerText(), "1");
    await workbench.page.keyboard.press("Control+ArrowDown");
    await waitForPart(total - 1, names[2]);
    assert.equal(await table.cell(total - 1, 1).innerText(), String(third));
  });

  it("finds text in every part, and goes from match to match", async () => {
    await workbench.page.keyboard.press("Control+Home");
    await workbench.page.keyboard.press("Control+F");
    await table.frame.getByRole("textbox", { name: "Find" }).fill("-1999");
    for (const [ordinal, before] of [0, first, first + second, 0].entries()) {
      const found = `${(ordinal % 3) + 1} of 3`;
      await table.frame.getByRole("search").filter({ hasText: found }).waitFor();
      await table
        .cell(before + 1999, 2)
        .locator("mark")
        .waitFor();
      await workbench.page.keyboard.press("Enter");
    }
    await workbench.page.keyboard.press("Escape");
  });

  it("reveals a row in the text of the part that it is from", async () => {
    await goToRow("4,501");
    await workbench.page.keyboard.press("Shift+F10");
    await table.frame.getByRole("menuitem", { name: "Reveal in Text Editor" }).click();
    await workbench.tab(names[2]).waitFor();
    await workbench.page.locator(".statusbar-item", { hasText: "Ln 2," }).waitFor();
    await workbench.tab(title).click();
  });

  it("is at the same row after the window is reloaded", async () => {
    await tableWithRows(total);
    await goToRow("2,222");
    await workbench.reload('"number":2221');
    // VS Code may not have stored yet which tab was active.
    await workbench.tab(title).click();
    await tableWithRows(total);
    await table.footer("Row 2,222").waitFor();
    await waitForPart(2221, names[1]);
  });

  it("says which part is missing, leaves it out after Reload, and includes it again when it is back", async () => {
    const folder = path.join(workbench.exportsFolder, taskId);
    const [file, elsewhere] = [path.join(folder, names[1]), path.join(workbench.workspace, "away.csv")];
    await rename(file, elsewhere);
    await notice(`${names[1]} was moved or deleted.`).getByRole("button", { name: "Reload" }).click();
    await tableWithRows(first + third);
    await notice(`Not all parts are shown. ${names[1]} was moved or deleted.`).waitFor();
    await goToRow("2,001");
    await waitForPart(first, names[2]);
    await workbench.screenshot("all parts: one is missing");
    await rename(elsewhere, file);
    await notice("Not all parts are shown.").getByRole("button", { name: "Reload" }).click();
    await tableWithRows(total);
    await table.frame.locator(".notice").waitFor({ state: "hidden" });
    await goToRow("2,001");
    await waitForPart(first, names[1]);
  });

  it("opens from the Command Palette", async () => {
    await workbench.closeEditors();
    await workbench.runCommand("Task Exports: Open All Parts as One Table");
    await workbench.tab(title).waitFor();
    await tableWithRows(total);
  });
});
