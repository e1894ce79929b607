import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DownloadResult } from "../../model/contract.ts";
import type { Log } from "../log.ts";
import { addToGitIgnore, findUnignored, type UnignoredFile } from "./gitIgnore.ts";

const toldKey = "gitIgnoreTold";

/** Says once for each working tree that exports, which hold personal data, would be committed. */
export class GitIgnoreHint {
  readonly #state: vscode.Memento;
  readonly #log: Log;

  constructor(state: vscode.Memento, log: Log) {
    this.#state = state;
    this.#log = log;
  }

  /**
   * Looks at where a download went. Git reads a working tree's own configuration, which may name programs, so it is
   * not asked before the person trusts the workspace.
   */
  async afterDownload({ files }: DownloadResult, signal: AbortSignal): Promise<void> {
    const [first] = files;
    if (first === undefined || !vscode.workspace.isTrusted) return;
    const found = await findUnignored(vscode.Uri.parse(first.uri).fsPath, signal);
    const told = this.#state.get<readonly string[]>(toldKey, []);
    if (found === undefined || told.includes(found.root)) return;
    await this.#state.update(toldKey, [...told, found.root]);
    await this.#tell(found);
  }

  async #tell(found: UnignoredFile): Promise<void> {
    const add = t("Add to .gitignore");
    const text = t("The export lies in a Git working tree that does not ignore it. Exports can hold personal data.");
    if ((await vscode.window.showWarningMessage(text, add)) !== add) return;
    try {
      const file = await addToGitIgnore(found);
      await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: true });
    } catch (error) {
      this.#log.warn("A line could not be added to .gitignore", error);
      void vscode.window.showErrorMessage(t("The line {0} could not be added to .gitignore.", found.line));
    }
  }
}
