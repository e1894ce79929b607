import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { root } from "../../project/checkout.ts";
import type { OpenFile } from "../../src/table/file/openFile.ts";
import { OpenFiles } from "../../src/table/file/openFiles.ts";
import type { RowView } from "../../src/table/view/rowView.ts";
import { UnfinishedFiles } from "../../src/vscode/downloads/unfinishedFiles.ts";
import { TableDocument } from "../../src/vscode/tableEditor/document.ts";
import { gridPage } from "../../src/vscode/tableEditor/page.ts";
import { type PanelServices, TablePanel } from "../../src/vscode/tableEditor/tablePanel.ts";
import { TableState } from "../../src/vscode/tableEditor/tableState.ts";
import type { GridCommand } from "../../src/webview/table/messages.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { tablePrograms } from "../unit/table/file/tablePrograms.ts";
import { noMemento } from "../unit/vscode/tableEditor/openedDocument.ts";
import { TabPage } from "../unit/vscode/tableEditor/tabPage.ts";

const origin = "http://table.test";
const built = path.join(root, "dist", "table");

export type ViewClass = new (file: OpenFile) => RowView;

/** VS Code's side of a webview: messages, and a state that outlives the page. */
const webviewApi = `
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => void postToHost(message),
    getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null") ?? undefined,
    setState: (state) => sessionStorage.setItem("state", JSON.stringify(state)),
  });
`;

/**
 * The table's built page in a browser without VS Code, over a view that VS Code does not offer yet. The host's side is
 * real: a tab, its document and its file. Only what would be done by VS Code is recorded instead.
 */
export class TableInBrowser {
  readonly page: Page;
  readonly state = new TableState(noMemento);
  /** Texts that were copied, in order. */
  readonly copied: string[] = [];
  /** Texts of saved files, in order. */
  readonly saved: string[] = [];
  /** Lines that were revealed, counted from 0. */
  readonly revealed: number[] = [];
  readonly #path: string;
  readonly #files = new OpenFiles(tablePrograms);
  readonly #document: TableDocument;
  readonly #View: ViewClass;
  readonly #services: Partial<PanelServices>;
  #panel: TablePanel | undefined;

  private constructor(page: Page, filePath: string, View: ViewClass, services: Partial<PanelServices>) {
    this.page = page;
    this.#path = filePath;
    this.#View = View;
    this.#services = services;
    this.#document = new TableDocument(
      { fsPath: filePath, toString: () => this.uri },
      {
        files: this.#files,
        unfinished: new UnfinishedFiles(),
        state: this.state,
        taskFileAt: () => undefined,
        onPlacedElsewhere: () => undefined,
      },
    );
  }

  static async open(
    browser: Browser,
    filePath: string,
    View: ViewClass,
    services: Partial<PanelServices> = {},
  ): Promise<TableInBrowser> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 600 } });
    const page = await context.newPage();
    const opened = new TableInBrowser(page, filePath, View, services);
    await opened.#load();
    return opened;
  }

  get uri(): string {
    return pathToFileURL(this.#path).href;
  }

  get table(): Promise<TableEditor> {
    return TableEditor.inPage(this.page);
  }

  /** Hands a command to the page, as VS Code does for a key or the palette. */
  send(command: GridCommand): void {
    this.#panel?.send(command);
  }

  /** Builds the page again, as when its tab was hidden. */
  async reload(): Promise<TableEditor> {
    await this.page.goto(origin);
    return this.table;
  }

  async close(): Promise<void> {
    await this.page.context().close();
    this.#panel?.dispose();
    this.#document.dispose();
    this.#files.dispose();
    this.state.dispose();
  }

  async #load(): Promise<void> {
    const { page } = this;
    const tab = new TabPage();
    tab.webview.postMessage = (message) => this.#postToPage(message);
    this.#panel = new TablePanel(tab, this.#document, new this.#View(this.#document.file), {
      state: this.state,
      copyText: (text) => Promise.resolve(void this.copied.push(text)),
      saveSelection: async ({ text }) => {
        let saved = "";
        const options = { signal: new AbortController().signal, onRows: () => undefined };
        for await (const piece of text("selection.csv", options)) saved += piece;
        this.saved.push(saved);
        return "selection.csv";
      },
      revealLine: async (_path, lineOf) => void this.revealed.push(await lineOf()),
      carryOut: () => Promise.resolve(),
      whyNotArranged: () => "There is no engine.",
      inWords: String,
      ...this.#services,
    });
    await page.exposeFunction("postToHost", (message: unknown) => tab.post(message));
    await page.addInitScript({ content: webviewApi });
    await page.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/") await route.fulfill({ contentType: "text/html", body: htmlOf(this.#path) });
      else await route.fulfill({ path: path.join(built, path.basename(pathname)) });
    });
    await page.goto(origin);
  }

  async #postToPage(message: unknown): Promise<boolean> {
    try {
      await this.page.evaluate(`window.postMessage(${JSON.stringify(message)}, "*")`);
      return true;
    } catch {
      // The page is being built again; VS Code drops messages then, too.
      return false;
    }
  }
}

function htmlOf(filePath: string): string {
  return gridPage({
    nonce: "test",
    cspSource: origin,
    scriptUri: `${origin}/table.js`,
    styleUri: `${origin}/table.css`,
    language: "en",
    title: path.basename(filePath),
    sentences: {},
  });
}
