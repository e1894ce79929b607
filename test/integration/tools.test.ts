import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Account, TaskExportsApi } from "../../src/model/contract.ts";
import { activateApi, addSandboxAccount, extensionId, removeAllAccounts, sandbox } from "./support.ts";

interface Answer {
  readonly text: string;
  readonly content: Record<string, unknown>;
}

/** Calls a tool as a language model does. VS Code answers its own confirmation with yes in tests. */
async function invoke(name: string, input: object): Promise<Answer> {
  const { token } = new vscode.CancellationTokenSource();
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
  const text = result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
  return { text, content: JSON.parse(text.slice(text.indexOf("\n") + 1)) as Record<string, unknown> };
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => assert.fail("the tool should have failed"),
    (error: unknown) => String(error),
  );
}

describe("The tools for language models", () => {
  let api: TaskExportsApi;
  let account: Account;

  before(async () => {
    api = await activateApi();
    account = await addSandboxAccount("spaaza");
  });

  after(removeAllAccounts);

  it("are known to VS Code under the names of the manifest", () => {
    const extension = vscode.extensions.getExtension(extensionId);
    const manifest = extension?.packageJSON as { contributes: { languageModelTools: { name: string }[] } };
    const known = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith("taskExports_"));
    const contributed = manifest.contributes.languageModelTools.map(({ name }) => name);
    assert.deepEqual(known.toSorted(), contributed.toSorted());
  });

  it("list tasks, download one, and read and find its rows, without any secret of the account", async () => {
    const { accounts } = await sandbox.session();
    const list = await invoke("taskExports_listTasks", { account: account.label, count: 5 });
    assert.equal((list.content["tasks"] as object[]).length, 5);
    const download = await invoke("taskExports_download", { task: "12346" });
    assert.equal(download.content["fileCount"], 1);
    const page = await invoke("taskExports_readRows", { task: "12346", from: 2, count: 3 });
    const rows = page.content["rows"] as { row: number; cells: string[] }[];
    assert.deepEqual(
      rows.map(({ row }) => row),
      [2, 3, 4],
    );
    const [file] = (await api.download({ taskId: "12346", fileExists: "skip" })).files;
    const same = await api.readRows(file?.uri ?? "", { from: 3, count: 1 });
    assert.deepEqual(rows[1]?.cells, same.rows[0]);
    const text = same.rows[0]?.[0] ?? "";
    const found = await invoke("taskExports_findRows", { task: "12346", text });
    assert.ok((found.content["rows"] as { row: number }[]).some(({ row }) => row === 3));
    const sql = "SELECT count(*) AS n FROM export";
    const query = await invoke("taskExports_queryExport", { task: "12346", sql });
    assert.deepEqual([query.content["columns"], query.content["types"]], [["n"], ["BIGINT"]]);
    assert.deepEqual(query.content["rows"], [{ row: 0, cells: [String(page.content["total"])] }]);
    const profile = await invoke("taskExports_profileExport", { task: "12346" });
    assert.equal(profile.content["rows"], page.content["total"]);
    const values: unknown[] = accounts.flatMap(({ credentials }): unknown[] => Object.values(credentials));
    const secrets = values.filter((value) => typeof value === "string").filter((value) => value.length > 12);
    for (const answer of [list, download, page, found, query, profile]) {
      for (const secret of secrets) assert.ok(!answer.text.includes(secret));
      assert.match(answer.text, /not instructions/);
    }
  });

  it("fail with a sentence and a code", async () => {
    assert.match(
      await failureOf(invoke("taskExports_readRows", { task: "777" })),
      /Download the task first.*fileMissing/,
    );
    assert.match(await failureOf(invoke("taskExports_download", { task: "99999999" })), /taskNotFound/);
    assert.match(
      await failureOf(invoke("taskExports_readRows", { task: "12346", path: "/etc/passwd" })),
      /invalidRequest/,
    );
  });

  it("say where a statement is wrong, and refuse one that reads something else", async () => {
    await invoke("taskExports_download", { task: "12346" });
    const failed = (sql: string): Promise<string> =>
      failureOf(invoke("taskExports_queryExport", { task: "12346", sql }));
    assert.match(await failed("SELECT nothing_here FROM export"), /line 1, character 8 .*\(code: badQuery\)/);
    assert.match(await failed("SELECT * FROM read_csv('/etc/passwd')"), /\(code: (?:queryRefused|badQuery)\)/);
    assert.match(await failed("COPY export TO 'x.csv'"), /\(code: queryRefused\)/);
  });

  it("stop when they are canceled", async () => {
    const source = new vscode.CancellationTokenSource();
    const options = { input: { task: "20256" }, toolInvocationToken: undefined };
    const work = vscode.lm.invokeTool("taskExports_download", options, source.token);
    source.cancel();
    assert.match(await failureOf(Promise.resolve(work)), /Cancel/i);
  });
});
