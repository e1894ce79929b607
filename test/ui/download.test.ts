import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { huntSecrets } from "./secretHunt.ts";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

describe("Download Task Export from the Command Palette", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ accounts: bothAccounts });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
  });

  afterEach(async (context) => {
    await workbench.screenshot(`download: ${context.name}`);
  });

  after(async () => {
    await workbench.close();
  });

  /** Types an ID as a person does, up to the row that Enter takes. */
  async function typeTask(text: string): Promise<void> {
    await workbench.runCommand("Task Exports: Download Task Export");
    await workbench.quickTitle.filter({ hasText: "Download Task Export" }).waitFor();
    // A table that was just opened may have the focus; a person then clicks into the box.
    await workbench.quickField.fill(text);
  }

  async function download(text: string, taskId = text): Promise<void> {
    await typeTask(text);
    await workbench.focusedQuickRow(`Task ${taskId}`).waitFor();
    await workbench.page.keyboard.press("Enter");
  }

  it("a typed ID downloads the exact file and opens it in an editor tab, without asking for the account", async () => {
    await download("12345");
    await workbench.tab("Transaction_Export-12345.csv").waitFor();
    await (await TableEditor.inView(workbench.page)).header("transaction_id").waitFor();
    const [expected] = await workbench.sandbox.expectedFiles("12345");
    const content = await readFile(path.join(workbench.exportsFolder, "Transaction_Export-12345.csv"));
    assert.equal(createHash("sha256").update(content).digest("hex"), expected?.sha256);
    assert.deepEqual(await readdir(workbench.exportsFolder), ["Transaction_Export-12345.csv"], "nothing else is left");
  });

  it("a URL that contains an ID is accepted as the ID", async () => {
    await download("https://services-prod.spaaza.com/tasks/12346/download_url", "12346");
    await workbench.tab("User_Export-12346.csv").waitFor();
  });

  it("text that is not an ID is reported while it is typed, and Enter does nothing", async () => {
    await typeTask("12345x");
    await workbench.focusedQuickRow("“12345x” is not a task ID").waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.screenshot("download: a bad id");
    await workbench.focusedQuickRow("“12345x” is not a task ID").waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("words that no task contains are reported with what to type instead", async () => {
    await typeTask("quarterly figures");
    const told = workbench.focusedQuickRow("“quarterly figures” is not a task ID");
    await told
      .filter({ hasText: "Enter a whole number (Spaaza), a UUID (TextReveal), or the URL of a task" })
      .waitFor();
    await workbench.screenshot("download: words that no task contains");
    await workbench.quickField.fill("transactions");
    await workbench.focusedQuickRow("Export of transactions").waitFor();
    assert.equal(await workbench.quickRow("is not a task ID").count(), 0);
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("a task that is listed is shown once if its ID or URL is typed", async () => {
    for (const text of ["12345", "https://services-prod.spaaza.com/tasks/12345/download_url"]) {
      await typeTask(text);
      await workbench.focusedQuickRow(/Task 12345.*Export of transactions/).waitFor();
      await workbench.screenshot("download: a listed task");
      // While it is typed, a row for a shorter ID can be in the list.
      await workbench.quickRow("12345").nth(1).waitFor({ state: "detached" });
      await workbench.page.keyboard.press("Escape");
      await workbench.quickInput.waitFor({ state: "hidden" });
    }
  });

  it("an ID of the other service uses that service's account, and its three files get one folder", async () => {
    const taskId = "00000000-0000-4000-8000-000000000003";
    await download(taskId);
    const [first] = await workbench.sandbox.expectedFiles(taskId);
    assert.ok(first);
    await workbench.tab(first.name).waitFor();
    const folders = await readdir(workbench.exportsFolder, { withFileTypes: true });
    const folder = folders.find((entry) => entry.isDirectory());
    assert.ok(folder);
    assert.equal((await readdir(path.join(workbench.exportsFolder, folder.name))).length, 3);
  });

  it("an existing file is not replaced without asking", async () => {
    await workbench.closeEditors();
    await download("12346");
    await workbench.quickRow("Keep both").waitFor();
    await workbench.screenshot("download: there already");
    await workbench.choose("Keep both");
    await workbench.tab(/User_Export-12346.+\.csv/).waitFor();
    const names = (await readdir(workbench.exportsFolder)).filter((name) => name.startsWith("User_Export-12346"));
    assert.equal(names.length, 2, names.join());
  });

  const refusals = [
    {
      taskId: "40900",
      sentence: "Task 40900 hasn't finished yet.",
      buttons: ["Download When Done", "Refresh", "Show Log"],
    },
    {
      taskId: "42200",
      sentence: "Task 42200 finished without a file to download.",
      buttons: ["Show Task", "Show Log"],
    },
    {
      taskId: "40400",
      sentence: "Task 40400 was not found in Spaaza for this account.",
      buttons: ["Refresh", "Show Log"],
    },
  ];
  for (const { taskId, sentence, buttons } of refusals) {
    it(`task ${taskId} fails with one notification and the buttons ${buttons.join(" and ")}`, async () => {
      // The downloads before this one have notifications of their own.
      await workbench.dismissNotifications();
      await download(taskId);
      const told = workbench.notification(sentence);
      await told.waitFor();
      await workbench.notification(`Downloading task ${taskId}`).waitFor({ state: "detached" });
      assert.equal(await workbench.page.locator(".notification-toast").count(), 1);
      assert.deepEqual(await workbench.buttonsOf(told), buttons);
      await workbench.screenshot(`download: refusal ${taskId}`);
      await workbench.dismissNotifications();
    });
  }

  it("Show Task brings the task into view", async () => {
    await download("42200");
    await workbench.pressButton(
      workbench.notification("Task 42200 finished without a file to download.").first(),
      "Show Task",
    );
    const isDone = workbench.notification(/Done without a result.* \(42200\) is done: DONE\./);
    const row = workbench.page.locator(".pane-body .monaco-list-row.focused", { hasText: "Done without a result" });
    await isDone.or(row).waitFor();
    await workbench.screenshot("download: show task");
    await workbench.dismissNotifications();
  });

  it("after too many requests, the wait is shown, and then the download continues", async () => {
    await download("42900");
    await workbench.notification(/Downloading task 42900.*Trying again in/).waitFor();
    await workbench.screenshot("download: waiting");
    await workbench.tab(/42900/).waitFor();
  });

  it("the download doesn't wait for a service that asks for an hour", async () => {
    await download("42903");
    const told = workbench.notification("Too many requests to Spaaza.");
    await told.waitFor();
    assert.deepEqual(await workbench.buttonsOf(told), ["Try Again", "Show Log"]);
    await workbench.screenshot("download: an hour");
    await workbench.dismissNotifications();
  });

  it("a JSON file on one long line that opens as text is offered as a formatted copy, and the button opens that", async () => {
    await workbench.closeEditors();
    await download("12347");
    await workbench.tab("Voucher_Export-12347.json").waitFor();
    await TableEditor.inView(workbench.page);
    await workbench.runCommand("Task Exports: Open as Text");
    const offer = workbench.notification("Voucher_Export-12347.json has only one long line");
    await offer.waitFor();
    await workbench.screenshot("download: one long line");
    await workbench.pressButton(offer, "Open Formatted Copy");
    await workbench.tab("Voucher_Export-12347.formatted.json").waitFor();
    await workbench
      .editorLines()
      .filter({ hasText: /^\[\s+\{\s+"/ })
      .waitFor();
    assert.equal(await offer.count(), 0);
  });

  it("the list shows the tasks of all accounts, and can load more", async () => {
    await workbench.runCommand("Task Exports: Download Task Export");
    await workbench
      .quickRow(/Export of transactions.*Spaaza sandbox/)
      .first()
      .waitFor();
    await workbench.screenshot("download: all accounts");
    const rows = workbench.quickInput.locator(".quick-input-list .monaco-list-row").first();
    const before = Number(await rows.getAttribute("aria-setsize"));
    await workbench.quickField.fill("Load more tasks");
    await workbench.focusedQuickRow(/Load more tasks.*Spaaza sandbox/).waitFor();
    await workbench.page.keyboard.press("ArrowDown");
    await workbench.focusedQuickRow(/Load more tasks.*TextReveal sandbox/).waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInput.waitFor();
    await workbench.quickField.fill("");
    const longer = workbench.quickInput.locator(`.quick-input-list .monaco-list-row:not([aria-setsize="${before}"])`);
    await longer.first().waitFor();
    assert.ok(Number(await longer.first().getAttribute("aria-setsize")) > before);
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("a typed ID that several accounts can have asks for the account, after the ID", async () => {
    const [request] = workbench.sandbox.companionSession().accounts;
    assert.ok(request?.credentials.kind === "privileged" && request.endpoint !== undefined);
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("Spaaza");
    await workbench.answer("Account name", "Outlet");
    await workbench.choose("Another URL…");
    await workbench.answer("Base URL of Spaaza", request.endpoint);
    await workbench.choose("Privileged token");
    await workbench.answer("Token ID", request.credentials.tokenId);
    await workbench.answer("Token secret", request.credentials.tokenSecret);
    await workbench.notification("Account Outlet added.").waitFor();
    await workbench.dismissNotifications();
    await workbench.closeEditors();

    // The oldest export, which neither account has loaded.
    await typeTask("11001");
    await workbench.focusedQuickRow(/Task 11001.*Outlet, Spaaza sandbox/).waitFor();
    await workbench.screenshot("download: several accounts");
    await workbench.page.keyboard.press("Enter");
    await workbench.focusedQuickRow("Outlet").waitFor();
    await workbench.screenshot("download: which account");
    await workbench.page.keyboard.press("Enter");
    await workbench.tab(/Export-11001/).waitFor();
  });

  it("leaves no secret in any file", async () => {
    assert.deepEqual(await huntSecrets(workbench), []);
  });
});
