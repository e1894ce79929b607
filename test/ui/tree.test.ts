import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { huntSecrets } from "./secretHunt.ts";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

/** As much as takes a while at this speed, and no time at full speed. */
const large = { taskId: "20064", row: "64 MiB", name: "Transaction_Export-20064.csv" };
const slowly = 2_000_000;

describe("the Tasks view", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ accounts: bothAccounts, settings: { "taskExports.pageSize": 20 } });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
  });

  afterEach(async (context) => {
    await workbench.screenshot(`tree: ${context.name}`);
  });

  after(async () => {
    await workbench.close();
  });

  async function namesOfExports(): Promise<string[]> {
    const storage = path.join(workbench.userDataDir, "data", "User", "globalStorage", "task-exports.task-exports");
    return readdir(path.join(storage, "exports"), { recursive: true });
  }

  /** Starts the large download from its row, and waits until bytes arrive. */
  async function startLargeDownload(): Promise<void> {
    workbench.line.bytesPerSecond = slowly;
    await workbench.openMenu(workbench.treeRow(large.row));
    await workbench.chooseFromMenu("Download Task Export");
    await workbench
      .treeRow(/[1-9]\d* % of 67.1 MB/)
      .first()
      .waitFor();
  }

  it("Load More brings the next page below the first", async () => {
    await workbench.treeRow("Export of transactions").first().waitFor();
    await workbench.treeRow("Documents, 1 CSV part").waitFor();
    const setSize = workbench.page.locator('.pane-body .monaco-list-row[aria-level="2"]').first();
    const before = Number(await setSize.getAttribute("aria-setsize"));
    await workbench.treeRow("Load More").first().click();
    await workbench.page
      .locator(`.pane-body .monaco-list-row[aria-level="2"][aria-setsize="${before + 20}"]`)
      .first()
      .waitFor();
  });

  it("Load More by keyboard selects the first task that it brought", async () => {
    const { keyboard } = workbench.page;
    const more = workbench.treeRow("Load More Tasks").first();
    await more.waitFor();
    assert.match(await more.innerText(), /\d+ (of \d+ )?loaded/);
    await more.click();
    const focused = workbench.page.locator(".pane-body .monaco-list-row.focused");
    await focused.filter({ hasNotText: "Load More" }).waitFor();
    const first = Number(await focused.getAttribute("aria-posinset"));
    await keyboard.press("ArrowDown");
    await workbench.page.locator(`.pane-body .monaco-list-row.focused[aria-posinset="${first + 1}"]`).waitFor();
  });

  it("an account is renamed from its context menu, and keeps its name when that is canceled", async () => {
    const { keyboard } = workbench.page;
    await workbench.openMenu(workbench.treeRow("Spaaza sandbox"));
    await workbench.chooseFromMenu("Rename Account…");
    await workbench.quickInput.waitFor();
    await keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
    await workbench.treeRow("Spaaza sandbox").waitFor();

    for (const name of ["Shop", "Spaaza sandbox"]) {
      await workbench.openMenu(workbench.treeRow(name === "Shop" ? "Spaaza sandbox" : "Shop"));
      await workbench.chooseFromMenu("Rename Account…");
      await workbench.answer("Account name", name);
      await workbench.treeRow(name).first().waitFor();
    }
  });

  it("is narrowed by text and by state, says so, and shows all again when the filter is cleared", async () => {
    await workbench.filterTasks("products json");
    await workbench.page.locator(".pane-body .message", { hasText: "Filter: “products json”" }).waitFor();
    await workbench.treeRow("Export of transactions").first().waitFor({ state: "detached" });
    await workbench.treeRow("Export of products").waitFor();
    await workbench.screenshot("tree: filtered by text");

    await workbench.filterTasks("", "running");
    await workbench.treeRow("Export of products").waitFor({ state: "detached" });
    await workbench.screenshot("tree: filtered by state");

    await workbench.page.getByRole("button", { name: "Clear Filter" }).click();
    await workbench.treeRow("Export of products").first().waitFor();
    await workbench.page.locator(".pane-body .message", { hasText: "Filter" }).waitFor({ state: "hidden" });
  });

  it("a running download shows in its row, as a badge and in one notification, whose Cancel keeps what was received until it is discarded", async () => {
    await workbench.filterTasks(large.taskId);
    await startLargeDownload();
    const badge = workbench.page.locator(".activitybar .action-item", { hasText: "1" }).locator(".badge-content");
    assert.equal(await badge.innerText(), "1");
    const progress = workbench.notification(`Downloading task ${large.taskId}`);
    assert.match(await progress.innerText(), /\d+ % of 67\.1 MB · [\d.]+ MB\/s · \d+ s left/);
    assert.equal(await progress.count(), 1);
    await workbench.screenshot("tree: running download");

    await workbench.pressButton(progress, "Cancel");
    await progress.waitFor({ state: "detached" });
    const stopped = workbench.notification(/Download of task 20064 stopped\. .+ of 67\.1 MB are kept\./);
    await stopped.waitFor();
    await workbench.treeRow(/paused · [1-9]\d* % of 67.1 MB/).waitFor();
    await badge.waitFor({ state: "detached" });
    assert.ok(
      (await namesOfExports()).some((name) => name.endsWith(".part")),
      "what was received is kept",
    );
    await workbench.screenshot("tree: canceled download");

    await workbench.pressButton(stopped, "Discard");
    await workbench.treeRow(/% of/).waitFor({ state: "detached" });
    assert.deepEqual(await namesOfExports(), []);
  });

  it("a download is paused in its row, is still there after the window was loaded again, and goes on from there", async () => {
    await startLargeDownload();
    await workbench.pressInline(workbench.treeRow(large.row), "Pause Download");
    await workbench
      .treeRow(/paused · \d+ % of 67.1 MB/)
      .first()
      .waitFor();
    await workbench.notification("Downloading task").waitFor({ state: "detached" });

    await workbench.reload();
    await workbench.showTasksView();
    await workbench.filterTasks(large.taskId);
    await workbench
      .treeRow(/paused · [1-9]\d* % of 67.1 MB/)
      .first()
      .waitFor();
    await workbench.screenshot("tree: paused after reload");
    workbench.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    await workbench.pressInline(workbench.treeRow(large.row), "Resume Download");
    await workbench.treeRow(/64 MiB.*downloaded ·/).waitFor();
    await workbench.tab(large.name).waitFor();
    assert.deepEqual(await namesOfExports(), [large.name]);
    assert.match(
      await workbench.sandbox.store.readLog(),
      /range: bytes=[1-9]\d*-|"range":"bytes=[1-9]\d*-/i,
      "the rest alone was fetched",
    );
  });

  it("a download that ran when the window was loaded again shows as paused, and goes on with a click", async () => {
    await workbench.expand(workbench.treeRow(large.row));
    await workbench.openMenu(workbench.treeRow(large.name));
    await workbench.chooseFromMenu("Delete Downloaded Export");
    await workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: "Delete" }).click();
    await workbench.treeRow(`${large.name}not downloaded`).waitFor();
    await workbench.closeEditors();
    await startLargeDownload();
    await workbench.reload();
    await workbench.showTasksView();
    await workbench.filterTasks(large.taskId);
    await workbench
      .treeRow(/paused · \d+ % of 67.1 MB/)
      .first()
      .waitFor();
    workbench.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    await workbench.pressInline(workbench.treeRow(large.row), "Resume Download");
    await workbench.treeRow(/64 MiB.*downloaded ·/).waitFor();
    await workbench.tab(large.name).waitFor();
    assert.deepEqual(await namesOfExports(), [large.name]);
    await workbench.closeEditors();
  });

  it("a downloaded file shows below its task with size and age, opens with a click, and to the side of a code file", async () => {
    await workbench.filterTasks("12345");
    await workbench.openMenu(workbench.treeRow("Export of transactions"));
    await workbench.chooseFromMenu("Download Task Export");
    await workbench.tab("Transaction_Export-12345.csv").waitFor();
    await workbench.closeEditors();

    const task = workbench.treeRow("Export of transactions");
    await workbench.expand(task);
    const file = workbench.treeRow("Transaction_Export-12345.csv");
    await file.waitFor();
    assert.match(await file.innerText(), /3\.1 MB · (now|.+ago)/);
    await file.click();
    await workbench.tab("Transaction_Export-12345.csv", 1).waitFor();
    await workbench.closeEditors();

    await workbench.openWorkspaceFile("report.py");
    await workbench.openMenu(file);
    await workbench.screenshot("tree: menu of a file");
    await workbench.chooseFromMenu("Open Export to the Side");
    await workbench.tab("Transaction_Export-12345.csv", 2).waitFor();
    assert.equal(await workbench.tab("report.py", 1).count(), 1);
    await (await TableEditor.inView(workbench.page)).header("transaction_id").waitFor();
  });

  it("the ID of a task is copied", async () => {
    await workbench.openMenu(workbench.treeRow("Export of transactions").first());
    await workbench.chooseFromMenu("Copy Task ID");
    await workbench.page.waitForFunction("navigator.clipboard.readText().then((text) => text === '12345')");
  });

  it("the link of a task is copied, and the notification says when it ends", async () => {
    await workbench.openMenu(workbench.treeRow("Export of transactions").first());
    await workbench.chooseFromMenu("Copy Download URL");
    await workbench.notification(/Download URL copied\..*Valid until .+in /).waitFor();
    const url = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
    const answer = await fetch(url, { method: "HEAD" });
    assert.equal(answer.status, 200);
    await workbench.dismissNotifications();
  });

  it("is walked and used with the keyboard alone, the context menu too", async () => {
    const { keyboard } = workbench.page;
    await workbench.closeEditors();
    await workbench.filterTasks("12345");
    await workbench.showTasksView();
    const focused = workbench.page.locator(".pane-body .monaco-list-row.focused");
    await keyboard.press("Home");
    await focused.filter({ hasText: "Spaaza sandbox" }).waitFor();
    await keyboard.press("ArrowDown");
    await focused.filter({ hasText: "Export of transactions" }).waitFor();
    await keyboard.press("ArrowLeft");
    await workbench.treeRow("Transaction_Export-12345.csv").waitFor({ state: "detached" });
    await keyboard.press("ArrowRight");
    await workbench.treeRow("Transaction_Export-12345.csv").waitFor();
    await keyboard.press("ArrowRight");
    await focused.filter({ hasText: "Transaction_Export-12345.csv" }).waitFor();
    assert.match(
      (await focused.getAttribute("aria-label")) ?? "",
      /^Transaction_Export-12345\.csv, downloaded, 3\.1 MB/,
    );
    await keyboard.press("Shift+F10");
    await workbench.menuItem("Open Export").first().waitFor();
    await workbench.screenshot("tree: menu by keyboard");
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await workbench.tab("Transaction_Export-12345.csv").waitFor();
  });

  it("has left no secret in any file", async () => {
    assert.deepEqual(await huntSecrets(workbench), []);
  });
});
