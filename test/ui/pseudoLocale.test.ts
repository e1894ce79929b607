import { after, afterEach, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { comes } from "../../workbench/page/comes.ts";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import { pseudoText } from "./pseudoText.ts";
import { Untranslated } from "./untranslated.ts";

const tooltipMs = 4000;
const tooltipTries = 5;

const single = "12345";
const waiting = "40911";

/** A task in each status. */
const statuses = [
  [waiting, "READY until it is executed"],
  ["40912", "Failed"],
  ["40900", "Running for ever (message)"],
] as const;

describe("every text around the table is translated", { timeout: 400_000 }, () => {
  let workbench: Workbench;
  let untranslated: Untranslated;

  before(async () => {
    workbench = await Workbench.open({
      accounts: bothAccounts,
      language: { id: "qps-ploc", translate: pseudoText },
      viewport: { width: 1280, height: 1000 },
      settings: {
        "taskExports.pageSize": 200,
        "taskExports.autoRefreshSeconds": 0,
        "taskExports.openWith": "none",
        "taskExports.notifyWhenDone": "always",
        "taskExports.network.slowestKibPerSecond": 0,
      },
    });
    untranslated = new Untranslated(workbench.page);
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
  });

  afterEach(async (context) => {
    await workbench.screenshot(`pseudo: ${context.name}`);
    for (let presses = 0; presses < 3; presses++) await workbench.page.keyboard.press("Escape");
  });

  after(() => workbench.close());

  const say = (english: string): string => workbench.words(english);
  const button = (name: string): Locator => workbench.page.getByRole("button", { name: say(name), exact: true });
  const downloads = (): Locator => workbench.pane("Downloads");

  /** Filters the tasks by words, with any status. */
  async function filter(words: string): Promise<void> {
    await workbench.runCommand("Task Exports: Filter Tasks…");
    await workbench.quickMessage.filter({ hasText: say("Words to filter by. Leave empty for all tasks.") }).waitFor();
    await workbench.quickField.fill(words);
    await workbench.quickField.press("Enter");
    await workbench.quickRow(say("Any status")).click();
    await workbench.quickInput.waitFor({ state: "hidden" });
  }

  async function lookAtMenu(where: string, row: Locator): Promise<void> {
    await workbench.openMenu(row);
    await untranslated.look(where, ".monaco-menu");
    await workbench.page.keyboard.press("Escape");
    await workbench.menuItem(/./).first().waitFor({ state: "hidden" });
  }

  /** Again if the row was painted anew meanwhile, which closes its tooltip. */
  async function lookAtTooltip(where: string, row: Locator): Promise<void> {
    const tooltip = workbench.page.locator(".monaco-hover:visible", { hasText: "⟦" }).first();
    for (let tries = 1; ; tries++) {
      await row.locator(".label-name, .statusbar-item-label").first().hover();
      if (await comes(tooltip, tooltipMs)) break;
      if (tries === tooltipTries) throw new Error(`The tooltip of ${where} did not open.`);
      await workbench.page.mouse.move(900, 500);
    }
    await untranslated.look(where, ".monaco-hover");
    await workbench.page.mouse.move(900, 500);
    await workbench.page.locator(".monaco-hover:visible").first().waitFor({ state: "hidden" });
  }

  /** Waits for a question that shows this text, and looks at it. */
  async function lookAtQuestion(text: string): Promise<void> {
    await workbench.quickInput
      .filter({ has: workbench.page.getByText(say(text)) })
      .or(workbench.quickInput.filter({ has: workbench.page.getByPlaceholder(say(text)) }))
      .first()
      .waitFor();
    await untranslated.look(`question ${text}`, ".quick-input-widget");
  }

  const pick = (text: string): Promise<void> => workbench.quickRow(say(text)).first().click();
  const enter = async (text?: string): Promise<void> => {
    if (text !== undefined) await workbench.quickField.fill(text);
    await workbench.quickField.press("Enter");
  };

  it("in the Tasks view, with tasks in every status, and in its title", async () => {
    await workbench.treeRow("Export of transactions").first().waitFor();
    await untranslated.look("tasks", ".sidebar .pane");
    for (const [id, name] of statuses) {
      await filter(id);
      await workbench.treeRow(name).waitFor();
      await untranslated.look(name, ".sidebar .pane");
    }
    const header = workbench.pane("Tasks").locator(".pane-header");
    await header.hover();
    await header.locator('.action-label[aria-label*="More Actions"]').click();
    await workbench.menuItem(say("Sort Tasks…")).waitFor();
    await untranslated.look("menu of the view", ".monaco-menu");
    untranslated.assertNone();
  });

  it("in the menus and tooltips of accounts and tasks", async () => {
    await filter("(message)");
    await lookAtMenu("running task", workbench.treeRow("Running for ever (message)"));
    await lookAtTooltip("running task", workbench.treeRow("Running for ever (message)"));
    await filter(single);
    const task = workbench.treeRow("Export of transactions");
    await task.waitFor();
    await untranslated.look("filtered", ".sidebar .pane");
    await lookAtMenu("task", task);
    await lookAtTooltip("task", task);
    await lookAtMenu("account", workbench.treeRow("Spaaza sandbox"));
    untranslated.assertNone();
  });

  it("in the questions that add an account", async () => {
    await workbench.runCommand("Task Exports: Add Account…");
    await lookAtQuestion("Select a service");
    await workbench.quickRow("Spaaza").first().click();
    await lookAtQuestion("Account name in the Tasks view");
    await enter("");
    await lookAtQuestion("Enter a name.");
    await enter("Shop");
    await workbench.quickRow(say("Another URL…")).waitFor();
    await untranslated.look("question endpoint", ".quick-input-widget");
    await workbench.quickRow("https://services-prod.spaaza.com").first().click();
    await lookAtQuestion("Select a sign-in method");
    await pick("Privileged token");
    await lookAtQuestion("The ID, id:secret, or the whole Authorization line");
    await workbench.page.keyboard.press("Escape");
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.quickRow("TextReveal").first().click();
    await lookAtQuestion("Account name in the Tasks view");
    await enter("Texts");
    await workbench.quickMessage.filter({ hasText: "TextReveal" }).waitFor();
    await untranslated.look("question URL", ".quick-input-widget");
    await enter("https://api.textreveal.com/v3");
    await lookAtQuestion("Select a sign-in method");
    await pick("Access token");
    await lookAtQuestion("The token, or the whole Authorization line");
    untranslated.assertNone();
  });

  it("in the questions that create an export of Spaaza", async () => {
    await workbench.runCommand("Task Exports: Create Export Task…");
    await workbench.quickRow("Spaaza sandbox").click();
    await lookAtQuestion("Select what to export");
    await workbench.quickRow("users").first().click();
    await lookAtQuestion("Select a format");
    await enter();
    await lookAtQuestion("Description, by which you find the task again");
    await enter("12345");
    await lookAtQuestion("Select when to run the export");
    await pick("Later…");
    await lookAtQuestion("Date and time in the time zone of this computer, such as 2026-01-31 06:00");
    await enter();
    await lookAtQuestion("Select what to include");
    await pick("Rules…");
    await workbench.quickRow(say("Another field…")).waitFor();
    await untranslated.look("question field", ".quick-input-widget", [/\b[a-z]+\b/g]);
    await workbench.quickRow("created_date").first().click();
    await workbench.quickRow(say("is less than a number of days ago")).waitFor();
    await untranslated.look("question comparison", ".quick-input-widget");
    await pick("is less than a number of days ago");
    await lookAtQuestion("Number of days");
    await enter("7");
    await workbench.quickRow(say("Add another rule…")).waitFor();
    await untranslated.look("question rules", ".quick-input-widget");
    await pick("Continue");
    await workbench.quickRow(say("Copy Request")).waitFor();
    await untranslated.look("review", ".quick-input-widget", [
      /POST|\/tasks|[a-z_]+(\.|\[\d*\]|_)[a-z_.[\]\d]*|"[^"]*"|\b(chain|desc|true|false)\b/g,
    ]);
    untranslated.assertNone();
  });

  it("in the questions that create an export of TextReveal", async () => {
    await workbench.runCommand("Task Exports: Create Export Task…");
    await workbench.quickRow("TextReveal sandbox").click();
    const names = [
      /European banks|Renewable energy|Companies of[^·⟦]*|[A-Z][a-z]+( [a-z]+)* ?(?=·|,|$)|Universe \d+|\b(private|shared|sesamm)\b/g,
    ];
    await workbench.quickRow("Renewable energy").waitFor();
    await untranslated.look("question universe", ".quick-input-widget", names);
    await workbench.quickRow("Renewable energy").click();
    await lookAtQuestion("Select a filter, or continue");
    await pick("Continue");
    await workbench.quickRow("website").waitFor();
    await untranslated.look("question fields", ".quick-input-widget", [/\b[a-z]+\b/g]);
    await enter();
    await workbench.quickRow(say("By name, A to Z")).waitFor();
    await untranslated.look("question order", ".quick-input-widget", [/name:(asc|desc)/g]);
    await pick("By name, A to Z");
    await workbench.quickRow(say("Copy Request")).waitFor();
    await untranslated.look("review", ".quick-input-widget", [
      /GET|POST|\b[a-z_]+(\[\])?(?=,|$)|name:asc|\/[\w/-]+|"[^"]*"|Renewable energy/g,
    ]);
    untranslated.assertNone();
  });

  it("in the questions that filter, sort and group", async () => {
    await workbench.runCommand("Task Exports: Filter Tasks…");
    await lookAtQuestion("Words to filter by. Leave empty for all tasks.");
    await enter("");
    await lookAtQuestion("Select a status");
    await enter();
    for (const [command, row] of [
      ["Sort Tasks…", "Newest first"],
      ["Group Tasks…", "Day created"],
    ] as const) {
      await workbench.runCommand(`Task Exports: ${command}`);
      await workbench.quickRow(say(row)).waitFor();
      await untranslated.look(command, ".quick-input-widget");
      await pick(row);
    }
    await workbench.page.locator(".pane-body .monaco-list-row", { hasText: /⟦.*⟧/ }).first().waitFor();
    await untranslated.look("grouped", ".sidebar .pane", [/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \w+ \d+, \d+/g]);
    await workbench.runCommand("Task Exports: Group Tasks…");
    await pick("None");
    untranslated.assertNone();
  });

  it("while something is downloaded, and when it is done or has failed", async () => {
    await filter(single);
    workbench.line.bytesPerSecond = 100_000;
    const task = workbench.treeRow("Export of transactions");
    await workbench.openMenu(task);
    await workbench.chooseFromMenu(say("Download Task Export"));
    await workbench.notification(/[1-9]\d?%/).waitFor();
    await untranslated.look("running", ".notification-toast, .sidebar .pane, .statusbar-item[id*='taskExports']");
    await lookAtMenu("downloading task", task);
    await lookAtTooltip("status", workbench.page.locator(".statusbar-item[id*='taskExports.status']"));
    workbench.line.bytesPerSecond = Number.POSITIVE_INFINITY;
    await button("Reveal").waitFor();
    await untranslated.look("done", ".notification-toast, .sidebar .pane");
    await workbench.dismissNotifications();
    await workbench.expand(task);
    const file = workbench.treeRow("Transaction_Export-12345.csv");
    await file.waitFor();
    await untranslated.look("file", ".sidebar .pane");
    await lookAtMenu("file", file);
    await lookAtTooltip("file", file);
    await filter("60002");
    await workbench.openMenu(workbench.treeRow("Link to a missing file"));
    await workbench.chooseFromMenu(say("Download Task Export"));
    await button("Show Log").waitFor();
    await untranslated.look("failed", ".notification-toast, .sidebar .pane");
    await workbench.dismissNotifications();
    untranslated.assertNone();
  });

  it("while something is watched, and when it is done", async () => {
    await filter(waiting);
    await workbench.openMenu(workbench.treeRow("READY until it is executed"));
    await untranslated.look("waiting task", ".monaco-menu");
    await workbench.chooseFromMenu(say("Download When Done"));
    await workbench.treeRow(say("Watched")).first().waitFor();
    const row = workbench.page
      .locator(".pane-body .monaco-list-row[aria-level='2']", { hasText: "READY until" })
      .first();
    await untranslated.look("watched", ".notification-toast, .sidebar .pane, .statusbar-item[id*='taskExports']");
    await lookAtTooltip("watched", row);
    await lookAtTooltip("status", workbench.page.locator(".statusbar-item[id*='taskExports.status']"));
    await lookAtMenu("watched", row);
    untranslated.assertNone();
  });

  it("in the Downloads view", async () => {
    await workbench.runCommand("Task Exports: Show Downloads");
    const row = downloads().locator(".monaco-list-row", { hasText: "Transaction_Export-12345.csv" });
    await row.waitFor();
    await untranslated.look("downloads", ".sidebar .pane");
    await lookAtMenu("download", row);
    await lookAtTooltip("download", row);
    await workbench.runCommand("Task Exports: Clear Downloads…");
    await workbench.quickRow(say("All")).waitFor();
    await untranslated.look("clear", ".quick-input-widget");
    await pick("All");
    await workbench.page.locator(".monaco-dialog-box").waitFor();
    await untranslated.look("clear, confirm", ".monaco-dialog-box");
    await workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: /⟦/ }).click();
    await workbench.notification(/⟦/).first().waitFor();
    await downloads()
      .getByRole("button", { name: say("Download Task Export") })
      .first()
      .waitFor();
    await untranslated.look("no downloads", ".notification-toast, .sidebar .pane");
    await workbench.dismissNotifications();
    untranslated.assertNone();
  });

  it("when accounts are removed, and when there is none", async () => {
    await filter("");
    for (const account of ["Spaaza sandbox", "TextReveal sandbox"]) {
      await workbench.openMenu(workbench.treeRow(account));
      await workbench.chooseFromMenu(say("Remove Account"));
      await workbench.page.locator(".monaco-dialog-box").waitFor();
      await untranslated.look("remove", ".monaco-dialog-box");
      await workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: /⟦/ }).click();
      await workbench.treeRow(account).waitFor({ state: "detached" });
    }
    await workbench.pane("Tasks").locator(".welcome-view-content:visible").waitFor();
    await untranslated.look("no account", ".sidebar .pane");
    untranslated.assertNone();
  });
});
