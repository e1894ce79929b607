import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { DownloadProgress, ExportTask } from "../../src/model/contract.ts";
import { commandArgument } from "../../src/vscode/commandCall.ts";
import type { DownloadedExport } from "../../src/vscode/downloads/downloadHistory.ts";
import type { ListedDownload } from "../../src/vscode/downloads/list/listedDownload.ts";
import { OlderDownloadsNode } from "../../src/vscode/tree/downloads/downloadGroupNode.ts";
import { DownloadNode } from "../../src/vscode/tree/downloads/downloadNode.ts";
import { FileDrag } from "../../src/vscode/tree/fileDrag.ts";
import { AccountNode } from "../../src/vscode/tree/nodes/accountNode.ts";
import { FileNode, type FileStatus } from "../../src/vscode/tree/nodes/fileNode.ts";
import { LoadMoreNode } from "../../src/vscode/tree/nodes/messageNodes.ts";
import { TaskNode, type TaskPresence } from "../../src/vscode/tree/nodes/taskNode.ts";
import type { TreeNode } from "../../src/vscode/tree/nodes/treeNode.ts";
import { type WatchFacts, WatchedEntryNode, WatchedNode } from "../../src/vscode/tree/nodes/watchedNodes.ts";
import type { Watched } from "../../src/vscode/watching/watched.ts";
import { extensionId } from "./support.ts";

const task: ExportTask = {
  id: "12345",
  accountId: "a1",
  description: "Export of users",
  state: "done",
  serviceState: "DONE",
  format: "csv",
};
const idle: TaskPresence = {
  ongoing: undefined,
  isReadable: false,
  downloaded: 0,
  fileCount: undefined,
  showsFiles: false,
  isWatched: false,
  canWatchKind: true,
  canCreate: true,
  canRun: true,
};
const remote: FileStatus = { isPaused: false, isReadable: false };
const record = {
  accountId: "a1",
  taskId: "12345",
  uri: "file:///exports/users.csv",
  index: 1,
  name: "users.csv",
  bytes: 2048,
  sha256: "ab",
  verified: "length" as const,
  at: "2026-11-25T10:00:00Z",
};
const progress: DownloadProgress = {
  file: 1,
  files: 3,
  name: "users.csv",
  phase: "downloading",
  receivedBytes: 50,
  totalBytes: 100,
};

const account = new AccountNode({ id: "a1", service: "spaaza", label: "Shop", endpoint: "https://x" }, "Spaaza", {
  hasError: false,
  canCreate: true,
});
const taskRow = (presence: Partial<TaskPresence> = {}): TaskNode =>
  new TaskNode(task, account, { ...idle, ...presence });
const fileRow = (status: Partial<FileStatus> = {}): FileNode =>
  new FileNode(taskRow(), { index: 1, count: 3 }, "users.csv", { ...remote, ...status });
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

/** Menu entries of a view in the manifest, each with the pattern for the rows that it is offered on. */
function rowMenu(view: "tasks" | "downloads" = "tasks"): { command: string; group: string; patterns: RegExp[] }[] {
  const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON as {
    contributes: { menus: Record<string, { command: string; when: string; group: string }[]> };
  };
  const ofView = ({ when }: { when: string }): boolean => when.startsWith(`view == taskExports.${view} `);
  return (manifest.contributes.menus["view/item/context"] ?? []).filter(ofView).map(({ command, when, group }) => ({
    command,
    group,
    patterns: [...when.matchAll(/viewItem =~ \/(.*?)\/(?= |$)/g)].map(([, pattern = ""]) => new RegExp(pattern)),
  }));
}

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

  it("offer what opens, downloads, copies and keeps an export first, then Refresh, and Delete last", () => {
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
    const next = new Date().toISOString();
    const problem = { code: "offline", sentence: "There is no network." };
    const later = watchedRow(watchedKind, { check: { next, problem } });
    assert.equal(later.label, "New exports of users (CSV)");
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

  it("show Load More Tasks with the number of loaded tasks", () => {
    const more = new LoadMoreNode(account, 50, 180);
    assert.equal(more.label, "Load More Tasks");
    assert.equal(more.description, "50 of 180 loaded");
  });
});

