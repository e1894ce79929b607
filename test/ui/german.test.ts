import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

describe("Task Exports in a German VS Code", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      accounts: bothAccounts,
      language: { id: "de" },
      settings: { "workbench.editorAssociations": { "*.csv": "taskExports.table" } },
    });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
  });

  after(() => workbench.close());

  it("names the view, its rows and the items of their menus in German", async () => {
    await workbench.page.locator(".pane-header", { hasText: "Aufgaben" }).first().waitFor();
    const task = workbench.treeRow("Export of transactions").first();
    await task.waitFor();
    assert.match((await task.getAttribute("aria-label")) ?? "", /^Export of transactions, fertig, 12345 · CSV · vor /);
    const account = workbench.treeRow("Spaaza sandbox");
    assert.equal(await account.getAttribute("aria-label"), "Konto Spaaza sandbox, Spaaza");
    await workbench.openMenu(account);
    await workbench.menuItem("Konto umbenennen…").waitFor();
    await workbench.screenshot("german: tasks");
    await workbench.page.keyboard.press("Escape");
  });

  it("labels the table in German, with German numbers", async () => {
    const rows = Array.from({ length: 1200 }, (_, row) => `${row},name ${row}`);
    await writeFile(path.join(workbench.workspace, "rows.csv"), `id,name\n${rows.join("\n")}\n`);
    await workbench.openWorkspaceFile("rows.csv");
    const table = await TableEditor.inView(workbench.page);
    await table.footer("1.200 Zeilen").waitFor();
    assert.equal(await table.frame.locator("html").getAttribute("lang"), "de");
    await workbench.screenshot("german: table");
  });
});
