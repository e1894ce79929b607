import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { makeFolder } from "../../disk/folders.ts";
import type { DownloadResult } from "../../model/contract.ts";
import type { Log } from "../log.ts";
import { showFailure, showWarning } from "../surfaces/surfaces.ts";
import { addToGitIgnore, findUnignored, type GitSurroundings, type UnignoredFile } from "./gitIgnore.ts";

const toldKey = "gitIgnoreTold";

/** Warns once per working tree that exports, which can contain personal data, would be committed. */
export class GitIgnoreHint {
  readonly #state: vscode.Memento;
  readonly #ownFolder: string;
  readonly #log: Log;

  /** @param ownFolder a folder of the extension, in which Git runs */
  constructor(state: vscode.Memento, ownFolder: string, log: Log) {
    this.#state = state;
    this.#ownFolder = ownFolder;
    this.#log = log;
  }

  /**
   * Checks where a download was saved. Git reads the configuration of a working tree, which can name programs, so it
   * doesn't run before the workspace is trusted.
   *
   * @param folder the download folder
   */
  async afterDownload({ files }: DownloadResult, folder: string, signal: AbortSignal): Promise<void> {
    const [first] = files;
    if (first === undefined || !vscode.workspace.isTrusted) return;
    const found = await findUnignored(vscode.Uri.parse(first.uri).fsPath, signal, await this.#surroundings(folder));
    const told = this.#state.get<readonly string[]>(toldKey, []);
    if (found === undefined || told.includes(found.root)) return;
    await this.#state.update(toldKey, [...told, found.root]);
    await this.#tell(found);
  }

  async #surroundings(folder: string): Promise<GitSurroundings> {
    await makeFolder(this.#ownFolder, this.#ownFolder);
    const workspace = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const searchPath = process.env["PATH"] ?? "";
    return { searchPath, untrusted: [...workspace, folder], workingFolder: this.#ownFolder };
  }

  async #tell(found: UnignoredFile): Promise<void> {
    const add = t("Add to .gitignore");
    const text = t("The export is in a Git repository that doesn't ignore it. Exports can contain personal data.");
    if ((await showWarning(text, add)) !== add) return;
    try {
      const file = await addToGitIgnore(found);
      await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: true });
    } catch (error) {
      this.#log.warn("Couldn't update .gitignore", error);
      void showFailure(t("Couldn't add the line {0} to .gitignore.", found.line));
    }
  }
}
