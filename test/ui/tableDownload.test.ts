import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const small = { taskId: "20008", row: "8 MiB", name: "Transaction_Export-20008.csv" };
const large = { taskId: "20064", row: "64 MiB", name: "Transaction_Export-20064.csv" };

describe("a table of a file that is still downloading", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      accounts: bothAccounts,
      settings: { "taskExports.openWith": "none", "taskExports.network.retryBudgetSeconds": 1 },
    });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
  });

  after(() => workbench.close());

  /** Starts a download on a slow line and opens the file. The line is slow enough for a busy machine. */
  async function openWhileDownloading(task: typeof small, bytesPerSecond: number): Promise<TableEditor> {
    workbench.line.bytesPerSecond = bytesPerSecond;
    await workbench.filterTasks(task.taskId);
    await workbench.openMenu(workbench.treeRow(task.row));
    await workbench.chooseFromMenu("Download Task Export");
    await workbench.treeRow(/\d% of/).waitFor();
    await workbench.pressInline(workbench.treeRow(task.row), "Open Export");
    await workbench.tab(task.name).waitFor();
    return TableEditor.inView(workbench.page);
  }

  const rowCount = async (table: TableEditor): Promise<number> =>
    Number(await table.grid.getAttribute("aria-rowcount")) - 1;

  it("shows the rows received so far, adds more, and becomes the finished file in the same tab", async () => {
    const table = await openWhileDownloading(small, 300_000);
    await table.header("transaction_id").waitFor();
    await table.cell(0, 0).filter({ hasText: /\d/ }).waitFor();
    await table.frame.locator(".notice", { hasText: /Downloading: .+ of 8\.4 MB/ }).waitFor();
    const early = await rowCount(table);
    await workbench.screenshot("table: while downloading");
    while ((await rowCount(table)) <= early) await sleep(20);
    workbench.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    await workbench.treeRow(/8 MiB.*downloaded ·/).waitFor();
    await table.frame.locator(".notice").waitFor({ state: "hidden" });
    assert.ok((await table.exactRows()) > early);
    await workbench.page.keyboard.press("Control+End");
    assert.equal(await workbench.tab(small.name).count(), 1);
    await workbench.screenshot("table: downloaded");
  });

  it("offers to download the export again if its file was deleted, and shows it in the same tab", async () => {
    const table = await TableEditor.inView(workbench.page);
    const rows = await table.exactRows();
    await rm(path.join(workbench.exportsFolder, small.name));
    const notice = table.frame.locator(".notice", { hasText: "The file was moved or deleted." });
    await notice.waitFor();
    await workbench.screenshot("table: deleted export");
    await notice.getByRole("button", { name: "Download Again" }).click();
    await notice.waitFor({ state: "hidden" });
    while ((await rowCount(table)) < rows) await sleep(20);
    await table.frame.locator(".notice").waitFor({ state: "hidden" });
    assert.equal(await workbench.tab(small.name).count(), 1);
    await workbench.closeEditors();
    await workbench.openMenu(workbench.treeRow(small.row));
    await workbench.chooseFromMenu("Open Export");
    await workbench.tab(small.name).waitFor();
    assert.equal(await (await TableEditor.inView(workbench.page)).exactRows(), rows);
    await workbench.closeEditors();
  });

  it("says how much was received and is missing when the download is paused, and resumes with a click", async () => {
    const table = await openWhileDownloading(large, 1_000_000);
    await workbench.pressInline(workbench.treeRow(large.row), "Pause Download");
    const notice = table.frame.locator(".notice", { hasText: /paused.+Showing the first .+ left to download/ });
    await notice.waitFor();
    await workbench.screenshot("table: paused download");
    workbench.line.bytesPerSecond = 600_000;
    await notice.getByRole("button", { name: "Resume Download" }).click();
    await table.frame.locator(".notice", { hasText: "Downloading" }).waitFor();
  });

  it("says why the download failed, and keeps the rows received so far", async () => {
    const table = await TableEditor.inView(workbench.page);
    await workbench.line.close();
    const notice = table.frame.locator(".notice", {
      hasText: /The download failed\. .+Showing the first .+ left to download/,
    });
    await notice.waitFor();
    await notice.getByRole("button", { name: "Show Log" }).waitFor();
    await table.cell(0, 0).filter({ hasText: /\d/ }).waitFor();
    await workbench.screenshot("table: failed download");
    await workbench.closeEditors();
  });
});
