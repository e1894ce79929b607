import assert from "node:assert/strict";
import type { DownloadGroup } from "../../src/vscode/downloads/list/arrangeDownloads.ts";
import type { ListedDownload } from "../../src/vscode/downloads/list/listedDownload.ts";
import { DownloadGroupNode, OlderDownloadsNode } from "../../src/vscode/tree/downloads/downloadGroupNode.ts";
import { DownloadNode } from "../../src/vscode/tree/downloads/downloadNode.ts";
import { AccountNode } from "../../src/vscode/tree/nodes/accountNode.ts";
import { GroupNode } from "../../src/vscode/tree/nodes/groupNode.ts";
import { failureNodes, LoadMoreNode, NoteNode } from "../../src/vscode/tree/nodes/messageNodes.ts";
import { TaskNode } from "../../src/vscode/tree/nodes/taskNode.ts";
import type { TreeNode } from "../../src/vscode/tree/nodes/treeNode.ts";
import { WatchedEntryNode, WatchedNode } from "../../src/vscode/tree/nodes/watchedNodes.ts";
import { account, fileRow, idle, record, task, taskRow } from "./rows.ts";

const spoken = (row: TreeNode | undefined): string => row?.accessibilityInformation?.label ?? "";

describe("What screen readers say of rows", () => {
  const listed: ListedDownload = {
    record,
    origin: { account: "Shop", description: "Export of users", subject: "users", format: "csv" },
    isOlderCopy: false,
    isOneOfSeveral: false,
  };

  it("is the name and the state of an account, a task and a file", () => {
    const failed = { hasError: true, canCreate: false };
    const shop = { id: "a2", service: "spaaza", label: "Shop", endpoint: "https://x" };
    assert.equal(spoken(account), "Account Shop, Spaaza");
    assert.equal(spoken(new AccountNode(shop, "Spaaza", failed)), "Account Shop, Spaaza, the last refresh failed");
    for (const state of ["waiting", "running", "done", "failed"] as const) {
      assert.match(spoken(new TaskNode({ ...task, state }, account, idle)), new RegExp(`^Export of users, ${state},`));
    }
    assert.match(spoken(taskRow({ isWatched: true })), /watched/);
    assert.equal(spoken(fileRow()), "file 2 of 3, users.csv, not downloaded");
    assert.match(spoken(fileRow({ downloaded: record })), /users\.csv, downloaded, 2 kB$/);
    assert.match(spoken(fileRow({ downloaded: record, onDisk: "changed" })), /users\.csv, changed on disk$/);
    assert.match(spoken(fileRow({ downloaded: record, onDisk: "missing" })), /users\.csv, moved or deleted$/);
  });

  it("is what is watched, and how it is", () => {
    const watched = new WatchedNode();
    watched.count(1);
    assert.equal(spoken(watched), "Watched, 1 entry");
    watched.count(2);
    assert.equal(spoken(watched), "Watched, 2 entries");
    const entry = {
      accountId: "a1",
      since: "2026-11-25T10:00:00Z",
      options: {},
      taskId: "12345",
      label: "Export of users",
      state: "running",
    } as const;
    const facts = { check: {}, isDownloading: false, accountLabel: "Shop" };
    assert.match(spoken(new WatchedEntryNode(entry, watched, facts)), /^Export of users, running · checked /);
  });

  it("is the text of a note, a failure, its remedies, and what is left to load", () => {
    assert.equal(spoken(new NoteNode(account, "No export tasks")), "No export tasks");
    const rows = failureNodes(account, new Error("broken"), {});
    assert.match(spoken(rows[0]), /^Error: /);
    assert.equal(spoken(rows.at(-1)), "Show Log");
    assert.equal(spoken(new LoadMoreNode(account, 50, 180)), "Load More Tasks, 50 of 180 loaded");
    const group = new GroupNode(account, "status", { key: "done", tasks: [task, task] });
    assert.equal(spoken(group), "Done, 2 tasks");
  });

  it("is the name and the state of a download, a group of them, and those that are not shown", () => {
    const [changed, missing] = (["changed", "missing"] as const).map(
      (state) => new DownloadNode(listed, undefined, state, false),
    );
    assert.match(spoken(changed), /^users\.csv, changed on disk · .+ · users CSV$/);
    assert.match(spoken(missing), /^users\.csv, moved or deleted · .+ · users CSV$/);
    const group: DownloadGroup = { key: "a1/users/csv", downloads: [listed], bytes: 2048 };
    assert.equal(spoken(new DownloadGroupNode("kind", group)), "users CSV, Shop · 1 file · 2 kB");
    assert.equal(spoken(new OlderDownloadsNode(undefined, [listed, listed])), "2 older downloads");
  });
});
