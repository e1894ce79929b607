import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import * as v from "valibot";
import { bothAccounts, waitForWorkbench } from "../../workbench/page/startWorkbench.ts";
import { themes } from "../../workbench/page/themes.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import { huntSecrets } from "./secretHunt.ts";

/** Waits until it is executed, so that a test says when it is done. */
const waiting = { id: "40911", label: "READY until it is executed" };
const failing = { id: "40913", label: "Moves from READY to ERROR" };

describe("Download When Done", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      accounts: bothAccounts,
      settings: { "taskExports.pageSize": 200, "taskExports.autoRefreshSeconds": 0 },
    });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
  });

  afterEach(async (context) => {
    await workbench.screenshot(`watch: ${context.name}`);
  });

  after(async () => {
    await workbench.close();
  });

  const watchedRow = (text: string | RegExp) =>
    workbench.page
      .locator(".pane-body .monaco-list-row[aria-level='2']", { hasText: text })
      .filter({ hasText: /check|downloading|waiting for/ });
  const top = () => workbench.page.locator(".pane-body .monaco-list-row[aria-level='1']", { hasText: "Watched" });
  const status = () => workbench.page.locator(".statusbar-item[id*='taskExports.status']");
  const watchFile = () => path.join(path.dirname(workbench.exportsFolder), "watching", "watched.json");

  async function post(place: string, body?: object): Promise<unknown> {
    const { endpoint, privileged } = workbench.sandbox.spaaza;
    const authorization = `Bearer ${privileged.tokenId}:${privileged.tokenSecret}`;
    const headers = { authorization, "content-type": "application/json" };
    const response = await fetch(endpoint + place, { method: "POST", headers, body: JSON.stringify(body ?? {}) });
    assert.equal(response.status, 200);
    return response.json();
  }

  /** Lets a waiting task run, for a few seconds. */
  async function execute(taskId: string): Promise<void> {
    await post(`/tasks/${taskId}/execute`);
  }

  /** A task that waits for a time that no test sees. */
  async function createTask(desc: string): Promise<string> {
    const target = { action: "export", export_index: "users", export_format: "csv" };
    const trigger = { once: new Date(Date.now() + 3_600_000).toISOString() };
    const { id } = v.parse(v.object({ id: v.number() }), await post("/tasks", { chain: 1743, desc, target, trigger }));
    return String(id);
  }

  async function watchFromMenu(task: { id: string; label: string }): Promise<void> {
    await workbench.filterTasks(task.id);
    await workbench.openMenu(workbench.treeRow(task.label));
    await workbench.chooseFromMenu("Download When Done");
    await top().waitFor();
  }

  it("shows neither a row nor an item in the status bar while nothing is watched", async () => {
    assert.equal(await top().count(), 0);
    assert.equal(await status().count(), 0);
  });

  it("lists a task that is watched from its menu, in the view, the status bar and the badge", async () => {
    await watchFromMenu(waiting);
    await watchedRow(waiting.label).waitFor();
    assert.match(await watchedRow(waiting.label).innerText(), /waiting · checked every few seconds/);
    await status().filter({ hasText: "1 watched" }).waitFor();
    assert.match((await status().locator("a").getAttribute("aria-label")) ?? "", /Task Exports: 1 task is watched/);
    await workbench.treeRow(/READY until.*40911 · watched/).waitFor();
    const badge = workbench.page.locator(".activitybar .action-item .badge-content", { hasText: "1" });
    await badge.first().waitFor();
  });

  it("keeps watching after the window was reloaded", async () => {
    await workbench.reload();
    await workbench.showTasksView();
    await status().filter({ hasText: "1 watched" }).waitFor();
    await watchedRow(waiting.label).waitFor();
  });

  it("downloads it when it is done, opens nothing, and tells once", async () => {
    await execute(waiting.id);
    const told = workbench.notification(/Transaction_Export-40911\.csv downloaded/);
    await told.waitFor();
    assert.deepEqual(await workbench.buttonsOf(told), ["Open", "Open to the Side", "Reveal"]);
    assert.equal(await workbench.page.locator(".notification-toast").count(), 1);
    assert.equal(await workbench.tab(/40911/).count(), 0);
    assert.deepEqual(await readdir(workbench.exportsFolder), ["Transaction_Export-40911.csv"]);
    await top().waitFor({ state: "detached" });
    await status().waitFor({ state: "detached" });
    await workbench.screenshot("watch: downloaded");
    await told.getByRole("button", { name: "Open", exact: true }).click();
    await workbench.tab(/40911/).waitFor();
    await workbench.closeEditors();
  });

  it("says why a task failed, with the last lines of its log", async () => {
    await watchFromMenu(failing);
    const told = workbench.notification(/40913\) failed, so there is nothing to download\./);
    await told.waitFor();
    assert.match(await told.innerText(), /rows 1 to 1200 were read · task failed: the export could not be written/);
    await top().waitFor({ state: "detached" });
    await workbench.screenshot("watch: failed");
    await workbench.dismissNotifications();
  });

  it("watches from the palette, and stops with the row's button", async () => {
    await workbench.filterTasks("");
    await workbench.runCommand("Task Exports: Download When Done");
    await workbench.quickRow("Running for ever").first().waitFor();
    await workbench.screenshot("watch: palette");
    // The list paints only the rows that fit.
    await workbench.quickField.fill("New exports of users (CSV)");
    await workbench.focusedQuickRow("New exports of users (CSV)").waitFor();
    await workbench.page.keyboard.press("Enter");
    const row = watchedRow(/users \(CSV\).*waiting for a new export/);
    await row.waitFor();
    await watchFromMenu({ id: "40900", label: "Running for ever (message)" });
    await watchedRow(/next check at|every few seconds/)
      .nth(1)
      .waitFor();
    for (const { theme, kind } of themes) {
      await workbench.setTheme(theme, kind);
      await workbench.screenshot(`watch: looks ${kind}`);
    }
    await workbench.page.setViewportSize({ width: 640, height: 480 });
    await workbench.screenshot("watch: looks narrow");
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
    await workbench.pressInline(row, "Stop Watching");
    await row.waitFor({ state: "detached" });
    await workbench.pressInline(watchedRow("Running for ever"), "Stop Watching");
    await top().waitFor({ state: "detached" });
    await status().waitFor({ state: "detached" });
  });

  it("in two windows, is downloaded once, and told in one of them", async () => {
    const id = await createTask("Export for two windows");
    const second = await workbench.page.context().newPage();
    await second.goto(workbench.page.url());
    await waitForWorkbench(second);
    await workbench.runCommand("Task Exports: Refresh Tasks");
    await watchFromMenu({ id, label: "Export for two windows" });
    await second.locator(".statusbar-item", { hasText: "1 watched" }).waitFor();
    await execute(id);
    const name = `User_Export-${id}.csv`;
    const toasts = [workbench.page, second].map((page) => page.locator(".notification-toast", { hasText: name }));
    const [one, other] = toasts;
    assert.ok(one && other);
    await Promise.any([one.waitFor(), other.waitFor()]);
    await second.locator(".statusbar-item", { hasText: "watched" }).waitFor({ state: "detached" });
    assert.equal((await one.count()) + (await other.count()), 1);
    assert.deepEqual(
      (await readdir(workbench.exportsFolder)).filter((each) => each.includes(id)),
      [name],
    );
    await second.close();
  });

  it("keeps what is watched in a file for its owner alone, without secrets", async () => {
    assert.equal((await stat(watchFile())).mode & 0o777, 0o600);
    assert.doesNotMatch(await readFile(watchFile(), "utf8"), /https?:/);
    assert.deepEqual(await huntSecrets(workbench), []);
  });
});
