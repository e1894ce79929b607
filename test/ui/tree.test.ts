import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { huntSecrets } from "./secretHunt.ts";
import { testDownloads } from "./treeDownloads.ts";
import { clearCopied, waitForCopied } from "../../workbench/page/clipboard.ts";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

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

  async function goToFirstRow(): Promise<void> {
    await workbench.showTasksView();
    await workbench.page.keyboard.press("Home");
    await workbench.focusedTreeRow("Spaaza sandbox").waitFor();
  }

  /** The row at a place among its siblings, counted from 1. */
  const rowAt = (level: number, place: number, text: string | RegExp): Locator =>
    workbench.page
      .locator(`.pane-body .monaco-list-row[aria-level="${level}"][aria-posinset="${place}"]`, { hasText: text })
      .first();

  it("Load More adds the next page below the first", async () => {
    await workbench.treeRow("Export of transactions").first().waitFor();
    await workbench.treeRow("Documents, 1 CSV file").waitFor();
    const setSize = workbench.page.locator('.pane-body .monaco-list-row[aria-level="2"]').first();
    const before = Number(await setSize.getAttribute("aria-setsize"));
    await workbench.treeRow("Load More").first().click();
    await workbench.page
      .locator(`.pane-body .monaco-list-row[aria-level="2"][aria-setsize="${before + 20}"]`)
      .first()
      .waitFor();
  });

  it("Load More with the keyboard selects the first new task", async () => {
    const { keyboard } = workbench.page;
    await workbench.showTasksView();
    // The list paints only the rows that fit: the one at its end is there once the keyboard went to it.
    const more = workbench.focusedTreeRow("Load More Tasks");
    // Tasks that arrive after the key move the end away. A person then presses it again.
    for (let tries = 0; tries < 10; tries++) {
      await keyboard.press("End");
      await workbench.page.waitForTimeout(1000);
      if ((await more.count()) > 0) break;
    }
    assert.match(await more.innerText(), /\d+ (of \d+ )?loaded/);
    const place = Number(await more.getAttribute("aria-posinset"));
    await keyboard.press("Enter");
    const focused = workbench.focusedTreeRow(/./);
    await focused.filter({ hasNotText: "Load More" }).waitFor();
    assert.equal(Number(await focused.getAttribute("aria-posinset")), place);
    await keyboard.press("ArrowDown");
    await focused.and(workbench.page.locator(`[aria-posinset="${place + 1}"]`)).waitFor();
  });

  it("is sorted as the person chooses, marks the current choice, and shows the order", async () => {
    await workbench.runCommand("Task Exports: Sort Tasks…");
    await workbench.focusedQuickRow(/Newest first.*Current/).waitFor();
    await workbench.screenshot("tree: choose an order");
    await workbench.choose("Name");
    await workbench.treeMessage("Sort: Name").waitFor();
    await goToFirstRow();
    const first = ["../ in Content-Disposition", "../ in the link's file name", "A gzip file as such"];
    for (const [at, name] of first.entries()) await rowAt(2, at + 1, name).waitFor();
    await workbench.screenshot("tree: sorted by name");
  });

  it("is grouped as the person chooses in the menu of the view, and loads more tasks into the groups", async () => {
    const { keyboard } = workbench.page;
    await workbench.pane("Tasks").locator(".pane-header").hover();
    await workbench.pane("Tasks").locator('.action-label[aria-label*="More Actions"]').first().click();
    await workbench.menuItem("Sort Tasks…").waitFor();
    await workbench.screenshot("tree: menu of the view");
    await workbench.chooseFromMenu("Group Tasks…");
    await workbench.choose("Exported data");
    await workbench.treeMessage("Sort: Name · Group: Exported data").waitFor();
    await goToFirstRow();
    await rowAt(2, 1, /^product-variants\d tasks$/).waitFor();
    await rowAt(3, 1, "Export of product-variants").waitFor();
    await workbench.screenshot("tree: grouped");

    await keyboard.press("End");
    await workbench.focusedTreeRow("Load More Tasks").waitFor();
    await keyboard.press("Enter");
    await workbench.focusedTreeRow(/./).and(workbench.page.locator('[aria-level="3"]')).waitFor();
  });

  it("reveals a task in a collapsed group", async () => {
    const { keyboard } = workbench.page;
    await goToFirstRow();
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowLeft");
    await workbench.focusedTreeRow("product-variants").and(workbench.page.locator('[aria-expanded="false"]')).waitFor();
    await workbench.runCommand("Task Exports: Show Task");
    await workbench.quickTitle.filter({ hasText: "Show Task" }).waitFor();
    await workbench.quickField.fill("12351");
    await workbench.focusedQuickRow("Task 12351").waitFor();
    await keyboard.press("Enter");
    await workbench.selectedTreeRow(/Export of product-variants.*12351/).waitFor();
  });

  it("shows filter, order and groups in one line, and keeps order and groups when the window is reloaded", async () => {
    await workbench.filterTasks("12345");
    await workbench.treeMessage("Filter: “12345” · Sort: Name · Group: Exported data").waitFor();
    await rowAt(3, 1, "12345").waitFor();
    await workbench.screenshot("tree: filtered, sorted and grouped");
    await workbench.reload();
    await workbench.showTasksView();
    await workbench.treeMessage(/^Sort: Name · Group: Exported data$/).waitFor();
    await rowAt(2, 1, "product-variants").waitFor();

    await workbench.runCommand("Task Exports: Group Tasks…");
    await workbench.focusedQuickRow(/Exported data.*Current/).waitFor();
    await workbench.choose("None");
    await workbench.treeMessage(/^Sort: Name$/).waitFor();
    await workbench.runCommand("Task Exports: Sort Tasks…");
    await workbench.choose("Newest first");
    await workbench.treeMessage("Sort").waitFor({ state: "hidden" });
    await rowAt(2, 1, "12345").waitFor();
  });

  it("an account is renamed from its context menu, and keeps its name if that is canceled", async () => {
    const { keyboard } = workbench.page;
    await workbench.openMenu(workbench.treeRow("Spaaza sandbox"));
    await workbench.chooseFromMenu("Rename Account…");
    await workbench.quickTitle.filter({ hasText: "Rename Account" }).waitFor();
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

  it("an account that is renamed keeps its tasks loaded and expanded", async () => {
    await workbench.filterTasks("12347");
    await workbench.expand(workbench.treeRow("Export of vouchers"));
    await workbench.treeRow("not downloaded").waitFor();
    const before = workbench.sandbox.spaaza.requests.length;
    for (const [from, to] of [
      ["Spaaza sandbox", "Shop"],
      ["Shop", "Spaaza sandbox"],
    ] as const) {
      await workbench.openMenu(workbench.treeRow(from));
      await workbench.chooseFromMenu("Rename Account…");
      await workbench.answer("Account name", to);
      await workbench.treeRow(to).waitFor();
      await workbench.treeRow("not downloaded").waitFor();
    }
    assert.equal(workbench.sandbox.spaaza.requests.length, before);
    await workbench.filterTasks("");
  });

  it("is filtered by text and by status, says so, and shows all tasks again when the filter is cleared", async () => {
    await workbench.filterTasks("products json");
    await workbench.treeMessage("Filter: “products json”").waitFor();
    await workbench.treeRow("Export of transactions").first().waitFor({ state: "detached" });
    await workbench.treeRow("Export of products").waitFor();
    await workbench.screenshot("tree: filtered by text");

    await workbench.filterTasks("", "running");
    await workbench.treeRow("Export of products").waitFor({ state: "detached" });
    await workbench.screenshot("tree: filtered by state");

    await workbench.page.getByRole("button", { name: "Clear Filter" }).click();
    await workbench.treeRow("Export of products").first().waitFor();
    await workbench.treeMessage("Filter").waitFor({ state: "hidden" });
  });

  it("a downloaded file is shown below its task with size and age, and opens with a click, or to the side of a code file", async () => {
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

  it("a downloaded file that another program changes or deletes is marked in its row, without a click", async () => {
    const exported = path.join(workbench.exportsFolder, "Transaction_Export-12345.csv");
    const content = await readFile(exported);
    const file = workbench.treeRow("Transaction_Export-12345.csv");
    await writeFile(exported, "id\n1\n");
    await file.filter({ hasText: "changed on disk" }).waitFor();
    await workbench.screenshot("tree: a changed file");
    await rm(exported);
    await file.filter({ hasText: "moved or deleted" }).waitFor();
    await workbench.screenshot("tree: a deleted file");
    await writeFile(exported, content);
    await file.filter({ hasText: "3.1 MB" }).waitFor();
  });

  it("the ID of a task can be copied", async () => {
    await clearCopied(workbench.page);
    await workbench.openMenu(workbench.treeRow("Export of transactions").first());
    await workbench.chooseFromMenu("Copy Task ID");
    assert.equal(await waitForCopied(workbench.page), "12345");
  });

  it("the download URL of a task can be copied, and the notification says when it expires", async () => {
    await workbench.openMenu(workbench.treeRow("Export of transactions").first());
    await workbench.chooseFromMenu("Copy Download URL");
    await workbench.notification(/Download URL copied\..*Valid until .+in /).waitFor();
    const url = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
    const answer = await fetch(url, { method: "HEAD" });
    assert.equal(answer.status, 200);
    await workbench.dismissNotifications();
  });

  it("can be used with only the keyboard, including the context menu", async () => {
    const { keyboard } = workbench.page;
    await workbench.closeEditors();
    await workbench.filterTasks("12345");
    await rowAt(2, 1, "Export of transactions").waitFor();
    const focused = workbench.focusedTreeRow(/./);
    await goToFirstRow();
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

  it("the file of a task can be saved, and deleted, from the menu of the task", async () => {
    await workbench.closeEditors();
    const task = workbench.treeRow("Export of transactions");
    await workbench.openMenu(task);
    await workbench.screenshot("tree: menu of a downloaded task");
    await workbench.chooseFromMenu("Save Export As…");
    const target = path.join(workbench.workspace, "saved.csv");
    await workbench.typeSavePath("Save Export As", "Transaction_Export-12345.csv", target);
    await workbench.page.keyboard.press("Enter");
    const told = workbench.notification(`${target} saved.`);
    await told.waitFor();
    assert.deepEqual(await workbench.buttonsOf(told), ["Open", "Reveal"]);
    await workbench.pressButton(told, "Open");
    await workbench.tab("saved.csv").waitFor();
    await (await TableEditor.inView(workbench.page)).header("transaction_id").waitFor();

    await workbench.openMenu(task);
    await workbench.chooseFromMenu("Delete Downloaded Export");
    await workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: "Delete" }).click();
    await workbench.treeRow("Transaction_Export-12345.csv").filter({ hasText: "not downloaded" }).waitFor();
    await workbench.closeEditors();
  });

  describe("shows downloads:", () => testDownloads(() => workbench));

  it("leaves no secret in any file", async () => {
    assert.deepEqual(await huntSecrets(workbench), []);
  });
});
