import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const menuLength = 40;

/** Waits until it is executed, so that it stays watched. */
const waiting = { id: "40911", label: "READY until it is executed" };

describe("Task Exports without a mouse", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      accounts: bothAccounts,
      settings: { "taskExports.autoRefreshSeconds": 0, "taskExports.openWith": "none", "taskExports.pageSize": 200 },
    });
    await workbench.page.evaluate(
      `addEventListener("pointerdown", () => (globalThis.usedPointer = true), { capture: true })`,
    );
  });

  afterEach(async (context) => {
    await workbench.screenshot(`keyboard: ${context.name}`);
    assert.equal(await workbench.page.evaluate<unknown>("globalThis.usedPointer"), undefined);
  });

  after(() => workbench.close());

  const focusedRow = (view: "Tasks" | "Downloads", text: string | RegExp) =>
    workbench.pane(view).locator(".monaco-list-row.focused", { hasText: text });

  /** The row above what is watched. A watched task itself says so as well. */
  const watched = () => workbench.treeRow("Watched").and(workbench.page.locator('[aria-level="1"]'));

  /** Moves down from the first row of the focused view to one with a text. */
  async function goTo(view: "Tasks" | "Downloads", text: string | RegExp, level = 1): Promise<void> {
    const { keyboard } = workbench.page;
    await workbench.runCommand(`Task Exports: Focus on ${view} View`);
    await workbench.quickInput.waitFor({ state: "hidden" });
    await workbench.pane(view).locator(".monaco-list-row", { hasText: text }).first().waitFor();
    await workbench.pane(view).locator(".monaco-list:focus").waitFor();
    await keyboard.press("Home");
    await focusedRow(view, /./).waitFor();
    const wanted = focusedRow(view, text).and(workbench.page.locator(`[aria-level="${level}"]`));
    for (let moves = 0; (await wanted.count()) === 0; moves++) {
      assert.ok(moves < menuLength, `${String(text)} is reached with the arrow keys`);
      await keyboard.press("ArrowDown");
    }
  }

  /** Opens the menu of the focused row, moves down to an item, and selects it. */
  async function chooseInMenu(item: string): Promise<void> {
    const { keyboard } = workbench.page;
    await keyboard.press("Shift+F10");
    await workbench.menuItem(item).first().waitFor();
    const focused = workbench.page.locator(".context-view .action-item.focused", { hasText: item });
    for (let moves = 0; (await focused.count()) === 0; moves++) {
      assert.ok(moves < menuLength, `${item} is reached with the arrow keys`);
      await keyboard.press("ArrowDown");
    }
    await keyboard.press("Enter");
    await focused.waitFor({ state: "detached" });
  }

  async function filter(words: string): Promise<void> {
    await workbench.runCommand("Task Exports: Filter Tasks…");
    await workbench.answer("Words to filter by", words);
    await workbench.focusedQuickRow("Any status").waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInput.waitFor({ state: "hidden" });
  }

  it("a task is watched from its menu", async () => {
    await workbench.runCommand("Task Exports: Focus on Tasks View");
    await workbench.waitForAccounts(2);
    await filter(waiting.id);
    await workbench.treeRow(waiting.label).waitFor();
    await goTo("Tasks", waiting.label, 2);
    await chooseInMenu("Download When Done");
    await watched().waitFor();
  });

  it("what is watched is found below Watched, and no longer watched from its menu", async () => {
    const entry = focusedRow("Tasks", waiting.label).and(workbench.page.locator('[aria-level="2"]'));
    // The row tells when the task is checked next. A key that is pressed while it is painted again can get lost.
    for (let tries = 0; tries < 10 && (await entry.count()) === 0; tries++) {
      await goTo("Tasks", "Watched");
      await workbench.page.keyboard.press("ArrowDown");
      await workbench.page.waitForTimeout(500);
    }
    await entry.waitFor();
    await chooseInMenu("Stop Watching");
    await watched().waitFor({ state: "detached" });
  });

  it("the buttons in the title of the view are reached from its rows", async () => {
    await goTo("Tasks", "Spaaza sandbox");
    await workbench.page.keyboard.press("Shift+Tab");
    await workbench.pane("Tasks").locator(".pane-header .actions-container :focus").waitFor();
  });

  it("a downloaded file is found in the Downloads view, and verified from its menu", async () => {
    await workbench.runCommand("Task Exports: Download Task Export");
    await workbench.quickTitle.filter({ hasText: "Download Task Export" }).waitFor();
    await workbench.choose("12345");
    await filter("12345");
    await workbench.treeRow(/12345 · downloaded/).waitFor();
    await workbench.runCommand("Task Exports: Show Downloads");
    await goTo("Downloads", "Transaction_Export-12345.csv");
    await chooseInMenu("Verify Export Again");
    await workbench.notification("is unchanged since it was downloaded").waitFor();
  });
});
