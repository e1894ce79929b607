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

  it("without accounts, the Tasks view says what it is for and offers to add an account", async () => {
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
    assert.equal(await workbench.page.locator(".notification-toast").count(), 0, "Escape is not a failure");
  });

  it("the walkthrough that the welcome text links to has six steps", async () => {
    await workbench.page.locator(".welcome-view-content").getByText("walkthrough").click();
    const steps = workbench.page.locator(".getting-started-step");
    await steps.nth(5).waitFor();
    await workbench.screenshot("walkthrough");
    assert.deepEqual(await steps.locator(".step-title").allInnerTexts(), [
      "Add an account",
      "Find your task",
      "Download its export",
      "Open it beside your code",
      "Explore the table",
      "Wait for the next one",
    ]);
    await workbench.closeEditors();
  });

  it("pressing only Enter selects a service, its name, its documented URL, and a sign-in method", async () => {
    const { keyboard } = workbench.page;
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.focusedQuickRow("Spaaza").waitFor();
    await keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "Account name" }).waitFor();
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("https://services-prod.spaaza.com").waitFor();
    await workbench.screenshot("add-account-base-url");
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("Privileged token").waitFor();
    await workbench.screenshot("add-account-sign-in-method");
    await keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "Token ID" }).waitFor();
    await keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "Enter a value for Token ID." }).waitFor();

    await workbench.pressBack();
    await workbench.focusedQuickRow("Privileged token").waitFor();
    await workbench.pressBack();
    await workbench.focusedQuickRow("https://services-prod.spaaza.com").waitFor();
    await workbench.choose("Another URL…");
    await workbench.quickMessage.filter({ hasText: "Base URL of Spaaza" }).waitFor();
    assert.equal(await workbench.quickField.inputValue(), "", "the text that found the row is no URL");
    await workbench.typeAnswer("Base URL of Spaaza", "http://api.example.com");
    await workbench.quickMessage.filter({ hasText: "https" }).waitFor();
    await workbench.typeAnswer("https", "https://api.example.com");
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("Privileged token").waitFor();
    await workbench.pressBack();
    await workbench.quickMessage.filter({ hasText: "Base URL of Spaaza" }).waitFor();
    assert.equal(await workbench.quickField.inputValue(), "https://api.example.com");
    await workbench.pressBack();
    await workbench.focusedQuickRow("Another URL…").waitFor();
    await keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
    assert.equal(await workbench.page.locator(".notification-toast").count(), 0, "Escape is not a failure");
  });

  it("a base URL that is typed into the list of URLs is filled into the input box", async () => {
    const { keyboard } = workbench.page;
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("Spaaza");
    await workbench.answer("Account name", "Shop");
    await workbench.quickRow("https://services-prod.spaaza.com").waitFor();
    await keyboard.insertText("https://api.example.com");
    await workbench.focusedQuickRow("Another URL…").waitFor();
    await keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "Base URL of Spaaza" }).waitFor();
    assert.equal(await workbench.quickField.inputValue(), "https://api.example.com");
    await keyboard.press("Enter");
    await workbench.focusedQuickRow("Privileged token").waitFor();
    await keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("a token ID that can't be sent is rejected in its input box", async () => {
    const { keyboard } = workbench.page;
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("Spaaza");
    await workbench.answer("Account name", "Shop");
    await workbench.choose("https://services-prod.spaaza.com");
    await workbench.choose("Privileged token");
    await workbench.answer("Token ID", "5a4d b0c5");
    await workbench.quickMessage.filter({ hasText: "Token ID contains spaces" }).waitFor();
    await keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("a Spaaza account is added with only the keyboard, and a wrong secret is rejected in its input box and can be corrected", async () => {
    const { endpoint, privileged } = workbench.sandbox.spaaza;
    const { keyboard } = workbench.page;
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("Spaaza");
    await workbench.answer("Account name", "Shop");
    await workbench.choose("Another URL…");
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
    await workbench.quickMessage.filter({ hasText: "Spaaza rejected these credentials" }).waitFor();
    await workbench.screenshot("add-account-refused");

    await workbench.page.keyboard.press("ControlOrMeta+A");
    await keyboard.insertText(privileged.tokenSecret);
    await keyboard.press("Enter");
    await workbench.notification("Account Shop added.").waitFor();
    await workbench.selectedTreeRow("Shop").waitFor();
    await workbench.treeRow("Export of transactions").first().waitFor();
    await workbench.screenshot("add-account-added");
  });

  it("Back goes through the steps to the first one and keeps each answer", async () => {
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("TextReveal");
    await workbench.answer("Account name", "News");
    await workbench.quickMessage.filter({ hasText: "Base URL of TextReveal" }).waitFor();
    assert.equal(
      await workbench.quickField.inputValue(),
      "https://api.textreveal.com/v3",
      "the documented URL is filled in",
    );

    await workbench.pressBack();
    await workbench.quickMessage.filter({ hasText: "Account name" }).waitFor();
    assert.equal(await workbench.quickField.inputValue(), "News");
    await workbench.pressBack();
    await workbench.focusedQuickRow("TextReveal").waitFor();
    assert.match(await workbench.quickTitle.innerText(), /1\/\d/);
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("a TextReveal account with an access token is not asked for a token URL", async () => {
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("TextReveal");
    await workbench.answer("Account name", "News");
    await workbench.answer("Base URL of TextReveal", workbench.sandbox.textReveal.endpoint);
    await workbench.choose("Access token");
    await workbench.quickMessage.filter({ hasText: "Access token" }).waitFor();
    assert.match(await workbench.quickTitle.innerText(), /5\/5/);
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("a TextReveal account is added with its own base URL and token URL, and both secrets are masked", async () => {
    const { endpoint, loginEndpoint, apiKey } = workbench.sandbox.textReveal;
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("TextReveal");
    await workbench.answer("Account name", "News");
    await workbench.answer("Base URL of TextReveal", endpoint);
    await workbench.choose("API key and secret");
    await workbench.answer("Token URL", loginEndpoint);
    for (const [prompt, value] of [
      ["API key", apiKey.key],
      ["API secret key", apiKey.secret],
    ] as const) {
      await workbench.typeAnswer(prompt, value);
      assert.equal(await workbench.quickField.getAttribute("type"), "password", `${prompt} is masked`);
      await workbench.page.keyboard.press("Enter");
    }
    await workbench.notification("Account News added.").waitFor();
    await workbench.selectedTreeRow("News").waitFor();
    await workbench.waitForAccounts(2);
  });

  it("a base URL that isn't safe is rejected while it is typed", async () => {
    await workbench.runCommand("Task Exports: Add Account…");
    await workbench.choose("TextReveal");
    await workbench.answer("Account name", "Elsewhere");
    await workbench.typeAnswer("Base URL of TextReveal", "http://api.example.com");
    await workbench.quickMessage.filter({ hasText: "https" }).waitFor();
    await workbench.screenshot("add-account-bad-address");
    await workbench.page.keyboard.press("Enter");
    await workbench.quickMessage.filter({ hasText: "https" }).waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.quickInput.waitFor({ state: "hidden" });
  });

  it("accounts and their secrets are kept when the window reloads", async () => {
    await workbench.reload();
    await workbench.showTasksView();
    await workbench.waitForAccounts(2);
    for (const label of ["Shop", "News"]) {
      await workbench.runCommand("Task Exports: Verify Account");
      await workbench.choose(label);
      await workbench.notification(`The credentials of ${label} are valid.`).waitFor();
      await workbench.dismissNotifications();
    }
  });

  it("removing an account asks for confirmation and names the account", async () => {
    await workbench.openMenu(workbench.treeRow("News"));
    await workbench.chooseFromMenu("Remove Account");
    const dialog = workbench.page.locator(".monaco-dialog-box", { hasText: "Remove account News?" });
    await dialog.waitFor();
    await workbench.screenshot("remove-account");
    await dialog.getByRole("button", { name: "Remove" }).click();
    await workbench.waitForAccounts(1);
    await workbench.treeRow("Shop").waitFor();
  });

  it("no file and no storage of the page contains a secret that was entered", async () => {
    assert.deepEqual(await huntSecrets(workbench), []);
  });

  it("the search for secrets finds each form in which one could have been saved", async () => {
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
