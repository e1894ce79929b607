import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { before, it } from "node:test";
import type { Workbench } from "../../workbench/page/workbench.ts";

/** As much as takes a while at this speed, and no time at full speed. */
const large = { taskId: "20064", row: "64 MiB", name: "Transaction_Export-20064.csv" };
const slowly = 2_000_000;

/** The tests of downloads in the Tasks view, in a workbench with both accounts that is opened before they run. */
export function testDownloads(opened: () => Workbench): void {
  let workbench: Workbench;

  before(() => {
    workbench = opened();
  });

  /** What is on the disk of the large export. */
  async function namesOfExports(): Promise<string[]> {
    const storage = path.join(workbench.userDataDir, "data", "User", "globalStorage", "task-exports.task-exports");
    const names = await readdir(path.join(storage, "exports"), { recursive: true });
    return names.filter((name) => name.includes(large.taskId));
  }

  /** Waits until the row has these icons, which are there while it is hovered, and no others. */
  async function waitForIcons(...titles: readonly string[]): Promise<void> {
    const row = workbench.treeRow(large.row);
    await row.hover();
    for (const title of titles) await row.getByRole("button", { name: title, exact: true }).waitFor();
    assert.equal(await row.locator(".actions .action-label").count(), titles.length);
  }

  /** Starts the large download from its row, and waits until bytes arrive. */
  async function startLargeDownload(): Promise<void> {
    workbench.line.bytesPerSecond = slowly;
    await workbench.openMenu(workbench.treeRow(large.row));
    await workbench.chooseFromMenu("Download Task Export");
    await workbench
      .treeRow(/[1-9]\d*% of 67.1 MB/)
      .first()
      .waitFor();
  }

  it("a running one is shown in its row, as a badge and in one notification, and Cancel keeps the part until it is discarded", async () => {
    await workbench.filterTasks(large.taskId);
    await startLargeDownload();
    const badge = workbench.page.locator(".activitybar .action-item", { hasText: "1" }).locator(".badge-content");
    assert.equal(await badge.innerText(), "1");
    const progress = workbench.notification(`Downloading task ${large.taskId}`);
    assert.match(await progress.innerText(), /\d+% of 67\.1 MB · [\d.]+ MB\/s · \d+ s left/);
    assert.equal(await progress.count(), 1);
    await waitForIcons("Open Export", "Pause Download");
    await workbench.screenshot("tree: running download");

    await workbench.pressButton(progress, "Cancel");
    await progress.waitFor({ state: "detached" });
    const stopped = workbench.notification(/Download of task 20064 stopped\. .+ of 67\.1 MB are kept\./);
    await stopped.waitFor();
    await workbench.treeRow(/paused · [1-9]\d*% of 67.1 MB/).waitFor();
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

  it("one that was discarded in its row starts over with Resume in its open notification", async () => {
    await startLargeDownload();
    await workbench.pressButton(workbench.notification(`Downloading task ${large.taskId}`), "Cancel");
    const stopped = workbench.notification(/stopped\. .+ are kept/);
    await stopped.waitFor();
    await waitForIcons("Resume Download", "Discard Download");
    await workbench.pressInline(workbench.treeRow(large.row), "Discard Download");
    await workbench.screenshot("tree: discard a download");
    await workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: "Discard" }).click();
    await workbench.treeRow(/% of/).waitFor({ state: "detached" });
    await workbench.pressButton(stopped, "Resume");
    await workbench.notification(`Downloading task ${large.taskId}`).waitFor();
    await workbench.pressButton(workbench.notification(`Downloading task ${large.taskId}`), "Cancel");
    await workbench.pressButton(workbench.notification(/stopped\. .+ are kept/), "Discard");
    await workbench.treeRow(/% of/).waitFor({ state: "detached" });
  });

  it("one is paused with the link in its notification, and resumes from its row", async () => {
    await startLargeDownload();
    await workbench.notification(`Downloading task ${large.taskId}`).locator("a", { hasText: "Pause" }).click();
    await workbench.notification("Downloading task").waitFor({ state: "detached" });
    await workbench.treeRow(/paused · [1-9]\d*% of 67.1 MB/).waitFor();
    await workbench.screenshot("tree: paused in the notification");
    await workbench.pressInline(workbench.treeRow(large.row), "Resume Download");
    await workbench.notification(`Downloading task ${large.taskId}`).waitFor();
    await workbench.pressButton(workbench.notification(`Downloading task ${large.taskId}`), "Cancel");
    await workbench.pressButton(workbench.notification(/stopped\. .+ are kept/), "Discard");
    await workbench.treeRow(/% of/).waitFor({ state: "detached" });
  });

  it("one that was paused in its row can be resumed after the window is reloaded", async () => {
    await startLargeDownload();
    await workbench.pressInline(workbench.treeRow(large.row), "Pause Download");
    await workbench
      .treeRow(/paused · \d+% of 67.1 MB/)
      .first()
      .waitFor();
    await workbench.notification("Downloading task").waitFor({ state: "detached" });

    await workbench.reload();
    await workbench.showTasksView();
    await workbench.filterTasks(large.taskId);
    await workbench
      .treeRow(/paused · [1-9]\d*% of 67.1 MB/)
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

  it("one that was running when the window was reloaded is shown as paused, and resumes with a click", async () => {
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
      .treeRow(/paused · \d+% of 67.1 MB/)
      .first()
      .waitFor();
    workbench.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    await workbench.pressInline(workbench.treeRow(large.row), "Resume Download");
    await workbench.treeRow(/64 MiB.*downloaded ·/).waitFor();
    await workbench.tab(large.name).waitFor();
    assert.deepEqual(await namesOfExports(), [large.name]);
    await workbench.closeEditors();
  });
}
