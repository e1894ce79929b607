import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { DownloadProgress } from "../../src/model/contract.ts";
import { CommandCall, commandArgument } from "../../src/vscode/commandCall.ts";
import { AccountNode } from "../../src/vscode/tree/nodes/accountNode.ts";
import { noMatchesNodes, noTasksNodes } from "../../src/vscode/tree/nodes/emptyNodes.ts";
import { LoadMoreNode } from "../../src/vscode/tree/nodes/messageNodes.ts";
import { stateIcons, TaskNode, type TaskPresence } from "../../src/vscode/tree/nodes/taskNode.ts";
import type { TreeNode } from "../../src/vscode/tree/nodes/treeNode.ts";
import { type WatchFacts, WatchedEntryNode, WatchedNode } from "../../src/vscode/tree/nodes/watchedNodes.ts";
import type { Watched } from "../../src/vscode/watching/watched.ts";
import { account, fileRow, idle, record, remote, rowMenu, task, taskRow } from "./rows.ts";

const progress: DownloadProgress = {
  file: 1,
  files: 3,
  name: "users.csv",
  phase: "downloading",
  receivedBytes: 50,
  totalBytes: 100,
};

const watchedSince = { accountId: "a1", since: "2026-11-25T10:00:00Z", options: {} };
const watchedTask = { ...watchedSince, taskId: "12345", label: "Export of users", state: "running" } as const;
const watchedKind = { ...watchedSince, label: "users (CSV)", kind: { subject: "users", format: "csv" } } as const;
const watchedRow = (entry: Watched, facts: Partial<WatchFacts> = {}): WatchedEntryNode =>
  new WatchedEntryNode(entry, new WatchedNode(), { check: {}, isDownloading: false, accountLabel: "Shop", ...facts });
const ongoing = (state: "running" | "paused") => ({
  accountId: "a1",
  taskId: "12345",
  state,
  error: undefined,
  progress: new Map([[1, progress]]),
});

