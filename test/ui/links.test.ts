import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { clearCopied, waitForCopied } from "../../workbench/page/clipboard.ts";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { themes } from "../../workbench/page/themes.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import { huntSecrets } from "./secretHunt.ts";

const task = { id: "12345", label: "Export of transactions" };

describe("links to tasks in the workbench", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ accounts: bothAccounts, settings: { "taskExports.autoRefreshSeconds": 0 } });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
    await workbench.filterTasks(task.id);
  });

  afterEach(async (context) => {
    await workbench.screenshot(`links: ${context.name}`);
    await workbench.dismissNotifications();
  });

  after(() => workbench.close());

  const dialog = (text: string | RegExp) => workbench.page.locator(".monaco-dialog-box", { hasText: text });
  const focusedButton = (label: string) =>
    workbench.page.locator(".monaco-dialog-box .monaco-button:focus", { hasText: label });
  const requests = () => workbench.sandbox.spaaza.requests.length;

  async function copiedLink(): Promise<string> {
    await clearCopied(workbench.page);
    await workbench.openMenu(workbench.treeRow(task.label));
    await workbench.chooseFromMenu("Copy Link to Task");
    return waitForCopied(workbench.page);
  }

  /** Opens a link as if it had been selected in a browser, and agrees to VS Code's own question, which comes first. */
  async function openLink(link: string): Promise<void> {
    await workbench.runCommand("Developer: Open URL");
    await workbench.quickMessage.filter({ hasText: "URL to open" }).waitFor();
    await workbench.page.keyboard.insertText(link);
    await workbench.page.keyboard.press("Enter");
    await dialog("Allow 'Task Exports' extension to open this URI?").waitFor();
    await focusedButton("Open").waitFor();
    await workbench.page.keyboard.press("Enter");
  }

  it("a copied link asks what will happen, in every theme, and Escape leaves it at that", async () => {
    const link = await copiedLink();
    assert.match(link, /:\/\/task-exports\.task-exports\/download\?account=spaaza%3ASpaaza%20sandbox&task=12345$/);
    const asked = requests();
    for (const { theme, kind } of themes) {
      await workbench.setTheme(theme, kind);
      await openLink(link);
      const question = dialog("A link asks to download task 12345. Download it?");
      await question.waitFor();
      const text = await question.innerText();
      for (const part of [`Description: ${task.label}`, "Account: Spaaza sandbox (Spaaza)", workbench.exportsFolder]) {
        assert.ok(text.includes(part), part);
      }
      await workbench.screenshot(`links: question ${kind}`);
      await workbench.page.keyboard.press("Escape");
      await question.waitFor({ state: "detached" });
    }
    assert.equal(requests(), asked, "nothing is requested before somebody has agreed");
    assert.equal(await workbench.page.locator(".notification-toast").count(), 0, "Escape is not a failure");
  });

  it("is refused as a whole, and says why, if it contains anything else", async () => {
    const asked = requests();
    await openLink(`${await copiedLink()}&host=example.com`);
    await workbench.notification(/This link can't be used: it contains “host”/).waitFor();
    assert.equal(await dialog(/./).count(), 0);
    assert.equal(requests(), asked);
  });

  it("says that the account has another name here, and shows the task", async () => {
    const scheme = (await copiedLink()).split(":")[0] ?? "";
    await openLink(`${scheme}://task-exports.task-exports/task?account=spaaza:Shop%20in%20Amsterdam&task=${task.id}`);
    await dialog("A link asks to show task 12345. Show it?").waitFor();
    await dialog("The link is for an account that is named differently: spaaza:Shop in Amsterdam").waitFor();
    await workbench.screenshot("links: other account");
    await focusedButton("Show Task").waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.selectedTreeRow(task.label).waitFor();
  });

  it("downloads and opens the task when Enter agrees, and leaves no secret anywhere", async () => {
    await openLink(await copiedLink());
    await focusedButton("Download").waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.tab("Transaction_Export-12345.csv").waitFor();
    assert.deepEqual(await huntSecrets(workbench), []);
  });
});
