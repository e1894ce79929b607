import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { themes } from "../../workbench/page/themes.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const small = { width: 960, height: 440 };
const large = { width: 1280, height: 800 };

const ledger = "Wallet_Export-12348.csv";

describe("how Task Exports looks", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      accounts: bothAccounts,
      settings: {
        "taskExports.pageSize": 20,
        "taskExports.network.slowestKibPerSecond": 0,
        "editor.minimap.enabled": false,
        "breadcrumbs.enabled": false,
      },
    });
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
    await workbench.page.mouse.move(700, 500);
  });

  after(async () => {
    await workbench.close();
  });

  async function picture(name: string): Promise<void> {
    await workbench.page.mouse.move(700, 500);
    await workbench.screenshot(`looks: ${name}`);
  }

  async function setSideBarWidth(pixels: number): Promise<void> {
    const box = await workbench.page.locator(".sidebar").first().boundingBox();
    assert.ok(box);
    await workbench.page.mouse.move(box.x + box.width, 250);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(box.x + pixels, 250, { steps: 5 });
    await workbench.page.mouse.up();
    await workbench.page.waitForFunction(
      `Math.abs(document.querySelector(".sidebar").getBoundingClientRect().width - ${pixels}) < 12`,
    );
  }

  it("a task shows its format and age, and below it its file with its size and age", async () => {
    await workbench.page.setViewportSize(small);
    await setSideBarWidth(380);
    await workbench.openMenu(workbench.treeRow("Export of wallet-ledger"));
    await workbench.chooseFromMenu("Download Task Export");
    await workbench.tab(ledger).waitFor();
    await workbench.expand(workbench.treeRow("Export of wallet-ledger"));
    await workbench.treeRow(ledger).waitFor();
    await picture("tasks-view");
  });

  it("the input box for a secret shows dots", async () => {
    const { privileged } = workbench.sandbox.spaaza;
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("Spaaza");
    await workbench.answer("Account name", "Shop in Amsterdam");
    await workbench.choose("https://services-prod.spaaza.com");
    await workbench.choose("Privileged token");
    await workbench.answer("Token ID", privileged.tokenId);
    await workbench.typeAnswer("Token secret", privileged.tokenSecret);
    assert.equal(await workbench.quickField.getAttribute("type"), "password");
    await picture("add-account");
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("a running download shows its percentage, speed and time left", async () => {
    workbench.line.bytesPerSecond = 60_000;
    await workbench.openMenu(workbench.treeRow("Export of transactions").first());
    await workbench.chooseFromMenu("Download Task Export");
    await workbench.notification(/[1-9]\d% of 3\.1 MB · .+ left/).waitFor();
    await picture("download");
    // So that it still runs when the last picture is taken, also on a busy machine.
    workbench.line.bytesPerSecond = 4_000;
    await workbench.page.setViewportSize(large);
    await appendFile(path.join(workbench.exportsFolder, ledger), "\n");
    await workbench.treeRow(ledger).filter({ hasText: "changed on disk" }).waitFor();
  });

  for (const { theme, kind } of themes) {
    it(`shows tasks, a changed file and a running download in ${theme}`, async () => {
      await workbench.setTheme(theme, kind);
      await workbench.treeRow(/% of 3\.1 MB/).waitFor();
      await workbench.treeRow(ledger).waitFor();
      await workbench.notification("Downloading task 12345").waitFor();
      await picture(theme);
    });
  }

  it("it can be used in a narrow window with the smallest side bar", async () => {
    await workbench.setTheme("Light Modern", "vs");
    await workbench.page.setViewportSize({ width: 700, height: 800 });
    await setSideBarWidth(170);
    await workbench.treeRow(/% of 3\.1 MB/).waitFor();
    await picture("narrow");
    await workbench.pressButton(workbench.notification("Downloading task 12345"), "Cancel");
    await workbench.notification("Downloading task 12345").waitFor({ state: "detached" });
  });

  it("an export opens next to a script", async () => {
    await workbench.page.setViewportSize(small);
    await setSideBarWidth(280);
    await workbench.closeEditors();
    await workbench.openWorkspaceFile("report.py");
    await workbench.openMenu(workbench.treeRow(ledger));
    await workbench.chooseFromMenu("Open Export to the Side");
    await (await TableEditor.inView(workbench.page)).header("entry_id").waitFor();
    await picture("beside");
  });
});
