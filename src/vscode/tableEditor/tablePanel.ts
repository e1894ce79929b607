import { randomBytes } from "node:crypto";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { takeRows } from "../../table/take/takeRows.ts";
import type { TableShape } from "../../table/tableTypes.ts";
import { ExportError } from "../../model/exportError.ts";
import type {
  CopyAnswer,
  CopyRequest,
  GridCommand,
  GridLayout,
  GridPosition,
  HostMessage,
} from "../../webview/table/messages.ts";
import { Owner } from "../disposables.ts";
import { errorInWords } from "../errors/showError.ts";
import type { Log } from "../log.ts";
import type { DocumentListener, TableDocument } from "./document.ts";
import { gridPage } from "./page.ts";
import { type GridHandlers, RequestAnswers } from "./requestAnswers.ts";
import { revealInText } from "./revealInText.ts";
import { carryOut } from "./tableActions.ts";
import type { TableState } from "./tableState.ts";

export interface PanelParts {
  /** Where the grid's script and style lie; the page can load from nowhere else. */
  readonly gridFolder: vscode.Uri;
  readonly state: TableState;
  readonly log: Log;
}

/** One tab with a table: the page of the grid, and the answers to what it asks. */
export class TablePanel extends Owner {
  readonly document: TableDocument;
  readonly #panel: vscode.WebviewPanel;
  readonly #parts: PanelParts;
  readonly #answers: RequestAnswers;
  #isSearching = false;

  constructor(panel: vscode.WebviewPanel, document: TableDocument, parts: PanelParts) {
    super();
    this.#panel = panel;
    this.document = document;
    this.#parts = parts;
    const post = (message: HostMessage): void => void panel.webview.postMessage(message);
    this.#answers = new RequestAnswers(this.#handlers(), post, (error) => this.#inWords(error));
    this.own(document.listen(this.#tell));
    this.own(panel.webview.onDidReceiveMessage((message: unknown) => this.#answers.receive(message)));
    this.own(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#leave();
      }),
    );
    this.own({
      dispose: () => this.#leave(),
    });
    this.#showPage();
  }

  get active(): boolean {
    return this.#panel.active;
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  /** Hands a command of VS Code to the grid. */
  send(command: GridCommand): void {
    void this.#panel.webview.postMessage({ type: "event", name: "command", event: command } satisfies HostMessage);
  }

  get #file(): string {
    return this.document.uri.toString();
  }

  #showPage(): void {
    const { webview } = this.#panel;
    const { gridFolder } = this.#parts;
    const inPage = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(gridFolder, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [gridFolder] };
    webview.html = gridPage({
      nonce: randomBytes(24).toString("base64"),
      cspSource: webview.cspSource,
      scriptUri: inPage("table.js"),
      styleUri: inPage("table.css"),
      language: vscode.env.language,
      title: this.#panel.title,
      sentences: vscode.l10n.bundle ?? {},
    });
  }

  #handlers(): GridHandlers {
    const { document } = this;
    const { reader } = document;
    return {
      open: () => document.view(),
      rows: (request, signal) => reader.rows(request, signal),
      cell: (request, signal) => reader.cell(request, signal),
      find: (pattern) => {
        this.#isSearching = true;
        return reader.find(pattern);
      },
      findNext: async ({ from, direction }, signal) => (await reader.findNext(from, direction, signal)) ?? null,
      endFind: () => this.#endFind(),
      copy: (request, signal) => this.#copy(request, signal),
      readAs: (readAs) => document.readAs(readAs, this.#tell),
      keepLayout: (layout) => this.#keepLayout(layout),
      keepPosition: (position) => this.#keepPosition(position),
      revealInText: async ({ row }, signal) => {
        await revealInText(document, row, signal);
        return null;
      },
      act: async ({ action }) => {
        await carryOut(action, document);
        return null;
      },
    };
  }

  /** A search belongs to the tab in which it was begun. */
  readonly #tell: DocumentListener = (name, event) => {
    if (name === "find" && !this.#isSearching) return;
    void this.#panel.webview.postMessage({ type: "event", name, event });
  };

  async #copy(request: CopyRequest, signal: AbortSignal): Promise<CopyAnswer> {
    const shape = await this.#shape();
    const taken = await takeRows(this.document.reader, shape, request, { signal });
    if (taken.kind === "tooLarge") return taken;
    await vscode.env.clipboard.writeText(taken.text);
    return { kind: "copied", rows: taken.rows, cells: taken.cells };
  }

  async #keepLayout(layout: GridLayout): Promise<null> {
    this.#parts.state.keepLayout((await this.#shape()).columns, layout);
    return null;
  }

  #keepPosition(position: GridPosition): Promise<null> {
    this.#parts.state.keepPosition(this.#file, position);
    return Promise.resolve(null);
  }

  async #shape(): Promise<TableShape> {
    const opened = await this.document.reader.opened;
    if (opened.kind === "table") return opened.shape;
    throw new ExportError("invalidRequest", t("This file is shown as no table, so there are no rows to take."));
  }

  /** A page that is not seen is thrown away by VS Code, and begins anew when it is seen again. */
  #leave(): void {
    this.#answers.abortAll();
    void this.#endFind();
  }

  #endFind(): Promise<null> {
    if (this.#isSearching) this.document.reader.endFind();
    this.#isSearching = false;
    return Promise.resolve(null);
  }

  #inWords(error: unknown): string {
    if (!(error instanceof ExportError)) this.#parts.log.error("A table's request failed", error);
    return errorInWords(error);
  }
}