describe("Rows of the Downloads view", () => {
  const listed = (change: Partial<DownloadedExport> = {}): ListedDownload => ({
    record: { ...record, ...change },
    origin: { account: "Shop", description: "Export of users", subject: "users", format: "csv" },
    isOlderCopy: false,
    isOneOfSeveral: false,
  });
  const row = (state: "same" | "changed" | "missing", change: Partial<DownloadedExport> = {}): DownloadNode =>
    new DownloadNode(listed(change), undefined, state, false);
  const offeredOn = ({ contextValue = "" }: TreeNode): string[] =>
    rowMenu("downloads")
      .filter(({ patterns }) => patterns.every((pattern) => pattern.test(contextValue)))
      .map(({ command }) => command.replace("taskExports.", ""));

  it("offer what can be done with a file, and with a missing one only what still can", () => {
    const menu = offeredOn(row("same"));
    for (const command of [
      "openExport",
      "openExportBeside",
      "saveExportAs",
      "revealExport",
      "copyExportPath",
      "verifyExport",
      "downloadAgain",
      "showTask",
      "deleteExport",
    ])
      assert.ok(menu.includes(command), command);
    assert.deepEqual(
      new Set(offeredOn(row("missing"))),
      new Set(["downloadAgain", "showTask", "verifyExport", "deleteExport"]),
    );
    assert.ok(offeredOn(row("same", { name: "users.json" })).includes("formatExport"));
    assert.ok(offeredOn(row("same", { name: "users.csv.gz" })).includes("unpackExport"));
  });

  it("pass the task and the file to every command, and nothing else of the tree item", () => {
    assert.deepEqual(Object.keys(row("same")[commandArgument]), ["accountId", "taskId", "files", "uri"]);
  });

  it("say in words and by icon what became of a file, and give the URI only of one that is there", () => {
    const [same, changed, missing] = [row("same"), row("changed"), row("missing")];
    assert.match(String(same.description), /^users CSV · /);
    assert.match(String(changed.description), /^changed on disk · users CSV/);
    assert.match(String(missing.description), /^moved or deleted · users CSV/);
    assert.match(missing.accessibilityInformation?.label ?? "", /^users\.csv, moved or deleted/);
    assert.deepEqual(
      [same, changed, missing].map(({ iconPath }) => (iconPath as vscode.ThemeIcon).id),
      ["file", "warning", "circle-slash"],
    );
    assert.deepEqual(
      [same, changed, missing].map(({ resourceUri }) => resourceUri?.path),
      ["/exports/users.csv", "/exports/users.csv", undefined],
    );
    assert.equal(same.update("same"), false);
    assert.equal(same.update("missing"), true);
    assert.equal(same.command, undefined);
  });

  it("say in the tooltip task, account, dates, size, checksum, check and path", () => {
    const node = row("same");
    node.resolveTooltip();
    const text = (node.tooltip as vscode.MarkdownString).value.replaceAll(/[\\\u2060]|&nbsp;/g, "");
    for (const part of ["Export of users", "12345", "Shop", "SHA-256", "the announced length", "/exports/users.csv"])
      assert.ok(
        text.replaceAll("&nbsp;", " ").replaceAll(" ", "").includes(part.replaceAll(" ", "")),
        `${part}: ${text}`,
      );
  });

  it("show at most as many below one row as VS Code takes at once, and the others below a row of their own", () => {
    const older = new OlderDownloadsNode(undefined, [listed(), listed()]);
    assert.equal(older.label, "2 older downloads");
    assert.equal(older.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
  });
});

describe("Dragging rows", () => {
  const existing = vscode.Uri.file(vscode.extensions.getExtension(extensionId)?.extensionPath ?? "");
  const there = vscode.Uri.joinPath(existing, "package.json");
  const onDisk = { ...record, uri: there.toString() };
  const dragged = async (rows: readonly TreeNode[], records = [onDisk, record]): Promise<string | undefined> => {
    const data = new vscode.DataTransfer();
    await new FileDrag({ ofTask: () => records }).handleDrag(rows, data);
    return data.get("text/uri-list")?.asString();
  };

  it("gives the URIs of files that are on the disk, once each, and of no others", async () => {
    const download = (each: DownloadedExport): DownloadNode =>
      new DownloadNode(
        { record: each, origin: {}, isOlderCopy: false, isOneOfSeveral: false },
        undefined,
        "same",
        false,
      );
    assert.equal(await dragged([download(onDisk), download(record), download(onDisk)]), there.toString());
    assert.equal(await dragged([download(record)]), undefined);
    assert.equal(await dragged([account]), undefined);
  });

  it("gives the downloaded files of a task for its row, and nothing for a file that was not downloaded", async () => {
    assert.equal(await dragged([taskRow()], [onDisk]), there.toString());
    assert.equal(await dragged([taskRow()], []), undefined);
    assert.equal(await dragged([fileRow()], []), undefined);
  });
});
