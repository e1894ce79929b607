import { existsSync } from "node:fs";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { unpackedPath, unpackGzip } from "../../format/unpackGzip.ts";
import { formatJsonFile, isOneLongLine } from "../../format/formatJson.ts";
import { contentKind } from "../../download/transfer/contentKind.ts";
import { firstBytes } from "../../download/part/firstBytes.ts";
import type { DownloadResult } from "../../model/contract.ts";
import { withSignal } from "../cancellation.ts";
import type { Log } from "../log.ts";
import { callByPerson } from "../commandCall.ts";
import type { AnyExport } from "../prompts/askExport.ts";
import { readSetting } from "../settings.ts";
import { openTable } from "../tableEditor/openTable.ts";

export interface OpenOptions {
  readonly as: "table" | "text";
  readonly beside: boolean;
}

/** How an export opens that a person asked for by name: as the command says, else as the setting does. */
export function openedAs(asked: OpenOptions["as"] | undefined): OpenOptions["as"] {
  return asked ?? (readSetting("openWith") === "text" ? "text" : "table");
}

/** As much of a file's beginning as tells an archive from text. */
const beginningBytes = 4096;

/** Opens downloaded exports in editor tabs. */
export class ExportOpener {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Opens a file in an editor tab that stays. For text VS Code's own open command is used, as it takes files of any
   * size, where a text document that extensions can read ends at 50 MB. An archive is offered unpacked instead.
   */
  async open(uri: vscode.Uri, options: OpenOptions): Promise<void> {
    const kind = contentKind(await firstBytes(uri.fsPath, beginningBytes), undefined);
    if (kind === "gzip" || kind === "zip") void this.#offerUnpacked(uri, kind, options);
    else if (options.as === "table") await openTable(uri, options);
    else await this.#openText(uri, options);
  }

  /** Opens what has come of an export, or the export itself. */
  async openExport(asked: AnyExport, options: OpenOptions): Promise<void> {
    if (asked.kind === "file") {
      await this.open(asked.uri, options);
      return;
    }
    const { path, part } = asked.unfinished;
    if (options.as === "text") await this.#openText(vscode.Uri.file(part), options);
    // A tab under the name that the file is to have becomes the finished file; where another file has that name, it is
    // that other file's.
    else await openTable(vscode.Uri.file(existsSync(path) ? part : path), options);
  }

  /** Opens what a download brought: the one file, or the first of several (the others are one click away in the tree). */
  async openResult(
    { files }: DownloadResult,
    { as, beside }: { readonly as: OpenOptions["as"] | "none"; readonly beside: boolean },
  ): Promise<void> {
    const [first] = files;
    if (as !== "none" && first !== undefined) await this.open(vscode.Uri.parse(first.uri), { as, beside });
  }

  /** Writes a copy with one value a line beside the file and opens that. @throws ExportError when it is no JSON */
  async openFormatted(uri: vscode.Uri, { beside }: Pick<OpenOptions, "beside">): Promise<void> {
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
    await this.open(target, { as: "text", beside });
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

  async #openText(uri: vscode.Uri, { beside }: OpenOptions): Promise<void> {
    const viewColumn = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    // By name: a person may have made the table the editor for all files of a kind, and asks for text just now.
    await vscode.commands.executeCommand("vscode.openWith", uri, "default", { viewColumn, preview: false });
    if (uri.path.toLowerCase().endsWith(".json")) void this.#offerFormatted(uri, beside);
  }

  async #offerUnpacked(uri: vscode.Uri, archive: "gzip" | "zip", { as, beside }: OpenOptions): Promise<void> {
    const offer =
      archive === "gzip"
        ? { label: t("Unpack and Open"), command: "taskExports.unpackExport" }
        : { label: t("Reveal"), command: "taskExports.revealExport" };
    const text = t("{0} is an archive and can't be shown as text.", nameOf(uri));
    const chosen = await vscode.window.showInformationMessage(text, offer.label);
    if (chosen === offer.label) await vscode.commands.executeCommand(offer.command, callByPerson({ uri, as, beside }));
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
      await vscode.commands.executeCommand("taskExports.formatExport", callByPerson({ uri, beside }));
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
