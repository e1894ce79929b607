import { randomBytes } from "node:crypto";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { invalidArgument } from "../../model/accountErrors.ts";
import { ExportError } from "../../model/exportError.ts";
import type { ColumnName } from "../../model/queryContract.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { OpenFiles } from "../../table/file/openFiles.ts";
import { FileOrder } from "../../table/view/fileOrder.ts";
import type { ReadAs } from "../../table/tableTypes.ts";
import type { GridCommand } from "../../webview/table/messages.ts";
import type { QueryEngine } from "../../query/host/queryEngine.ts";
import { Owner } from "../disposables.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import { errorInWords } from "../errors/showError.ts";
import type { CommandId } from "../ids.ts";
import type { Log } from "../log.ts";
import { PartsDocument } from "../parts/partsDocument.ts";
import { taskOfParts } from "../parts/partsUri.ts";
import { downloadedFiles } from "../parts/taskFilesOnDisk.ts";
import { engineArranger } from "./engineArranger.ts";
import { engineSummaries } from "./engineSummaries.ts";
import { TableDocument, type TaskFile } from "./document.ts";
import { activeTable, openTable, replaceTable } from "./openTable.ts";
import { gridPage, notePage } from "./page.ts";
import { revealLine } from "./revealInText.ts";
import { saveSelection } from "./saveSelection.ts";
import { carryOut } from "./tableActions.ts";
import type { ShownDocument } from "./shownDocument.ts";
import { TablePanel } from "./tablePanel.ts";
import { noArrangements } from "./tabRows.ts";
import type { TableState } from "./tableState.ts";

export interface TableEditorsParts {
  readonly files: OpenFiles;
  readonly unfinished: UnfinishedFiles;
  readonly history: DownloadHistory;
  readonly state: TableState;
  readonly engine: QueryEngine;
  readonly log: Log;
  /** How a file is read at first, if that is known from where it comes. */
  readonly readAs: (path: string) => ReadAs;
  /** Whether a file is the result of a query, whose rows have an order of their own. */
  readonly isResult: (path: string) => boolean;
  /** The folder of the grid's script and style. The page can't load from anywhere else. */
  readonly gridFolder: vscode.Uri;
}

/** A file that isn't on a disk of this machine, so it can't be read in pieces. */
class ForeignDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;

  constructor(uri: vscode.Uri) {
    this.uri = uri;
  }

  dispose(): void {
    // There is nothing to dispose of.
  }
}

type ReadableDocument = TableDocument<vscode.Uri> | PartsDocument<vscode.Uri>;
export type AnyDocument = ReadableDocument | ForeignDocument;

/** The tabs of tables. Creates documents and panels, and knows which panel is active. */
export class TableEditors extends Owner {
  readonly #parts: TableEditorsParts;
  readonly #panels = new Set<TablePanel>();

  constructor(parts: TableEditorsParts) {
    super();
    this.#parts = parts;
  }

  openDocument(uri: vscode.Uri): AnyDocument {
    const task = taskOfParts(uri);
    if (task !== undefined) return this.#openParts(uri, task);
    if (uri.scheme !== "file") return new ForeignDocument(uri);
    return new TableDocument(uri, {
      ...this.#parts,
      readAs: this.#parts.readAs(uri.fsPath),
      taskFileAt: (file) => this.#taskFileAt(file),
      onPlacedElsewhere: (path) => void this.#moveOn(uri, path),
    });
  }

