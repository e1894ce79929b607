import assert from "node:assert/strict";
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import { clearCopied, waitForCopied } from "../../workbench/page/clipboard.ts";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { themes } from "../../workbench/page/themes.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const first = "12345";
const three = "00000000-0000-4000-8000-000000000003";

describe("the Downloads view", () => {
  let workbench: Workbench;
  let single: string;

  before(async () => {
    workbench = await Workbench.open({
      accounts: bothAccounts,
      settings: { "taskExports.pageSize": 200, "taskExports.openWith": "none", "taskExports.notifyWhenDone": "never" },
    });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
    single = (await workbench.sandbox.expectedFiles(first))[0]?.name ?? "";
  });

  afterEach(async (context) => {
    await workbench.screenshot(`downloads: ${context.name}`);
    await workbench.dismissNotifications();
  });

  after(() => workbench.close());

  const pane = (): Locator => workbench.pane("Downloads");
  /** A row of the view. UUIDs in names are shortened, so a part of the name is enough. */
  const row = (text: string | RegExp): Locator => pane().locator(".monaco-list-row", { hasText: text });
  const menu = async (on: Locator, item: string): Promise<void> => {
    await workbench.openMenu(on);
    await workbench.chooseFromMenu(item);
  };
  const confirm = (button: string): Promise<void> =>
    workbench.page.locator(".monaco-dialog-box").getByRole("button", { name: button }).click();

  async function download(taskId: string): Promise<void> {
    await workbench.runCommand("Task Exports: Download Task Export");
    await workbench.quickTitle.filter({ hasText: "Download Task Export" }).waitFor();
    await workbench.choose(taskId);
  }

  it("offers to download an export as long as there is none", async () => {
    await workbench.runCommand("Task Exports: Show Downloads");
    await pane().getByRole("button", { name: "Download Task Export" }).waitFor();
  });

  it("lists a file as soon as it is downloaded, with what, when and size, and counts all in its title", async () => {
    await download(first);
    await row(single).waitFor();
    await row(/now|sec\. ago/).waitFor();
    await pane()
      .locator(".description", { hasText: /^1 file · / })
      .first()
      .waitFor();
    await download(three);
    await row(/.csv/).nth(3).waitFor();
    await pane()
      .locator(".description", { hasText: /^4 files · / })
      .first()
      .waitFor();
  });

  it("opens a file, and copies its path and verifies it from its menu", async () => {
    await clearCopied(workbench.page);
    await menu(row(single), "Copy Path of Export");
    assert.equal(await waitForCopied(workbench.page), path.join(workbench.exportsFolder, single));
    await menu(row(single), "Verify Export Again");
    await workbench.notification(`${single} is unchanged since it was downloaded`).waitFor();
    await menu(row(single), "Open Export");
    await workbench.tab(single).waitFor();
    await workbench.closeEditors();
  });

  it("says the task, the account, the checksum and the check in the tooltip of a row", async () => {
    await row(single).hover();
    const tip = workbench.page.locator(".monaco-hover", { hasText: "SHA-256" });
    await tip.waitFor();
    for (const part of [/Account: /, /Checked: /, new RegExp(first)])
      assert.match((await tip.innerText()).replaceAll("\u00A0", " "), part);
  });

  it("is used with the keyboard alone: focus, move, menu and open", async () => {
    await workbench.runCommand("Task Exports: Show Downloads");
    await pane().locator(".monaco-list").focus();
    await workbench.page.keyboard.press("Home");
    await pane().locator(".monaco-list-row.focused").waitFor();
    await workbench.page.keyboard.press("End");
    await pane().locator(".monaco-list-row.focused", { hasText: single }).waitFor();
    await workbench.page.keyboard.press("Shift+F10");
    await workbench.menuItem("Verify Export Again").waitFor();
    await workbench.screenshot("downloads: menu with the keyboard");
    await workbench.page.keyboard.press("Escape");
    await workbench.page.keyboard.press("Enter");
    await workbench.tab(single).waitFor();
    await workbench.closeEditors();
  });

  it("groups by kind and by day, and remembers it", async () => {
    await workbench.runCommand("Task Exports: Group Downloads…");
    await workbench.choose("Exported data");
    await row(/1 file · /).waitFor();
    await row(/3 files · /).waitFor();
    await workbench.screenshot("downloads: by kind");
    await workbench.runCommand("Task Exports: Group Downloads…");
    await workbench.choose("Day downloaded");
    await row(/^Today/).waitFor();
  });

  it("has its rows, its grouping and its count after the window is reloaded", async () => {
    await workbench.reload(single);
    await workbench.runCommand("Task Exports: Show Downloads");
    await row(/^Today.*4 files/).waitFor();
    await row(single).waitFor();
    await workbench.runCommand("Task Exports: Group Downloads…");
    await workbench.choose("None");
    await row(/^Today/).waitFor({ state: "detached" });
  });

  it("filters by words of name, task and account, and offers to clear a filter that nothing matches", async () => {
    await workbench.runCommand("Task Exports: Filter Downloads…");
    await workbench.answer("Words to filter by", first);
    await row(single).waitFor();
    await row(/.csv/).nth(1).waitFor({ state: "detached" });
    await pane()
      .locator(".description", { hasText: /^1 of 4 files · / })
      .first()
      .waitFor();
    await workbench.screenshot("downloads: filtered");
    await workbench.runCommand("Task Exports: Filter Downloads…");
    await workbench.answer("Words to filter by", "nothing has these words");
    await pane().getByRole("button", { name: "Clear Downloads Filter" }).waitFor();
    await workbench.screenshot("downloads: nothing matches");
    await pane().getByRole("button", { name: "Clear Downloads Filter" }).click();
    await row(/.csv/).nth(3).waitFor();
  });

  it("marks files that were changed or deleted, in words, while they are shown", async () => {
    const folder = path.join(workbench.exportsFolder, three);
    const [changed = "", missing = ""] = await readdir(folder);
    await writeFile(path.join(folder, changed), "something else");
    await rm(path.join(folder, missing));
    await row("changed on disk").waitFor();
    await row("moved or deleted").waitFor();
    await menu(row("changed on disk"), "Verify Export Again");
    await workbench.notification("was changed or replaced after it was downloaded").waitFor();
    for (const { theme, kind } of themes) {
      await workbench.setTheme(theme, kind);
      await workbench.screenshot(`downloads: ${theme}`);
    }
    await workbench.setTheme("Dark Modern", "vs-dark");
    await workbench.page.setViewportSize({ width: 480, height: 700 });
    await workbench.screenshot("downloads: narrow");
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
  });

  it("downloads a missing file again", async () => {
    await menu(row("moved or deleted"), "Download Again");
    await row("moved or deleted").waitFor({ state: "detached" });
    await row(/.csv/).nth(3).waitFor();
  });

  it("deletes several selected files together, after one question", async () => {
    await row(single).click();
    await workbench.tab(single).waitFor();
    await row(/.csv/)
      .first()
      .click({ modifiers: ["ControlOrMeta"] });
    await workbench.openMenu(row(single));
    await workbench.chooseFromMenu("Delete Downloaded Export");
    await workbench.page.locator(".monaco-dialog-box", { hasText: "Delete 2 downloaded files?" }).waitFor();
    await workbench.screenshot("downloads: delete two");
    await workbench.page.keyboard.press("Escape");
    await workbench.closeEditors();
  });

  it("clears what is unchanged, keeps what is not, says so, and removes the folder with its last file", async () => {
    await workbench.runCommand("Task Exports: Clear Downloads…");
    await workbench.quickRow("Older Than 30 Days").filter({ hasText: "No files" }).waitFor();
    await workbench.screenshot("downloads: clear, choose");
    await workbench.choose("All");
    await workbench.page.locator(".monaco-dialog-box", { hasText: /Delete 4 downloaded files \(.+\)\?/ }).waitFor();
    await workbench.screenshot("downloads: clear, confirm");
    await confirm("Delete");
    await workbench.notification(/3 files were deleted \(.+\)\. Kept: 1 changed after the download\./).waitFor();
    await row("changed on disk").waitFor();
    assert.deepEqual(await readdir(workbench.exportsFolder), [three]);
    await menu(row("changed on disk"), "Delete Downloaded Export");
    await confirm("Delete Changed File");
    await pane().getByRole("button", { name: "Download Task Export" }).waitFor();
    assert.deepEqual(await readdir(workbench.exportsFolder), []);
  });
});
