import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { huntSecrets } from "./secretHunt.ts";
import { bothAccounts } from "../../workbench/page/startWorkbench.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

describe("an account whose credentials stopped working", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      accounts: (sandbox, line) =>
        bothAccounts(sandbox, line).map((account) =>
          account.service === "spaaza"
            ? {
                ...account,
                credentials: { ...sandbox.spaaza.privileged, tokenSecret: "ended-yesterday" },
                verify: false,
              }
            : account,
        ),
    });
    await workbench.showTasksView();
  });

  afterEach(async (context) => {
    await workbench.screenshot(`broken account: ${context.name}`);
  });

  after(async () => {
    await workbench.close();
  });

  it("shows the problem in its row and no notification, and the other account still works", async () => {
    await workbench.treeRow("Spaaza rejected the credentials").waitFor();
    await workbench.treeRow(/Replace Credentials…/).waitFor();
    await workbench.treeRow("Weekly analytics").first().waitFor();
    await workbench.screenshot("error-row");
    assert.equal(await workbench.page.locator(".notification-toast").count(), 0);
    assert.equal(
      await workbench.treeRow("Spaaza sandbox").getAttribute("aria-label"),
      "Account Spaaza sandbox, Spaaza, the last refresh failed",
    );
  });

  it("causes one error for a download, with a button to replace the credentials", async () => {
    await workbench.runCommand("Task Exports: Download Task Export");
    await workbench.quickTitle.filter({ hasText: "Download Task Export" }).waitFor();
    await workbench.quickField.fill("12345");
    await workbench.focusedQuickRow("Task 12345").waitFor();
    await workbench.page.keyboard.press("Enter");
    const told = workbench.notification("Spaaza rejected the credentials");
    await told.waitFor();
    await workbench.screenshot("error-notification");
    assert.deepEqual(await workbench.buttonsOf(told), ["Replace Credentials…", "Show Log"]);
    assert.equal(await told.count(), 1);
    await workbench.dismissNotifications();
  });

  it("works again after Replace Credentials… in its row", async () => {
    const { tokenId, tokenSecret } = workbench.sandbox.spaaza.privileged;
    await workbench.treeRow(/Replace Credentials…/).click();
    await workbench.quickTitle.filter({ hasText: "Replace Credentials of Spaaza sandbox" }).waitFor();
    await workbench.choose("Privileged token");
    await workbench.answer("Token ID", tokenId);
    await workbench.answer("Token secret", tokenSecret);
    await workbench.notification("Credentials of Spaaza sandbox replaced.").waitFor();
    await workbench.treeRow("Export of transactions").first().waitFor();
    await workbench.treeRow("Spaaza rejected").waitFor({ state: "detached" });
    await workbench.screenshot("error-mended");
  });

  it("leaves no secret in any file", async () => {
    assert.deepEqual(await huntSecrets(workbench), []);
  });
});