  show(document: AnyDocument, panel: vscode.WebviewPanel): void {
    if (document instanceof ForeignDocument) {
      showForeign(panel);
      return;
    }
    this.#showPage(panel);
    const { engine } = this.#parts;
    const { missing } = engine;
    const summaries = missing === undefined ? engineSummaries(engine) : undefined;
    const shown = new TablePanel(panel, document, new FileOrder(document.file), {
      state: this.#parts.state,
      copyText: (text) => vscode.env.clipboard.writeText(text),
      saveSelection: (selection) => saveSelection(selection, document.uri.scheme === "file" ? document.uri : undefined),
      revealLine,
      carryOut: (action) => (document instanceof PartsDocument ? document.reload() : carryOut(action, document)),
      arrangements: this.#parts.isResult(document.uri.fsPath) ? noArrangements : undefined,
      arranger: missing === undefined ? engineArranger(engine) : undefined,
      columnSummaries: summaries,
      columnProfiler: summaries,
      whyNotArranged: () => missing?.message ?? "",
      inWords: (error) => this.#inWords(error),
    });
    this.#panels.add(shown);
    this.#showVisibility(document);
    panel.onDidChangeViewState(() => this.#showVisibility(document));
    panel.onDidDispose(() => {
      this.#panels.delete(shown);
      shown.dispose();
      this.#showVisibility(document);
    });
  }

  /** Sends a command to the active table. @throws ExportError `invalidRequest` if there is none */
  send(command: GridCommand): void {
    this.active().send(command);
  }

  /** The table of a file, which is opened if necessary. @throws ExportError `invalidRequest` if it can't be one */
  async tableOf(uri: vscode.Uri): Promise<TablePanel> {
    const shown = this.#panelOf(uri);
    if (shown !== undefined) return shown;
    await openTable(uri, { beside: false });
    const opened = this.#panelOf(uri);
    if (opened === undefined) throw invalidArgument(t("{0} can't be opened as a table.", uri.fsPath));
    return opened;
  }

  /** Profiles columns in the active table, or in the one of a file, which is opened or shown. */
  async profile(uri: vscode.Uri | undefined, columns: readonly ColumnName[] | undefined): Promise<void> {
    const panel = uri === undefined ? this.active() : await this.tableOf(uri);
    await panel.profile(columns);
    if (!panel.visible && uri !== undefined) await openTable(uri, { beside: false });
  }

  /** The table of a file, if a tab shows it. The active one, if several do. */
  shownTable(uri: vscode.Uri): TablePanel | undefined {
    return this.#panelOf(uri);
  }

  #panelOf(uri: vscode.Uri): TablePanel | undefined {
    const all = [...this.#panels].filter(({ document }) => document.uri.toString() === uri.toString());
    return all.find((panel) => panel.active) ?? all[0];
  }

  /** The file that the active table shows. @throws ExportError `invalidRequest` if there is none */
  activeFile(): vscode.Uri {
    const shown = activeTable();
    if (shown === undefined) throw noActiveTable();
    const panel = [...this.#panels].find(({ document }) => document.uri.toString() === shown.toString());
    return panel?.document instanceof TableDocument ? vscode.Uri.file(panel.document.path) : shown;
  }

  /** Reads a file again in all of its tabs. */
  async reload(uri: vscode.Uri): Promise<void> {
    for (const document of this.#documentsOf(uri)) if (document instanceof TableDocument) await document.reload();
  }

  /** How the tabs of a file read it now. */
  readingOf(path: string): ReadAs {
    const shown = [...this.#documentsOf(vscode.Uri.file(path))].find((document) => document instanceof TableDocument);
    return shown?.file.spec.readAs ?? this.#parts.readAs(path);
  }

  /** How the tabs with all parts of a task read one of its files now. */
  partReadingOf(parts: string, path: string): ReadAs {
    for (const document of this.#documentsOf(vscode.Uri.parse(parts))) {
      const reading = document instanceof PartsDocument ? document.readingOf(path) : undefined;
      if (reading !== undefined) return reading;
    }
    return {};
  }

  #documentsOf(uri: vscode.Uri): Set<ShownDocument> {
    const documents = [...this.#panels].map(({ document }) => document);
    return new Set(documents.filter((document) => document.uri.toString() === uri.toString()));
  }

  #showPage({ webview, title }: vscode.WebviewPanel): void {
    const { gridFolder } = this.#parts;
    const inPage = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(gridFolder, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [gridFolder] };
    webview.html = gridPage({
      nonce: randomBytes(24).toString("base64"),
      cspSource: webview.cspSource,
      scriptUri: inPage("table.js"),
      styleUri: inPage("table.css"),
      language: vscode.env.language,
      title,
      sentences: vscode.l10n.bundle ?? {},
    });
  }

  #inWords(error: unknown): string {
    if (!(error instanceof ExportError)) this.#parts.log.error("A table's request failed", error);
    return errorInWords(error);
  }

  /** The active table. @throws ExportError `invalidRequest` if there is none */
  active(): TablePanel {
    const active = [...this.#panels].find((panel) => panel.active);
    if (active === undefined) throw noActiveTable();
    return active;
  }

  #openParts(uri: vscode.Uri, task: TaskKey): PartsDocument<vscode.Uri> {
    const { files, state, history } = this.#parts;
    return new PartsDocument(uri, task, {
      files,
      state,
      records: () => downloadedFiles(history, task),
      onRecordsChanged: (listener) => history.onDidChange(listener),
    });
  }

  #showVisibility(document: ReadableDocument): void {
    document.setVisible([...this.#panels].some((panel) => panel.document === document && panel.visible));
  }

  #taskFileAt(uri: string): TaskFile | undefined {
    const record = this.#parts.history.find(vscode.Uri.parse(uri));
    return record && { accountId: record.accountId, taskId: record.taskId, file: record.index };
  }

  /** Replaces the tab of a part with one of the finished file, at the row where the user was. */
  async #moveOn(part: vscode.Uri, path: string): Promise<void> {
    const { state } = this.#parts;
    const whole = vscode.Uri.file(path);
    const position = state.position(part.toString());
    if (position !== undefined) state.keepPosition(whole.toString(), position);
    await replaceTable(part, whole);
  }
}

function showForeign({ webview, title }: vscode.WebviewPanel): void {
  const id: CommandId = "taskExports.table.openAsText";
  webview.options = { enableScripts: false, enableCommandUris: [id], localResourceRoots: [] };
  webview.html = notePage({
    language: vscode.env.language,
    title,
    sentence: t("Only files on this machine's disk can be opened as a table."),
    command: { id, label: t("Open as Text") },
  });
}

function noActiveTable(): ExportError {
  return invalidArgument(t("The active editor is not a table."));
}
