import { existsSync } from "node:fs";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { unpackedPath, unpackGzip } from "../../format/unpackGzip.ts";
import { formatJsonFile, formattedPath, isOneLongLine } from "../../format/formatJson.ts";
import { contentKind } from "../../download/transfer/contentKind.ts";
import { firstBytes } from "../../download/part/firstBytes.ts";
import type { DownloadResult } from "../../model/contract.ts";
import { withSignal } from "../cancellation.ts";
import type { Log } from "../log.ts";
import { callByPerson } from "../commandCall.ts";
import type { AnyExport } from "../prompts/askExport.ts";
import { readSetting } from "../settings.ts";
import { openTable } from "../tableEditor/openTable.ts";
import { showInformation, withProgress } from "../surfaces/surfaces.ts";
import { shareInWords } from "../wording.ts";

export interface OpenOptions {
  readonly as: "table" | "text";
  readonly beside: boolean;
}

/** How to open an export for a command: as requested, or else according to the setting. */
export function openedAs(requested: OpenOptions["as"] | undefined): OpenOptions["as"] {
  return requested ?? (readSetting("openWith") === "text" ? "text" : "table");
}

/** How many bytes are needed to distinguish an archive from text. */
const beginningBytes = 4096;

/** Opens downloaded exports in editor tabs. */
export class ExportOpener {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Opens a file in a permanent editor tab. Text is opened with VS Code's own command, because that supports files of
   * any size, while text documents for extensions are limited to 50 MB. A gzip file is shown as
   * the table in it. As text, and for a ZIP archive, offers to unpack it instead.
   */
  async open(uri: vscode.Uri, options: OpenOptions): Promise<void> {
    const kind = contentKind(await firstBytes(uri.fsPath, beginningBytes), undefined);
    const isArchive = kind === "zip" || (kind === "gzip" && options.as === "text");
    if (isArchive) void this.#offerUnpacked(uri, kind, options);
    else if (options.as === "table") await openTable(uri, options);
    else await this.#openText(uri, options);
  }

  /** Opens an export, or what was received of an unfinished one. */
  async openExport(wanted: AnyExport, options: OpenOptions): Promise<void> {
    if (wanted.kind === "file") {
      await this.open(wanted.uri, options);
      return;
    }
    const { path, part } = wanted.unfinished;
    if (options.as === "text") await this.#openText(vscode.Uri.file(part), options);
    // A tab with the final path becomes the finished file. If another file already has that path, the tab would show
    // that one.
    else await openTable(vscode.Uri.file(existsSync(path) ? part : path), options);
  }

  /** Opens the result of a download: its file, or the first of several. The tree offers the others. */
  async openResult(
    { files }: DownloadResult,
    { as, beside }: { readonly as: OpenOptions["as"] | "none"; readonly beside: boolean },
  ): Promise<void> {
    const [first] = files;
    if (as !== "none" && first !== undefined) await this.open(vscode.Uri.parse(first.uri), { as, beside });
  }

  /** Writes a formatted copy next to the file, without replacing another file, and opens it. @throws ExportError if it isn't JSON */
  async openFormatted(uri: vscode.Uri, { beside }: Pick<OpenOptions, "beside">): Promise<void> {
    const wanted = formattedPath(uri.fsPath);
    const { size } = await vscode.workspace.fs.stat(uri);
    const copy = await withProgress({ title: t("Formatting {0}", nameOf(uri)) }, (report, token) => {
      let shown = 0;
      const onProgress = (readBytes: number): void => {
        const percent = Math.floor((100 * readBytes) / Math.max(size, 1));
        report({ increment: percent - shown, message: shareInWords(percent, 100) });
        shown = percent;
      };
      return withSignal({ token }, (signal) => formatJsonFile(uri.fsPath, wanted, { indent: 2, signal, onProgress }));
    });
    await this.open(vscode.Uri.file(copy), { as: "text", beside });
  }

  /** Unpacks a gzip file into its folder, without replacing another file, and opens the result. @throws ExportError if it is damaged */
  async openUnpacked(uri: vscode.Uri, options: OpenOptions): Promise<void> {
    const wanted = unpackedPath(uri.fsPath);
    const unpacked = await withProgress({ title: t("Unpacking {0}", nameOf(uri)) }, (_report, token) =>
      withSignal({ token }, (signal) => unpackGzip(uri.fsPath, wanted, signal)),
    );
    await this.open(vscode.Uri.file(unpacked), options);
  }

  async #openText(uri: vscode.Uri, { beside }: OpenOptions): Promise<void> {
    const viewColumn = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    // Explicitly, because the table may be the default editor for this kind of file.
    await vscode.commands.executeCommand("vscode.openWith", uri, "default", { viewColumn, preview: false });
    if (uri.path.toLowerCase().endsWith(".json")) void this.#offerFormatted(uri, beside);
  }

  async #offerUnpacked(uri: vscode.Uri, archive: "gzip" | "zip", { as, beside }: OpenOptions): Promise<void> {
    const offer =
      archive === "gzip"
        ? { label: t("Unpack and Open"), command: "taskExports.unpackExport" }
        : { label: t("Reveal"), command: "taskExports.revealExport" };
    const text = t("{0} is an archive.", nameOf(uri));
    const chosen = await showInformation(text, offer.label);
    if (chosen === offer.label) await vscode.commands.executeCommand(offer.command, callByPerson({ uri, as, beside }));
  }

  /**
   * The editor doesn't tokenize lines of 20,000 characters or more, so a formatted copy is offered for JSON on one
   * line.
   */
  async #offerFormatted(uri: vscode.Uri, beside: boolean): Promise<void> {
    try {
      if (!(await isOneLongLine(uri.fsPath))) return;
    } catch (error) {
      this.#log.debug(`Couldn't measure the first line of an export: ${String(error)}`);
      return;
    }
    const format = t("Open Formatted Copy");
    const chosen = await showInformation(t("{0} has only one long line, which is hard to read.", nameOf(uri)), format);
    if (chosen === format)
      await vscode.commands.executeCommand("taskExports.formatExport", callByPerson({ uri, beside }));
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
