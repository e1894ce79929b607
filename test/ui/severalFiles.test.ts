import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const three = { taskId: "00000000-0000-4000-8000-000000000003", row: "Documents, 3 CSV files" };
const two = { taskId: "00000000-0000-4000-8000-000000000002", row: "Documents, 2 JSON files" };
const incomplete = { taskId: "00000000-0000-4000-8000-000000000604", row: "The second of 3 files is missing" };

describe("a task with several files", () => {
  let workbench: Workbench;
  let names: string[];

  before(async () => {
    workbench = await Workbench.open({
      accounts: bothAccounts,
      settings: {
        // One page holds all tasks, including old ones.
        "taskExports.pageSize": 200,
        "taskExports.network.slowestKibPerSecond": 0,
      },
    });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
    names = (await workbench.sandbox.expectedFiles(three.taskId)).map(({ name }) => name);
  });

  afterEach(async (context) => {
    await workbench.screenshot(`several files: ${context.name}`);
    await workbench.dismissNotifications();
  });

  after(() => workbench.close());

  async function downloadFromTree(task: typeof three): Promise<void> {
    await workbench.filterTasks(task.taskId);
    await workbench.openMenu(workbench.treeRow(task.row));
    await workbench.chooseFromMenu("Download Task Export");
  }

  /** What is in the folder of a task's files, which is deleted with the last of them. */
  async function filesOf({ taskId }: typeof three): Promise<string[]> {
    const storage = path.join(workbench.userDataDir, "data", "User", "globalStorage", "task-exports.task-exports");
    const folder = path.join(storage, "exports", taskId);
    return existsSync(folder) ? (await readdir(folder)).sort() : [];
  }

  const focused = (text: string): Promise<void> => workbench.focusedQuickRow(text).waitFor();

  /** A row below the task that the tree is filtered to. */
  const fileRow = (file: string): Locator => workbench.treeRow(new RegExp(`^${file} · `));

  it("downloads each file whose row is clicked, even while another one is downloading", async () => {
    await workbench.filterTasks(two.taskId);
    await workbench.expand(workbench.treeRow(two.row));
    // So that the first still runs when the second begins, also on a busy machine.
    workbench.line.bytesPerSecond = 8 * 1024;
    await workbench.pressInline(fileRow("1/2"), "Download Task Export");
    await fileRow("1/2").filter({ hasText: "%" }).waitFor();
    await workbench.pressInline(fileRow("2/2"), "Download Task Export");
    await fileRow("2/2").filter({ hasText: "%" }).waitFor();
    await workbench.screenshot("several files: two at once");
    assert.equal(await fileRow("1/2").filter({ hasText: "%" }).count(), 1, "the first goes on");
    workbench.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    const expected = await workbench.sandbox.expectedFiles(two.taskId);
    for (const file of ["1/2", "2/2"])
      await fileRow(file)
        .filter({ hasText: /(?:kB|MB)/ })
        .waitFor();
    await workbench.treeRow(two.row).filter({ hasText: "2 files" }).waitFor();
    assert.deepEqual(await filesOf(two), expected.map(({ name }) => name).toSorted());
    await workbench.closeEditors();
  });

  it("opens the first file, says how many there are, and offers the others", async () => {
    await downloadFromTree(three);
    await workbench.tab(names[0] ?? "").waitFor();
    const told = workbench.notification(`Task ${three.taskId}: 3 files downloaded`);
    await told.waitFor();
    assert.deepEqual(await workbench.buttonsOf(told), ["Open", "Choose File…", "Open All Parts as One Table"]);
    // Before the notification hides by itself.
    await workbench.pressButton(told, "Choose File…");
    await focused(names[0] ?? "");
    await workbench.screenshot("several files: choose one");
    await workbench.choose(names[1] ?? "");
    await workbench.tab(names[1] ?? "").waitFor();
  });

  it("is not downloaded again if the question about existing files is closed, and says so", async () => {
    await downloadFromTree(three);
    await workbench.quickField.and(workbench.page.getByPlaceholder("3 files already exist")).waitFor();
    await focused("Keep Both");
    await workbench.notification("Waiting for your choice about existing files.").waitFor();
    await workbench.screenshot("several files: already exist");
    await workbench.page.keyboard.press("Escape");
    await workbench.notification(`Download of task ${three.taskId} canceled. Nothing was downloaded.`).waitFor();
    assert.deepEqual(await filesOf(three), names.toSorted());
  });

  it("can ask about each existing file, and does what was chosen for it", async () => {
    await downloadFromTree(three);
    await workbench.choose("Decide for Each File…");
    for (const [at, choice] of ["Replace", "Keep Both", "Skip"].entries()) {
      await workbench.quickField.and(workbench.page.getByPlaceholder(`${names[at] ?? ""} already exists`)).waitFor();
      await workbench.choose(choice);
    }
    await workbench.notification(`Task ${three.taskId}: 2 of 3 files downloaded`).waitFor();
    const copy = (names[1] ?? "").replace(".csv", " (2).csv");
    assert.deepEqual(await filesOf(three), [...names, copy].toSorted());
    await workbench.expand(workbench.treeRow(three.row));
    await workbench.treeRow(/2\/3 · 00000000…0003 \(2\)\.csv/).waitFor();
    await workbench.screenshot("several files: a copy in the tree");
    await workbench.runCommand("Task Exports: Open Export");
    await focused(three.row);
    await workbench.quickRow(copy).waitFor();
    await workbench.screenshot("several files: open export");
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("keeps and shows the complete files if one fails, and names the task and the file", async () => {
    await downloadFromTree(incomplete);
    const told = workbench.notification(`Task ${incomplete.taskId}: 2 of 3 files downloaded.`);
    await told.waitFor();
    assert.deepEqual(await workbench.buttonsOf(told), ["Try Again", "Show Log"]);
    await workbench.expand(workbench.treeRow(incomplete.row));
    await workbench.screenshot("several files: one is missing");
    for (const file of ["1/3", "3/3"]) await workbench.treeRow(new RegExp(`${file} · .* (?:bytes|kB|MB)`)).waitFor();
    await workbench.treeRow(/2\/3 · .*not downloaded/).waitFor();
    assert.equal((await filesOf(incomplete)).filter((name) => name.endsWith(".csv")).length, 2);
  });

  it("can discard what an interrupted download left", async () => {
    assert.ok((await filesOf(incomplete)).some((name) => name.includes(".part")));
    await workbench.runCommand("Task Exports: Clear Interrupted Downloads");
    const dialog = workbench.page.locator(".monaco-dialog-box", { hasText: "Remove 1 interrupted download?" });
    await dialog.waitFor();
    await workbench.screenshot("several files: clear interrupted");
    await dialog.getByRole("button", { name: "Remove" }).click();
    await workbench.notification("Removed 1 interrupted download.").waitFor();
    assert.deepEqual(
      (await filesOf(incomplete)).filter((name) => name.includes(".part")),
      [],
    );
    await workbench.dismissNotifications();
    await workbench.runCommand("Task Exports: Clear Interrupted Downloads");
    await workbench.notification("No interrupted downloads to remove.").waitFor();
  });

  it("has all files saved, and deleted, from its own menu", async () => {
    await workbench.filterTasks(two.taskId);
    const row = workbench.treeRow(two.row);
    const target = path.join(workbench.workspace, "saved");
    await mkdir(target);
    await workbench.openMenu(row);
    await workbench.chooseFromMenu("Save Export As…");
    await workbench.quickTitle.filter({ hasText: "Select the folder for 2 files" }).waitFor();
    // The dialog lists the open folder first.
    await workbench.quickRow("saved").click();
    await workbench.quickRow("saved").waitFor({ state: "detached" });
    await workbench.screenshot("several files: saving all");
    await workbench.quickInput.getByRole("button", { name: "Save" }).click();
    const told = workbench.notification(`2 files saved in ${target}.`);
    await told.waitFor();
    assert.deepEqual(await workbench.buttonsOf(told), ["Reveal"]);
    assert.deepEqual((await readdir(target)).toSorted(), await filesOf(two));

    await workbench.openMenu(row);
    await workbench.screenshot("several files: menu of a task");
    await workbench.chooseFromMenu("Delete Downloaded Export");
    const dialog = workbench.page.locator(".monaco-dialog-box", { hasText: "Delete 2 downloaded files of task" });
    await dialog.waitFor();
    await workbench.screenshot("several files: delete all");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await workbench.expand(row);
    for (const file of ["1/2", "2/2"]) await fileRow(file).filter({ hasText: "not downloaded" }).waitFor();
    assert.deepEqual(await filesOf(two), []);
  });

  it("counts only files that are still there, in its row and when they are deleted", async () => {
    await workbench.dismissNotifications();
    const row = workbench.treeRow(two.row);
    await downloadFromTree(two);
    await row.filter({ hasText: "2 files downloaded" }).waitFor();
    const [first = "", second = ""] = await filesOf(two);
    await rm(path.join(workbench.exportsFolder, two.taskId, first));
    await row.filter({ hasText: "1 of 2 files downloaded" }).waitFor();
    await workbench.screenshot("several files: one was deleted");
    await workbench.openMenu(row);
    await workbench.chooseFromMenu("Delete Downloaded Export");
    const dialog = workbench.page.locator(".monaco-dialog-box", { hasText: `Delete ${second}?` });
    await dialog.getByRole("button", { name: "Delete" }).click();
    for (const file of ["1/2", "2/2"]) await fileRow(file).filter({ hasText: "not downloaded" }).waitFor();
    // The table of the first file is still open. Its banner offers what helps.
    const table = await TableEditor.inView(workbench.page);
    const banner = table.frame.locator(".notice", { hasText: "The file was moved or deleted." });
    assert.deepEqual(await banner.getByRole("button").allInnerTexts(), ["Download Again", "Reload"]);
    await workbench.screenshot("several files: deleted while open");
    assert.deepEqual(await filesOf(two), []);
  });
});
