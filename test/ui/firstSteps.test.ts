import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const exported = "Transaction_Export-12345.csv";

describe("the steps of the walkthrough", { timeout: 300_000 }, () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ settings: { "taskExports.openWith": "none" } });
    // VS Code ticks only what happens after it has read the walkthrough.
    await openWalkthrough();
  });

  afterEach((context) => workbench.screenshot(`first steps: ${context.name}`));

  after(() => workbench.close());

  async function openWalkthrough(): Promise<void> {
    await workbench.runCommand("Welcome: Open Walkthrough...");
    await workbench.choose("Get started with Task Exports");
    await workbench.page.locator(".getting-started-step").nth(5).waitFor();
  }

  const tick = (step: string): Locator =>
    workbench.page.locator(`.getting-started-step [role="checkbox"][data-done-step-id$="#${step}"]`);

  const done = (step: string): Promise<void> => tick(step).and(workbench.page.locator(".complete")).waitFor();

  /** The steps that are ticked, from top to bottom. */
  async function ticked(): Promise<string[]> {
    const ticks = await workbench.page.locator('.getting-started-step [role="checkbox"].complete').all();
    const ids = await Promise.all(ticks.map((each) => each.getAttribute("data-done-step-id")));
    return ids.map((id) => (id ?? "").replace(/^.*#/, ""));
  }

  async function addAccount(): Promise<void> {
    const { privileged, endpoint } = workbench.sandbox.spaaza;
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("Spaaza");
    await workbench.answer("Account name", "Shop");
    await workbench.choose("Another URL…");
    await workbench.answer("Base URL of Spaaza", endpoint);
    await workbench.choose("Privileged token");
    await workbench.answer("Token ID", privileged.tokenId);
    await workbench.answer("Token secret", privileged.tokenSecret);
    await workbench.waitForAccounts(1);
  }

  it("are ticked when the Tasks view is shown, and when an account is added", async () => {
    assert.deepEqual(await ticked(), []);
    await workbench.showTasksView();
    await done("findTask");
    assert.deepEqual(await ticked(), ["findTask"]);
    await addAccount();
    await done("addAccount");
    assert.deepEqual(await ticked(), ["addAccount", "findTask"]);
  });

  it("are ticked after a download and after its export was opened, but not the one for exploring it", async () => {
    await workbench.filterTasks("12345");
    await workbench.openMenu(workbench.treeRow("Export of transactions"));
    await workbench.chooseFromMenu("Download Task Export");
    await done("download");
    assert.deepEqual(await ticked(), ["addAccount", "findTask", "download"]);
    const task = workbench.treeRow("Export of transactions");
    await workbench.expand(task);
    await workbench.treeRow(exported).click();
    await workbench.tab(exported).waitFor();
    await (await TableEditor.inView(workbench.page)).header("transaction_id").waitFor();
    await openWalkthrough();
    await done("open");
    assert.deepEqual(await ticked(), ["addAccount", "findTask", "download", "open"]);
  });
});
