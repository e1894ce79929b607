import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as vscode from "vscode";
import type { Account, ExportTask } from "../../src/model/contract.ts";
import {
  activateApi,
  addSandboxAccount,
  removeAllAccounts,
  sandbox,
  sha256OfUri,
  textrevealTask,
  until,
} from "./support.ts";

const copy = `require("node:fs").copyFileSync("out/orders.csv", "out/copy.csv")`;

const builds = [
  { label: "orders", task: 12_345, target: "out/orders.csv" },
  { label: "newest of any account", newest: { subject: "users", format: "csv" }, target: "out/users.csv" },
  { label: "second part", task: textrevealTask("3"), file: 1, target: "out/part.csv" },
  { label: "all parts", task: textrevealTask("3"), target: "out/parts.csv" },
  { label: "zipped", task: 12_364, target: "out/zipped.csv" },
  { label: "missing", task: 99_999_999, target: "out/new/missing.csv" },
  { label: "outside", task: 12_345, target: "../outside.csv" },
  { label: "large", task: 20_256, target: "out/large.csv" },
];

describe("Tasks of the type taskExports", () => {
  let workspace: string;
  let spaaza: Account;

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    workspace = folder.uri.fsPath;
    spaaza = await addSandboxAccount("spaaza");
    await addSandboxAccount("textreveal");
    await mkdir(path.join(workspace, ".vscode"), { recursive: true });
    const node = { type: "process", command: process.execPath, args: ["-e", copy], options: { cwd: workspace } };
    const ofOneAccount = { ...builds[1], label: "newest of one account", account: spaaza.label };
    const env = { ELECTRON_RUN_AS_NODE: "1" };
    const tasks = [
      ...[...builds, ofOneAccount].map((build) => ({ type: "taskExports", problemMatcher: [], ...build })),
      { label: "copy", ...node, options: { cwd: workspace, env }, dependsOn: "orders", problemMatcher: [] },
    ];
    await writeFile(path.join(workspace, ".vscode", "tasks.json"), JSON.stringify({ version: "2.0.0", tasks }));
    await until(async () => (await vscode.tasks.fetchTasks()).some(({ name }) => name === "copy"));
  });

  after(async () => {
    await removeAllAccounts();
    await rm(path.join(workspace, ".vscode", "tasks.json"));
    await rm(path.join(workspace, "out"), { recursive: true, force: true });
  });

  /** Runs a task of `tasks.json`. @returns its exit code */
  async function run(label: string, started: (execution: vscode.TaskExecution) => unknown = () => undefined) {
    const task = (await vscode.tasks.fetchTasks()).find(({ name }) => name === label);
    assert.ok(task, label);
    const ended = new Promise<number | undefined>((resolve) => {
      const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== label) return;
        listening.dispose();
        resolve(exitCode);
      });
    });
    const execution = await vscode.tasks.executeTask(task);
    await started(execution);
    return ended;
  }

  async function hashOf(name: string): Promise<string> {
    return sha256OfUri(pathToFileURL(path.join(workspace, "out", name)).href);
  }

  async function filesInOut(): Promise<string[]> {
    return (await readdir(path.join(workspace, "out"))).toSorted();
  }

  it("run before a task that depends on them, which finds the complete file", async () => {
    assert.equal(await run("copy"), 0);
    const [expected] = await sandbox.expectedFiles("12345");
    assert.equal(await hashOf("copy.csv"), expected?.sha256);
    assert.deepEqual(await filesInOut(), ["copy.csv", "orders.csv"]);
  });

  it("replace the file of the last run", async () => {
    await writeFile(path.join(workspace, "out", "orders.csv"), "old");
    assert.equal(await run("orders"), 0);
    const [expected] = await sandbox.expectedFiles("12345");
    assert.equal(await hashOf("orders.csv"), expected?.sha256);
    assert.deepEqual(await filesInOut(), ["copy.csv", "orders.csv"]);
  });

  it("download the newest export of a kind, if it is clear whose", async () => {
    const api = await activateApi();
    const tasks: ExportTask[] = [];
    for (let page = await api.listTasks(spaaza.id, { pageSize: 100 }); ;) {
      tasks.push(...page.tasks);
      if (page.next === undefined) break;
      page = await api.listTasks(spaaza.id, { pageSize: 100, cursor: page.next });
    }
    const ofKind = tasks.filter(
      ({ state, subject, format }) => state === "done" && subject === "users" && format === "csv",
    );
    const dates = ofKind.map(({ completedAt = "" }) => completedAt).toSorted();
    assert.equal(await run("newest of one account"), 0);
    const newest = ofKind.find(({ completedAt }) => completedAt === dates.at(-1));
    const [expected] = await sandbox.expectedFiles(newest?.id ?? "");
    assert.equal(await hashOf("users.csv"), expected?.sha256);
    assert.equal(await run("newest of any account"), 1);
  });

  it("download one of several files, and fail if it isn't said which", async () => {
    assert.equal(await run("second part"), 0);
    const expected = await sandbox.expectedFiles(textrevealTask("3"));
    assert.equal(await hashOf("part.csv"), expected[1]?.sha256);
    assert.equal(await run("all parts"), 1);
    assert.ok(!(await filesInOut()).includes("parts.csv"));
  });

  it("end with exit code 1 and keep nothing if the task is missing, or the target is outside", async () => {
    assert.equal(await run("missing"), 1);
    assert.equal(await run("outside"), 1);
    assert.ok(!(await filesInOut()).includes("new"));
    assert.ok(!(await readdir(path.dirname(workspace))).includes("outside.csv"));
  });

  it("fail if the name of the target doesn't fit the content", async () => {
    assert.equal(await run("zipped"), 1);
    assert.ok(!(await filesInOut()).includes("zipped.csv"));
  });

  it("keep nothing if they are terminated", async () => {
    const before = await filesInOut();
    const exitCode = await run("large", async (execution) => {
      await until(async () => (await filesInOut()).length > before.length);
      execution.terminate();
    });
    assert.notEqual(exitCode, 0);
    await until(async () => (await filesInOut()).join() === before.join());
    assert.match(await readFile(path.join(workspace, "notes.txt"), "utf8"), /workspace/);
  });
});
