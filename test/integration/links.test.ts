import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Account } from "../../src/model/contract.ts";
import { addSandboxAccount, closeAllEditors, extensionId, removeAllAccounts, sandbox, until } from "./support.ts";

/** VS Code shows no dialogs to tests, so only the person's answer is replaced. */
function answerDialogs(button: string | undefined): { texts: string[]; dispose(): void } {
  const shown = vscode.window.showWarningMessage;
  const texts: string[] = [];
  const answer = (question: string, options: vscode.MessageOptions): Promise<string | undefined> => {
    texts.push(`${question}\n${options.detail ?? ""}`);
    return Promise.resolve(button);
  };
  vscode.window.showWarningMessage = answer;
  return { texts, dispose: () => (vscode.window.showWarningMessage = shown) };
}

function tabNames(): string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
}

describe("Links to tasks", () => {
  let account: Account;

  before(async () => {
    account = await addSandboxAccount("spaaza");
  });

  after(removeAllAccounts);
  afterEach(closeAllEditors);

  async function copiedLink(taskId: string): Promise<string> {
    const link = await vscode.commands.executeCommand<string>("taskExports.copyLink", {
      accountId: account.id,
      taskId,
    });
    assert.equal(await vscode.env.clipboard.readText(), link);
    return link;
  }

  it("are copied with the scheme of this VS Code, and contain the account's name and no ID or secret of it", async () => {
    const link = vscode.Uri.parse(await copiedLink("12346"), true);
    assert.equal(link.scheme, vscode.env.uriScheme);
    assert.equal(link.authority, extensionId);
    assert.equal(link.query, `account=spaaza:${account.label}&task=12346`);
  });

  /** Opens a link as VS Code does when it is selected anywhere. */
  async function open(taskId: string, answer: string | undefined): Promise<string> {
    const dialogs = answerDialogs(answer);
    try {
      await vscode.commands.executeCommand("vscode.open", vscode.Uri.parse(await copiedLink(taskId), true));
      await until(() => dialogs.texts.length > 0);
    } finally {
      dialogs.dispose();
    }
    assert.equal(dialogs.texts.length, 1);
    return dialogs.texts[0] ?? "";
  }

  it("download the task through VS Code's own way of opening links, after a person agreed", async () => {
    const asked = await open("12346", "Download");
    assert.match(asked, /task 12346/);
    assert.ok(asked.includes(account.label));
    await until(() => tabNames().some((name) => name.startsWith("User_Export-12346")));
  });

  it("request nothing if the person doesn't agree", async () => {
    await open("12351", undefined);
    // When the next one has been downloaded, this one would have been requested, too.
    await open("12349", "Download");
    await until(() => tabNames().some((name) => name.includes("12349")));
    const paths = (await sandbox.spaazaRequests()).map(({ path }) => path);
    assert.ok(paths.some((each) => each.includes("12349")));
    assert.deepEqual(
      paths.filter((each) => each.includes("12351")),
      [],
    );
  });
});
