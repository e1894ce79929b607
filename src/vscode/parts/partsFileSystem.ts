import * as vscode from "vscode";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import { partsScheme, taskOfParts } from "./partsUri.ts";
import { downloadedFiles } from "./taskFilesOnDisk.ts";

/**
 * Provides a task's files as one read-only resource, so that VS Code can restore its tab after a reload of the window.
 * As text, it is the list of the files' paths.
 */
export class PartsFileSystem implements vscode.FileSystemProvider {
  readonly #history: Pick<DownloadHistory, "ofTask">;
  /** Its text doesn't change while it is open. */
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]> = () => new vscode.Disposable(() => undefined);

  constructor(history: Pick<DownloadHistory, "ofTask">) {
    this.#history = history;
  }

  register(): vscode.Disposable {
    return vscode.workspace.registerFileSystemProvider(partsScheme, this, { isReadonly: true, isCaseSensitive: true });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.readFile(uri).byteLength };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const task = taskOfParts(uri);
    if (task === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const paths = downloadedFiles(this.#history, task).map((record) => vscode.Uri.parse(record.uri).fsPath);
    return Buffer.from(paths.map((path) => `${path}\n`).join(""));
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}
