import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { huntSecrets } from "./secretHunt.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

describe("accounts in the workbench", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open();
  });

  afterEach(async (context) => {
    await workbench.screenshot(`accounts: ${context.name}`);
  });

  after(async () => {
    await workbench.close();
  });

  it("the Tasks view without accounts says what it is for and offers to add one", async () => {
    await workbench.showTasksView();
    const welcome = workbench.page.locator(".welcome-view-content", {
      hasText: "Add an account to see its export tasks",
    });
    await welcome.waitFor();
    await workbench.screenshot("welcome");
    await welcome.getByRole("button", { name: "Add Account" }).click();
    await workbench.quickTitle.filter({ hasText: "Add Account" }).waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
    assert.equal(await workbench.page.locator(".notification-toast").count(), 0, "Escape is no failure");
  });

  it("the tour that the welcome text names is a walkthrough of four steps", async () => {
    await workbench.page.locator(".welcome-view-content").getByText("walkthrough").click();
    const steps = workbench.page.locator(".getting-started-step");
    await steps.nth(3).waitFor();
    await workbench.screenshot("walkthrough");
    assert.deepEqual(await steps.locator(".step-title").allInnerTexts(), [
      "Add an account",
      "Find your task",
      "Download its export",
      "Open it beside your code",
    ]);
    await workbench.closeEditors();
  });

  it("a Spaaza account is added with the keyboard alone, a wrong secret being refused in the box and mended there", async () => {
    const { endpoint, privileged } = workbench.sandbox.spaaza;
    const { keyboard } = workbench.page;
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("Spaaza");
    await workbench.answer("A name for the account", "Shop");
    await workbench.choose("Another address…");
    await workbench.answer("Base URL of Spaaza", endpoint);
    await workbench.choose("Privileged token");

    await workbench.typeAnswer("Token ID", `${privileged.tokenId}:wrong-${privileged.tokenSecret}`);
    await workbench.quickInput.locator('input[type="password"]').waitFor();
    await workbench.screenshot("add-account-paste");
    await keyboard.press("Enter");

    await workbench.quickMessage.filter({ hasText: "Token secret" }).waitFor();
    assert.equal(
      await workbench.quickField.inputValue(),
      `wrong-${privileged.tokenSecret}`,
      "the paste fills both boxes",
    );
    assert.equal(await workbench.quickField.getAttribute("type"), "password");
    await keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "Spaaza did not accept these credentials" }).waitFor();
    await workbench.screenshot("add-account-refused");

    await workbench.page.keyboard.press("ControlOrMeta+A");
    await keyboard.insertText(privileged.tokenSecret);
    await keyboard.press("Enter");
    await workbench.notification("Shop was added").waitFor();
    await workbench.showTasksView();
    await workbench.treeRow("Export of transactions").first().waitFor();
    await workbench.screenshot("add-account-added");
  });

  it("Back leads through the steps to the first one, each answer kept", async () => {
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("TextReveal");
    await workbench.answer("A name for the account", "News");
    await workbench.quickMessage.filter({ hasText: "Base URL of TextReveal" }).waitFor();
    assert.equal(
      await workbench.quickField.inputValue(),
      "https://api.textreveal.com/v3",
      "the documented address is there",
    );

    await workbench.pressBack();
    await workbench.quickMessage.filter({ hasText: "A name for the account" }).waitFor();
    assert.equal(await workbench.quickField.inputValue(), "News");
    await workbench.pressBack();
    await workbench.focusedQuickRow("TextReveal").waitFor();
    assert.match(await workbench.quickTitle.innerText(), /1\/\d/);
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("a TextReveal account is added with a base URL and a login address of its own, both boxes masked", async () => {
    const { endpoint, loginEndpoint, apiKey } = workbench.sandbox.textReveal;
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("TextReveal");
    await workbench.answer("A name for the account", "News");
    await workbench.answer("Base URL of TextReveal", endpoint);
    await workbench.answer("Address that gives access tokens", loginEndpoint);
    await workbench.choose("API key and secret");
    for (const [prompt, value] of [
      ["API key", apiKey.key],
      ["API secret key", apiKey.secret],
    ] as const) {
      await workbench.typeAnswer(prompt, value);
      assert.equal(await workbench.quickField.getAttribute("type"), "password", `${prompt} is masked`);
      await workbench.page.keyboard.press("Enter");
    }
    await workbench.notification("News was added").waitFor();
    await workbench.waitForAccounts(2);
  });

  it("an address that is no safe base URL is refused as it is typed", async () => {
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("TextReveal");
    await workbench.answer("A name for the account", "Elsewhere");
    await workbench.typeAnswer("Base URL of TextReveal", "http://api.example.com");
    await workbench.quickMessage.filter({ hasText: "https" }).waitFor();
    await workbench.screenshot("add-account-bad-address");
    await workbench.page.keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "https" }).waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("accounts and their secrets are there after the window was loaded again", async () => {
    await workbench.reload();
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
    for (const label of ["Shop", "News"]) {
      await workbench.runCommand("Task Exports: Verify Account");
      await workbench.choose(label);
      await workbench.notification(`${label} works: the service accepts its credentials.`).waitFor();
      await workbench.dismissNotifications();
    }
  });

  it("a removed account is gone after a question that names it", async () => {
    await workbench.openMenu(workbench.treeRow("News"));
    await workbench.chooseFromMenu("Remove Account");
    const dialog = workbench.page.locator(".monaco-dialog-box", { hasText: "Remove the account News?" });
    await dialog.waitFor();
    await workbench.screenshot("remove-account");
    await dialog.getByRole("button", { name: "Remove" }).click();
    await workbench.waitForAccounts(1);
    await workbench.treeRow("Shop").waitFor();
  });

  it("no file and no store of the page holds a secret that was entered", async () => {
    assert.deepEqual(await huntSecrets(workbench), []);
  });

  it("the hunt finds a secret in each form in which it could have been kept", async () => {
    const { tokenSecret } = workbench.sandbox.spaaza.privileged;
    const planted = {
      plain: `{"password":"${tokenSecret}"}`,
      base64: Buffer.from(`id:${tokenSecret}:`).toString("base64"),
      utf16: Buffer.from(tokenSecret, "utf16le"),
      link: "GET /exports/1.csv?sv=2024&sig=abcdefghijklmnopqrstuvwxyz0123456789%3D",
    };
    for (const [name, content] of Object.entries(planted))
      await writeFile(path.join(workbench.workspace, name), content);
    const finds = await huntSecrets(workbench);
    assert.deepEqual(finds.map(({ place }) => path.basename(place)).sort(), Object.keys(planted).sort());
  });
});
