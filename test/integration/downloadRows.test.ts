import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandArgument } from "../../src/vscode/commandCall.ts";
import type { DownloadedExport } from "../../src/vscode/downloads/downloadHistory.ts";
import type { ListedDownload } from "../../src/vscode/downloads/list/listedDownload.ts";
import { OlderDownloadsNode } from "../../src/vscode/tree/downloads/downloadGroupNode.ts";
import { DownloadNode } from "../../src/vscode/tree/downloads/downloadNode.ts";
import { FileDrag } from "../../src/vscode/tree/fileDrag.ts";
import type { TreeNode } from "../../src/vscode/tree/nodes/treeNode.ts";
import { account, fileRow, record, rowMenu, taskRow } from "./rows.ts";
import { extensionId } from "./support.ts";

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
    assert.match(
      String(same.description),
      /^.+ · .+ · users CSV$/,
      "the name often says it, and a narrow view cuts off the end",
    );
    assert.match(String(changed.description), /^changed on disk · .+ · users CSV$/);
    assert.match(String(missing.description), /^moved or deleted · .+ · users CSV$/);
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
