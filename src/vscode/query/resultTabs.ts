import { dirname, join } from "node:path";
import { rm } from "node:fs/promises";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { safeFileName, splitExtension } from "../../disk/fileNames.ts";
import { makeFolder } from "../../disk/folders.ts";
import { writeText } from "../../disk/writeText.ts";
import type { QueryResult } from "../../model/queryContract.ts";
import type { UnpackFolder } from "../../table/unpack/unpackFolder.ts";
import { Owner } from "../disposables.ts";
import { editorIds } from "../ids.ts";
import { openTabUris } from "../opening/openTabs.ts";
import { tabsOf } from "../tableEditor/openTable.ts";
import { nameOf } from "./knownFiles.ts";
import { resultText } from "./resultText.ts";

export interface ResultTabsParts {
  /** A folder of this process alone. */
  readonly folder: Pick<UnpackFolder, "path" | "dispose">;
  /** Lets the tabs of a file read it again. */
  readonly reload: (uri: vscode.Uri) => Promise<void>;
}

/** The results of queries: files in the extension's own storage that are open as tables. One for each query. */
export class ResultTabs extends Owner {
  readonly #parts: ResultTabsParts;
  /** The file of each query's result, by the query's URI. */
  readonly #files = new Map<string, vscode.Uri>();
  #folders = 0;

  constructor(parts: ResultTabsParts) {
    super();
    this.#parts = parts;
    this.own({ dispose: () => parts.folder.dispose() });
    this.own(vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#closed(closed)));
  }

  /**
   * Shows a result as a table: in the tab of the query's last result, or beside the active editor. The focus stays.
   *
   * @param path the file that was queried
   * @throws ExportError `diskFull`, `notWritable`, `cancelled`
   */
  async show(query: vscode.Uri, path: string, result: QueryResult, signal: AbortSignal): Promise<void> {
    const active = vscode.window.activeTextEditor;
    const key = query.toString();
    const known = this.#files.get(key);
    const file = known ?? (await this.#newFile(path));
    this.#files.set(key, file);
    await writeText(resultText(result), file.fsPath, signal);
    if (known !== undefined) await this.#parts.reload(known);
    const viewColumn = tabsOf(file)[0]?.group.viewColumn ?? vscode.ViewColumn.Beside;
    const options = { viewColumn, preview: false, preserveFocus: true };
    await vscode.commands.executeCommand("vscode.openWith", file, editorIds.table, options);
    // VS Code makes the group of a custom editor the active one, even if the focus stays.
    if (active?.document.uri.toString() === key) {
      await vscode.window.showTextDocument(active.document, active.viewColumn);
    }
  }

  /** The next result of this query gets a tab of its own. */
  forget(query: vscode.Uri): void {
    this.#files.delete(query.toString());
  }

  /** A folder for each file, because the name of the file is the title of the tab. */
  async #newFile(path: string): Promise<vscode.Uri> {
    const root = await this.#parts.folder.path();
    const folder = join(root, String((this.#folders += 1)));
    await makeFolder(root, folder);
    const name = t("Result of {0}", splitExtension(nameOf(path)).base);
    return vscode.Uri.file(join(folder, safeFileName(name, t("Result"))));
  }

  #closed(tabs: readonly vscode.Tab[]): void {
    for (const { input } of tabs) {
      if (input instanceof vscode.TabInputCustom) void this.#removeUnused(input.uri);
    }
  }

  async #removeUnused(uri: vscode.Uri): Promise<void> {
    const key = Array.from(this.#files).find(([, file]) => file.toString() === uri.toString())?.[0];
    const isOwn = dirname(dirname(uri.fsPath)) === (await this.#parts.folder.path());
    if (!isOwn || openTabUris().some((open) => open.toString() === uri.toString())) return;
    if (key !== undefined) this.#files.delete(key);
    await rm(dirname(uri.fsPath), { recursive: true, force: true });
  }
}