describe("Rows of the Tasks view", () => {
  const rows: TreeNode[] = [
    account,
    taskRow(),
    taskRow({ ongoing: ongoing("running"), isReadable: true }),
    taskRow({ ongoing: ongoing("paused") }),
    taskRow({ ongoing: ongoing("paused"), isReadable: true }),
    taskRow({ downloaded: 1, fileCount: 1 }),
    taskRow({ downloaded: 2, fileCount: 3 }),
    fileRow(),
    fileRow({ downloaded: record }),
    fileRow({ downloaded: { ...record, name: "users.json" } }),
    fileRow({ downloaded: { ...record, name: "users.csv.gz" } }),
    fileRow({ progress, isReadable: true }),
    new TaskNode({ ...task, state: "running" }, account, idle),
    new TaskNode({ ...task, state: "running" }, account, { ...idle, isWatched: true }),
    watchedRow(watchedTask),
    watchedRow(watchedKind),
    new LoadMoreNode(account, 50, 180),
  ];

  it("pass the fields of a request to the commands in their menus, and nothing else of the tree item", () => {
    const fields = new Set(["accountId", "taskId", "files", "uri", "kind"]);
    for (const { command, patterns } of rowMenu()) {
      assert.ok(patterns.length > 0, command);
      const offered = rows.filter(({ contextValue = "" }) => patterns.every((pattern) => pattern.test(contextValue)));
      assert.ok(offered.length > 0, `${command} is offered on some row: ${patterns.join()}`);
      for (const row of offered) {
        const argument = row[commandArgument];
        assert.deepEqual(
          Object.keys(argument).filter((name) => !fields.has(name)),
          [],
          command,
        );
        assert.equal(argument.accountId, "a1", command);
      }
    }
  });

  /** What a row offers, as icons or in its menu. */
  const offeredOn = ({ contextValue = "" }: TreeNode, place: "inline" | "menu"): string[] =>
    rowMenu()
      .filter(({ group }) => group.startsWith("inline") === (place === "inline"))
      .filter(({ patterns }) => patterns.every((pattern) => pattern.test(contextValue)))
      .map(({ command }) => command.replace("taskExports.", ""));

  it("have at most two icons, which leave room for the percentage", () => {
    for (const row of rows) assert.ok(offeredOn(row, "inline").length <= 2, row.contextValue);
    const running = taskRow({ ongoing: ongoing("running"), isReadable: true });
    assert.deepEqual(offeredOn(running, "inline").toSorted(), ["openExport", "pauseDownload"]);
  });

  it("offer to cancel a running download, and to discard a paused one", () => {
    const running = offeredOn(taskRow({ ongoing: ongoing("running") }), "menu");
    assert.ok(running.includes("cancelDownload") && !running.includes("discardDownload"));
    const paused = taskRow({ ongoing: ongoing("paused"), isReadable: true });
    assert.deepEqual(offeredOn(paused, "inline").toSorted(), ["discardDownload", "resumeDownload"]);
    assert.ok(offeredOn(paused, "menu").includes("discardDownload"));
    assert.equal(offeredOn(paused, "menu").includes("cancelDownload"), false);
  });

  it("offer to save, reveal and delete the files of a task on the task itself", () => {
    const commands = ["saveExportAs", "revealExport", "deleteExport"];
    const offered = (row: TreeNode): string[] => commands.filter((command) => offeredOn(row, "menu").includes(command));
    assert.deepEqual(offered(taskRow()), []);
    assert.deepEqual(offered(taskRow({ downloaded: 1, fileCount: 1 })), commands);
    assert.deepEqual(offered(taskRow({ downloaded: 2, fileCount: 3 })), commands);
    assert.deepEqual(offered(fileRow({ downloaded: record })), commands);
  });

  it("offer to create tasks and to run them only if their service can", () => {
    const other = { id: "a2", service: "third", label: "Other", endpoint: "https://x" };
    const cannot = new AccountNode(other, "Third", { hasError: false, canCreate: false });
    assert.deepEqual(offeredOn(account, "inline"), ["createExport", "refresh"]);
    assert.deepEqual(offeredOn(cannot, "inline"), ["refresh"]);
    const offered = (facts: Partial<TaskPresence>): string[] =>
      offeredOn(taskRow(facts), "menu").filter((command) => ["createSimilar", "runTask"].includes(command));
    assert.deepEqual(offered({}).toSorted(), ["createSimilar", "runTask"]);
    assert.deepEqual(offered({ canRun: false }), ["createSimilar"]);
    assert.deepEqual(offered({ canCreate: false }), ["runTask"]);
  });

  it("offer what opens, downloads, copies and keeps an export first, then what makes a new one, and Delete last", () => {
    const menu = rowMenu().filter(({ patterns }) => {
      const { contextValue = "" } = taskRow({ downloaded: 1, fileCount: 1 });
      return patterns.every((pattern) => pattern.test(contextValue));
    });
    const groups = menu.map(({ group }) => group).filter((group) => !group.startsWith("inline"));
    const kinds = new Set(groups.toSorted().map((group) => group.replace(/^\d_|@\d+$/g, "")));
    assert.deepEqual([...kinds], ["open", "download", "link", "file", "tasks", "delete"]);
  });

  it("say the status in their tooltip as the lists of statuses do", () => {
    const row = taskRow();
    row.resolveTooltip();
    assert.ok(row.tooltip instanceof vscode.MarkdownString);
    assert.match(row.tooltip.value, /Done/);
  });

  it("pass the file to the commands that open, save or delete it", () => {
    const argument = fileRow({ downloaded: record })[commandArgument];
    assert.equal(argument.uri?.toString(), record.uri);
    assert.deepEqual(argument.files, [1]);
    assert.equal("uri" in fileRow()[commandArgument], false);
  });

  it("show the task's ID first, shortened if it is a UUID, unless it is the label already", () => {
    assert.equal(taskRow().description, "12345 · CSV");
    const uuid = new TaskNode({ ...task, id: "00000000-0000-4000-8000-000000000003" }, account, idle);
    assert.equal(uuid.description, "00000000…0003 · CSV");
    const unnamed = new TaskNode({ ...task, description: "" }, account, idle);
    assert.equal(unnamed.label, "Task 12345");
    assert.doesNotMatch(String(unnamed.description), /12345/);
  });

  it("show the percentage of a running download only once, and the download's status instead of the task's", () => {
    const { label, description, accessibilityInformation } = taskRow({ ongoing: ongoing("running") });
    assert.equal(label, "Export of users");
    assert.equal(String(description).match(/50%/g)?.length, 1);
    const spoken = accessibilityInformation?.label ?? "";
    assert.match(spoken, /downloading/);
    assert.doesNotMatch(spoken, /\bdone\b/);
  });

  it("show how many files a task has, and how many of them are downloaded", () => {
    assert.match(String(taskRow({ fileCount: 3 }).description), /^12345 · 3 files ·/);
    assert.match(String(taskRow({ fileCount: 3, downloaded: 2 }).description), /^12345 · 2 of 3 files downloaded/);
    assert.match(String(taskRow({ fileCount: 3, downloaded: 3 }).description), /^12345 · 3 files downloaded/);
    assert.match(String(taskRow({ fileCount: 1, downloaded: 1 }).description), /^12345 · downloaded/);
  });

  it("show each file of a task with its own state", () => {
    assert.equal(fileRow().description, "not downloaded");
    assert.match(String(fileRow({ progress }).description), /^50%/);
    assert.match(String(fileRow({ progress, isPaused: true }).description), /^paused · 50%/);
    assert.match(String(fileRow({ downloaded: record }).description), /^2 kB/);
    assert.equal(
      fileRow({ progress: { ...progress, phase: "done" }, downloaded: record }).contextValue,
      "file downloaded other",
    );
  });

  it("show no percentage for a task if the rows of its files show theirs", () => {
    const row = taskRow({ ongoing: ongoing("running"), showsFiles: true });
    assert.equal(row.description, "12345 · downloading");
    const { outline } = row;
    const later = new Map([[1, { ...progress, receivedBytes: 75 }]]);
    row.show(task, { ...idle, ongoing: { ...ongoing("running"), progress: later }, showsFiles: true });
    assert.equal(row.outline, outline, "nothing but the progress has changed");
    row.show(task, { ...idle, ongoing: ongoing("paused"), showsFiles: true });
    assert.equal(row.description, "12345 · download paused");
    assert.notEqual(row.outline, outline);
  });

  it("update the same row when its file is downloaded or deleted", () => {
    const row = fileRow({ progress });
    row.update({ ...remote, downloaded: record });
    assert.match(String(row.description), /^2 kB/);
    assert.equal(row.command?.command, "taskExports.openExport");
    assert.equal(row[commandArgument].uri?.toString(), record.uri);
    row.update(remote);
    assert.equal(row.description, "not downloaded");
    assert.equal(row.command, undefined);
    assert.equal(row.resourceUri, undefined);
    assert.equal("uri" in row[commandArgument], false);
    assert.equal(row.update({ ...remote }), false, "nothing has changed, so nothing is painted");
  });

  it("say in words how a watched task or kind is, when it is checked next, and what went wrong last", () => {
    assert.equal(watchedRow(watchedTask).description, "running · checked every few seconds");
    assert.equal(watchedRow(watchedTask, { isDownloading: true }).description, "downloading");
    assert.deepEqual(watchedRow(watchedTask).iconPath, stateIcons.running, "the icon says it where words are cut off");
    const next = new Date().toISOString();
    const problem = { code: "offline", sentence: "There is no network." };
    const later = watchedRow(watchedKind, { check: { next, problem } });
    assert.equal(later.label, "users (CSV)", "a narrow view has room for few words");
    assert.match(String(later.description), /^waiting for a new export · next check at .+ · There is no network\.$/);
    assert.match(later.accessibilityInformation?.label ?? "", /^New exports of users \(CSV\), waiting .+ no network/);
  });

  it("offer to stop watching on what is watched, and to watch only what isn't finished", () => {
    const menu = (row: TreeNode): string[] => offeredOn(row, "menu").filter((command) => command.includes("atch"));
    assert.deepEqual(menu(taskRow()), ["watchKind"]);
    assert.deepEqual(menu(taskRow({ canWatchKind: false })), []);
    const running = { ...task, state: "running" } as const;
    assert.deepEqual(menu(new TaskNode(running, account, idle)), ["watchTask", "watchKind"]);
    const watched = new TaskNode(running, account, { ...idle, isWatched: true });
    assert.deepEqual(menu(watched), ["unwatchTask", "watchKind"]);
    assert.match(String(watched.description), /watched/);
    for (const row of [watched, watchedRow(watchedTask), watchedRow(watchedKind)]) {
      assert.deepEqual(offeredOn(row, "inline"), ["unwatchTask"]);
    }
  });

  it("offer the next step where there are no tasks, or none that pass the filter", () => {
    const labels = (rows: readonly TreeNode[]): unknown[] => rows.map(({ label }) => label);
    assert.deepEqual(labels(noTasksNodes(account, true)), ["No export tasks yet", "Create Export Task…", "Refresh"]);
    assert.deepEqual(labels(noTasksNodes(account, false)), ["No export tasks yet", "Refresh"]);
    const [note, clear] = noMatchesNodes(account, 50);
    assert.equal(note?.label, "No matches in 50 loaded tasks");
    assert.deepEqual([clear?.label, clear?.command?.command], ["Clear Filter", "taskExports.clearFilter"]);
    assert.equal(clear?.accessibilityInformation?.label, "Clear Filter");
    const [, create] = noTasksNodes(account, true);
    const call: unknown = create?.command?.arguments?.[0];
    assert.ok(call instanceof CommandCall);
    assert.deepEqual([call.caller, call.argument], ["person", { accountId: "a1" }]);
  });

  it("show Load More Tasks with the number of loaded tasks", () => {
    const more = new LoadMoreNode(account, 50, 180);
    assert.equal(more.label, "Load More Tasks");
    assert.equal(more.description, "50 of 180 loaded");
  });
});
