import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { TaskExportsApi } from "../../src/model/contract.ts";
import { activateApi, addSandboxAccount, codeOf, removeAllAccounts, requestFor, sandbox } from "./support.ts";

describe("Accounts", () => {
  let api: TaskExportsApi;

  before(async () => {
    api = await activateApi();
  });

  afterEach(removeAllAccounts);

  it("are stored after the service has accepted the credentials, and never contain them", async () => {
    const request = await requestFor("spaaza");
    const account = await api.addAccount(request);
    assert.equal(account.label, request.label);
    assert.equal(account.service, "spaaza");
    assert.deepEqual(await api.listAccounts(), [account]);
    const values = Object.values(request.credentials).filter((value) => value !== request.credentials.kind);
    for (const secret of values) assert.ok(!JSON.stringify(account).includes(String(secret)));
    await api.verifyAccount(account.id);
  });

  it("are not stored when the service refuses the credentials", async () => {
    const request = await requestFor("spaaza");
    const credentials = {
      kind: "privileged",
      tokenId: "5a4db0c5-0000-4000-8000-ffffffffffff",
      tokenSecret: "wrong",
    } as const;
    assert.equal(await codeOf(api.addAccount({ ...request, credentials })), "unauthorized");
    assert.deepEqual(await api.listAccounts(), []);
  });

  it("are stored without a check with verify: false, and fail later", async () => {
    const request = await requestFor("textreveal");
    const account = await api.addAccount({
      ...request,
      credentials: { kind: "accessToken", token: "stale" },
      verify: false,
    });
    assert.equal(await codeOf(api.verifyAccount(account.id)), "unauthorized");
  });

  it("work with each kind of credentials", async () => {
    const spaaza = await requestFor("spaaza");
    const textReveal = await requestFor("textreveal");
    await api.addAccount({
      ...spaaza,
      label: "admin",
      credentials: await sandbox.admin(),
    });
    await api.addAccount({
      ...textReveal,
      label: "token",
      credentials: await sandbox.accessToken(),
    });
    await api.addAccount({ ...textReveal, label: "key" });
    assert.deepEqual(
      (await api.listAccounts()).map(({ label }) => label),
      ["admin", "key", "token"],
    );
  });

  it("can't have an unencrypted base URL on another computer, or a kind of credentials that the service doesn't have", async () => {
    const request = await requestFor("spaaza");
    assert.equal(await codeOf(api.addAccount({ ...request, endpoint: "http://example.com" })), "invalidRequest");
    assert.equal(
      await codeOf(api.addAccount({ ...request, credentials: { kind: "accessToken", token: "x" } })),
      "invalidRequest",
    );
    assert.equal(await codeOf(api.addAccount({ ...request, service: "nobody" })), "invalidRequest");
  });

  it("can be renamed, verified, removed and given other credentials by command", async () => {
    const { id: accountId } = await addSandboxAccount("spaaza");
    await vscode.commands.executeCommand("taskExports.renameAccount", { accountId, label: "Shop" });
    assert.deepEqual(
      (await api.listAccounts()).map(({ label }) => label),
      ["Shop"],
    );
    const verified = await vscode.commands.executeCommand<{ ok: boolean }>("taskExports.verifyAccount", { accountId });
    assert.equal(verified.ok, true);
    await vscode.commands.executeCommand("taskExports.replaceCredentials", {
      accountId,
      credentials: await sandbox.admin(),
    });
    await api.verifyAccount(accountId);
    await vscode.commands.executeCommand("taskExports.removeAccount", { accountId });
    assert.deepEqual(await api.listAccounts(), []);
    assert.equal(await codeOf(api.verifyAccount(accountId)), "noAccount");
  });

  it("keep their credentials if the service refuses the new ones", async () => {
    const { id: accountId } = await addSandboxAccount("spaaza");
    const credentials = { kind: "privileged", tokenId: "none", tokenSecret: "wrong" };
    const replacing = vscode.commands.executeCommand("taskExports.replaceCredentials", { accountId, credentials });
    await assert.rejects(Promise.resolve(replacing));
    await api.verifyAccount(accountId);
  });

  it("return ok: false and the reason if a command verifies them and they are refused", async () => {
    const request = await requestFor("textreveal");
    const account = await api.addAccount({
      ...request,
      credentials: { kind: "accessToken", token: "stale" },
      verify: false,
    });
    const answer = await vscode.commands.executeCommand<{ ok: boolean; message: string }>("taskExports.verifyAccount", {
      accountId: account.id,
    });
    assert.equal(answer.ok, false);
    assert.ok(answer.message.length > 0);
  });
});
