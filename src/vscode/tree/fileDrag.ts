import * as vscode from "vscode";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import { downloadedFiles } from "../parts/taskFilesOnDisk.ts";
import type { TreeNode } from "./nodes/treeNode.ts";

const uriList = "text/uri-list";

/**
 * Lets a person drag the files of rows into an editor or a terminal. A row without a file of its own, such as a task,
 * stands for the downloaded files of its task. What isn't on the disk is left out.
 */
export class FileDrag implements vscode.TreeDragAndDropController<TreeNode> {
  readonly dragMimeTypes = [uriList];
  readonly dropMimeTypes = [];
  readonly #history: Pick<DownloadHistory, "ofTask">;

  constructor(history: Pick<DownloadHistory, "ofTask">) {
    this.#history = history;
  }

  async handleDrag(rows: readonly TreeNode[], data: vscode.DataTransfer): Promise<void> {
    const wanted = new Map(rows.flatMap((row) => this.#urisOf(row)).map((uri) => [uri.toString(), uri]));
    const there: string[] = [];
    for (const [text, uri] of wanted) if (await isFile(uri)) there.push(text);
    if (there.length > 0) data.set(uriList, new vscode.DataTransferItem(there.join("\r\n")));
  }

  #urisOf({ argument: { uri, accountId, taskId, files } }: TreeNode): vscode.Uri[] {
    if (uri !== undefined) return [uri];
    if (accountId === undefined || taskId === undefined) return [];
    return downloadedFiles(this.#history, { accountId, taskId })
      .filter(({ index }) => files?.includes(index) ?? true)
      .map((record) => vscode.Uri.parse(record.uri));
  }
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type === vscode.FileType.File;
  } catch {
    return false;
  }
}
