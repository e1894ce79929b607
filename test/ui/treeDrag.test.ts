import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const exported = "Transaction_Export-12345.csv";

describe("a row that is dragged into the editors", { timeout: 300_000 }, () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      accounts: bothAccounts,
      settings: {
        "taskExports.openWith": "none",
        "taskExports.autoRefreshSeconds": 0,
        "workbench.editorAssociations": { "*.csv": "taskExports.table" },
      },
    });
    await writeFile(path.join(workbench.workspace, "notes.txt"), "notes\n");
    await workbench.showTasksView();
    await workbench.filterTasks("12345");
    await workbench.openMenu(workbench.treeRow("Export of transactions"));
    await workbench.chooseFromMenu("Download Task Export");
    await workbench.treeRow(/12345 · downloaded/).waitFor();
  });

  // Each test begins with one text file, so that one that failed leaves nothing behind.
  beforeEach(async () => {
    await workbench.closeEditors();
    await workbench.openWorkspaceFile("notes.txt");
  });

  afterEach((context) => workbench.screenshot(`drag: ${context.name}`));

  after(() => workbench.close());

  /** Drags a row to the middle of the editor, waits until VS Code shows that it can be dropped there, and for its table. */
  async function drag(row: Locator): Promise<void> {
    const { mouse } = workbench.page;
    const editor = await workbench.page.locator(".editor-group-container .editor-container").first().boundingBox();
    assert.ok(editor);
    const [x, y] = [editor.x + editor.width / 2, editor.y + editor.height / 2];
    await row.locator(".label-name").hover();
    await mouse.down();
    await mouse.move(x, y, { steps: 10 });
    await workbench.page.locator(".editor-group-overlay-indicator").waitFor();
    await mouse.move(x + 10, y + 10, { steps: 5 });
    await mouse.up();
    await workbench.tab(exported).waitFor();
    await (await TableEditor.inView(workbench.page)).header("transaction_id").waitFor();
  }

  it("opens the export of a task as a table", () => drag(workbench.treeRow("Export of transactions")));

  it("opens the file below a task as a table", async () => {
    await workbench.expand(workbench.treeRow("Export of transactions"));
    await drag(workbench.treeRow(exported));
  });

  it("opens a download as a table", async () => {
    await workbench.runCommand("Task Exports: Show Downloads");
    await drag(workbench.pane("Downloads").locator(".monaco-list-row", { hasText: exported }));
  });
});
