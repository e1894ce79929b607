import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { archiveKind, unpackedPath, unpackGzip, type Archive } from "../../format/unpackGzip.ts";
import { formatJsonFile, isOneLongLine } from "../../format/formatJson.ts";
import { withSignal } from "../cancellation.ts";
import type { DownloadResult } from "../../model/contract.ts";
import { personsChoice } from "../personsChoice.ts";
import type { Log } from "../log.ts";

export interface OpenOptions {
  readonly beside: boolean;
}

/** Opens downloaded exports in editor tabs. */
export class ExportOpener {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Opens a file in an editor tab that stays. VS Code's own open command is used, as it takes files of any size,
   * where a text document that extensions can read ends at 50 MB. An archive is no text: it is offered unpacked instead.
   */
  async open(uri: vscode.Uri, { beside }: OpenOptions): Promise<void> {
    const archive = await archiveKind(uri.fsPath);
    if (archive !== undefined) {
      void this.#offerUnpacked(uri, archive, beside);
      return;
    }
    const viewColumn = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    await vscode.commands.executeCommand("vscode.open", uri, { viewColumn, preview: false });
    if (uri.path.toLowerCase().endsWith(".json")) void this.#offerFormatted(uri, beside);
  }

  /** Opens what a download brought: the one file, or the first of several (the others are one click away in the tree). */
  async openResult({ files }: DownloadResult, options: OpenOptions & { as: "table" | "text" | "none" }): Promise<void> {
    const [first] = files;
    if (options.as !== "none" && first !== undefined) await this.open(vscode.Uri.parse(first.uri), options);
  }

  /** Writes a copy with one value a line beside the file and opens that. @throws ExportError when it is no JSON */
  async openFormatted(uri: vscode.Uri, options: OpenOptions): Promise<void> {
    const target = vscode.Uri.file(uri.fsPath.replace(/(\.json)?$/i, ".formatted.json"));
    const { size } = await vscode.workspace.fs.stat(uri);
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t("Formatting {0}", nameOf(uri)), cancellable: true },
      (progress, token) => {
        let shown = 0;
        const onProgress = (readBytes: number): void => {
          const percent = Math.floor((100 * readBytes) / Math.max(size, 1));
          progress.report({ increment: percent - shown, message: t("{0} %", percent) });
          shown = percent;
        };
        return withSignal({ token }, (signal) =>
          formatJsonFile(uri.fsPath, target.fsPath, { indent: 2, signal, onProgress }),
        );
      },
    );
    await this.open(target, options);
  }

  /** Unpacks a gzip file beside itself and opens what was inside. @throws ExportError when it is damaged */
  async openUnpacked(uri: vscode.Uri, options: OpenOptions): Promise<void> {
    const target = vscode.Uri.file(unpackedPath(uri.fsPath));
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t("Unpacking {0}", nameOf(uri)), cancellable: true },
      (_progress, token) => withSignal({ token }, (signal) => unpackGzip(uri.fsPath, target.fsPath, signal)),
    );
    await this.open(target, options);
  }

  async #offerUnpacked(uri: vscode.Uri, archive: Archive, beside: boolean): Promise<void> {
    const offer =
      archive === "gzip"
        ? { label: t("Unpack and Open"), command: "taskExports.unpackExport" }
        : { label: t("Reveal"), command: "taskExports.revealExport" };
    const text = t("{0} is an archive and can't be shown as text.", nameOf(uri));
    const chosen = await vscode.window.showInformationMessage(text, offer.label);
    if (chosen === offer.label) await vscode.commands.executeCommand(offer.command, personsChoice({ uri, beside }));
  }

  /** The editor colours no line of 20,000 characters and shows it badly, so a JSON on one line is offered formatted. */
  async #offerFormatted(uri: vscode.Uri, beside: boolean): Promise<void> {
    try {
      if (!(await isOneLongLine(uri.fsPath))) return;
    } catch (error) {
      this.#log.debug(`The first line of an export could not be measured: ${String(error)}`);
      return;
    }
    const format = t("Open Formatted Copy");
    const chosen = await vscode.window.showInformationMessage(
      t("{0} stands on one long line, which the editor shows badly.", nameOf(uri)),
      format,
    );
    if (chosen === format)
      await vscode.commands.executeCommand("taskExports.formatExport", personsChoice({ uri, beside }));
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
