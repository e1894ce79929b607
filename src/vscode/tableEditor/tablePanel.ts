import { t } from "@vscode/l10n";
import { Answerer, type RequestHandlers } from "../../channel/answerer.ts";
import type { Disposable } from "../../channel/port.ts";
import type { Refusal } from "../../channel/requestMap.ts";
import { defined } from "../../model/defined.ts";
import { ExportError, isCancelled } from "../../model/exportError.ts";
import type { ColumnName } from "../../model/queryContract.ts";
import { columnIndex } from "../../query/statements/columnIndex.ts";
import { saveFormatOf, savedText } from "../../table/take/savedText.ts";
import { type Taken, takeRows } from "../../table/take/takeRows.ts";
import type { Column, TableShape } from "../../table/tableTypes.ts";
import { pagesOf, type RowView } from "../../table/view/rowView.ts";
import type {
  Arrangement,
  CopyAnswer,
  CopyRequest,
  GridCommand,
  GridRequests,
  HostEvents,
  SaveRequest,
  TableAction,
  TableView,
} from "../../webview/table/messages.ts";
import { Owner } from "../disposables.ts";
import type { Arranger, ColumnProfiler, ColumnSummaries } from "./arranger.ts";
import { filterByIndex, sortByIndex } from "./columnsByName.ts";
import { requestShapes } from "./requestShapes.ts";
import type { DocumentListener, DocumentView, ShownDocument } from "./shownDocument.ts";
import { shownColumns } from "./shownColumns.ts";
import { type KeptArrangements, TabRows } from "./tabRows.ts";
import type { TableState } from "./tableState.ts";
import { type PagePanel, webviewPort } from "./webviewPort.ts";

/** The cells of a selection as they are written into a file. */
export interface SavedSelection {
  /** The name of the file that the cells are from. */
  readonly fileName: string;
  readonly rows: number;
  /** The text for a file with this name, in pieces. */
  readonly text: (
    name: string,
    options: { readonly signal: AbortSignal; readonly onRows: (rows: number) => void },
  ) => AsyncIterable<string>;
}

/** What a tab shows. */
export interface ShownTable extends Arrangement {
  /** Indexes of the columns, in the order in which they are shown. */
  readonly columns: readonly number[];
}

/** The part of VS Code's panel that a tab with a table needs. */
export interface TablePage extends PagePanel {
  readonly active: boolean;
  readonly visible: boolean;
  onDidChangeViewState(listener: () => void): Disposable;
}

/** What a tab does outside its page. */
export interface PanelServices {
  readonly state: TableState;
  copyText(text: string): PromiseLike<void>;
  /** Asks for a file and writes a selection into it. Undefined if the user chose none. */
  saveSelection(selection: SavedSelection): Promise<string | undefined>;
  /** Opens a file as text, at a line. */
  revealLine(path: string, lineOf: () => Promise<number>): Promise<void>;
  carryOut(action: TableAction): Promise<void>;
  /** Undefined if nothing can sort and filter. */
  /** Default: `state`. */
  readonly arrangements?: KeptArrangements | undefined;
  readonly arranger?: Arranger | undefined;
  /** Undefined if nothing can say what columns contain. */
  readonly columnSummaries?: ColumnSummaries | undefined;
  /** Undefined if nothing can profile columns. */
  readonly columnProfiler?: ColumnProfiler | undefined;
  /** Why rows can't be sorted and filtered; one whole sentence. */
  whyNotArranged(): string;
  /** The sentence that the user reads about a failure. */
  inWords(error: unknown): string;
}

/** A tab with a table: its view of the rows, and the answers to the requests of its page. */
export class TablePanel extends Owner {
  readonly document: ShownDocument;
  readonly #page: TablePage;
  readonly #rows: TabRows;
  readonly #services: PanelServices;
  readonly #answerer: Answerer<GridRequests, HostEvents>;
  /** Whether a page listens. */
  #hasPage = false;
  /** Commands for the next page. */
  readonly #waiting: GridCommand[] = [];

  constructor(page: TablePage, document: ShownDocument, view: RowView, services: PanelServices) {
    super();
    this.document = document;
    this.#page = page;
    this.#services = services;
    this.#rows = this.own(
      new TabRows(view, {
        file: document.file,
        state: services.arrangements ?? services.state,
        arranger: services.arranger,
        whyNot: services.arranger === undefined ? services.whyNotArranged() : "",
        shape: () => this.#shape(),
        onOutdated: () => this.#answerer.emit("outdated", null),
        onFind: (progress) => this.#answerer.emit("find", progress),
        onSize: (progress) => this.#answerer.emit("progress", progress),
      }),
    );
    this.#answerer = this.own(
      new Answerer<GridRequests, HostEvents>(webviewPort(page), {
        handlers: this.#handlers(),
        schemas: requestShapes,
        toRefusal: (error) => this.#refusal(error),
        unreadable: () => this.#refusal(badRequest()),
        startsOver: "open",
      }),
    );
    this.own(document.listen(this.#documentListener));
    this.own(
      page.onDidChangeViewState(() => {
        if (!page.visible) this.#leave();
      }),
    );
  }

  get active(): boolean {
    return this.#page.active;
  }

  get visible(): boolean {
    return this.#page.visible;
  }

  /** Sends a command of VS Code to the page. */
  send(command: GridCommand): void {
    this.#answerer.emit("command", command);
  }

  /**
   * Shows what columns contain, as soon as there is a page.
   *
   * @param columns default: all
   * @throws ExportError `invalidRequest` for an unknown column, or if there is nothing that can do it
   */
  async profile(columns: readonly ColumnName[] | undefined): Promise<void> {
    this.#profiler();
    const names = (await this.columns()).map(({ name }) => name);
    const command = {
      command: "profile",
      columns: columns?.map((column) => columnIndex(column, names)) ?? null,
    } as const;
    if (this.#hasPage) this.send(command);
    else this.#waiting.push(command);
  }

  get arrangement(): Arrangement {
    return this.#rows.arrangement;
  }

  /** @throws ExportError `invalidRequest` if it isn't a table */
  async columns(): Promise<readonly Column[]> {
    return (await this.#shape()).columns;
  }

  /** What the tab shows: for saving and copying all of it. @throws ExportError `invalidRequest` if it isn't a table */
  async shown(): Promise<ShownTable> {
    const { columns } = await this.#shape();
    const layout = this.#services.state.layout(columns);
    return { columns: shownColumns(columns, layout), ...this.#rows.arrangement };
  }

  /** The text of all that the tab shows, unless there is too much for the clipboard. */
  async takeAll(signal: AbortSignal): Promise<Taken> {
    const { view } = this.#rows;
    const shape = await this.#shape();
    const { columns } = await this.shown();
    await view.counted(Infinity, signal);
    const rows = { from: 0, count: view.size?.rows ?? 0 };
    return takeRows(pagesOf(view), shape, { rows, columns, withHeader: true, format: "tsv" }, { signal });
  }

  /** @throws ExportError `invalidRequest` if rows can't be sorted and filtered */
  checkArranging(): void {
    if (this.#services.arranger !== undefined) return;
    throw new ExportError("invalidRequest", this.#services.whyNotArranged());
  }

  /** Sorts or filters the rows for a command. What it leaves out stays as it is. */
  async arrange(change: Partial<Arrangement>, signal: AbortSignal): Promise<void> {
    const row = this.#services.state.position(this.document.uri.toString())?.number;
    const names = (await this.columns()).map(({ name }) => name);
    const { sort, filter } = { ...this.#rows.arrangement, ...change };
    const wanted = {
      sort: sortByIndex(sort, names),
      filter: filter === null ? null : filterByIndex(filter, names),
    };
    const arranged = await this.#rows.arrange(wanted, row, { signal, onProgress: this.#onProgress });
    this.#answerer.emit("arranged", arranged);
  }

  readonly #onProgress = (share: number | undefined): void =>
    this.#answerer.emit("arranging", { share: share ?? null });

  #handlers(): RequestHandlers<GridRequests> {
    const { document } = this;
    const rows = this.#rows;
    const { state } = this.#services;
    return {
      open: async () => this.#open(),
      rows: (request, signal) => rows.view.rows(request, signal),
      positionOf: async ({ row }, signal) => ({ position: (await rows.view.positionOf(row, signal)) ?? null }),
      cell: (cell, signal) => rows.view.cell(cell, signal),
      record: async ({ row }, signal) => ({ fields: await rows.view.record(row, signal) }),
      find: (pattern) => rows.view.find(pattern),
      findNext: async ({ from, direction }, signal) => (await rows.view.findNext(from, direction, signal)) ?? null,
      endFind: done(() => rows.view.endFind()),
      copy: (request, signal) => this.#copy(request, signal),
      saveSelection: (request) => this.#save(request),
      summarize: (request, signal) => rows.view.summarize(request, signal),
      readAs: async (readAs) => this.#tableView(await document.readAs(readAs, this.#documentListener)),
      keepLayout: done(async (layout) => state.keepLayout((await this.#shape()).columns, layout)),
      keepPosition: done((position) => state.keepPosition(document.uri.toString(), position)),
      keepHistograms: done(({ shown }) => state.keepHistograms(shown)),
      keepDetailSize: done(({ size }) => state.keepDetailSize(size ?? undefined)),
      revealInText: done(async ({ row }, signal) =>
        this.#services.revealLine(await document.pathOf(row, signal), () => rows.view.lineOf(row, signal)),
      ),
      arrange: ({ row, ...wanted }, signal) =>
        rows.arrange(wanted, row ?? undefined, { signal, onProgress: this.#onProgress }),
      columnValues: (question, signal) => this.#summaries().values(document.file, question, signal),
      columnHistogram: async (question, signal) => ({
        bars: await this.#summaries().histogram(document.file, question, signal),
      }),
      profile: done(({ work, ...question }, signal) =>
        this.#profiler().profile(document.file, question, {
          signal,
          onProgress: (share) => this.#answerer.emit("profiling", { work, share }),
          onProfile: (column, profile) => this.#answerer.emit("profiled", { work, column, profile }),
        }),
      ),
      act: done(({ action }) => this.#services.carryOut(action)),
    };
  }

  async #open(): Promise<TableView> {
    const view = this.#tableView(await this.document.view());
    this.#hasPage = true;
    // The page listens to commands when it has the answer, which is sent first.
    setImmediate(() => this.#waiting.splice(0).forEach((command) => this.send(command)));
    return view;
  }

  readonly #documentListener: DocumentListener = {
    onShape: (shape) => this.#answerer.emit("shape", shape),
    onNotice: (notice) => this.#answerer.emit("notice", notice ?? null),
    onView: (view) => this.#answerer.emit("view", this.#tableView(view)),
  };

  /** The document's view as this tab shows it. */
  #tableView({ content, ...view }: DocumentView): TableView {
    if (content.kind === "problem") return { ...view, content };
    const { isFileOrder, size } = this.#rows.view;
    const { columnSummaries } = this.#services;
    const { state, columnProfiler } = this.#services;
    const added = defined({ detailSize: state.detailSize, showsHistograms: columnProfiler && state.showsHistograms });
    const progress = size ?? content.progress;
    const listsValues = columnSummaries !== undefined;
    const arrangement = { ...this.#rows.tabArrangement(content.shape), listsValues };
    return { ...view, content: { ...content, isFileOrder, progress, arrangement, ...added } };
  }

  async #copy(request: CopyRequest, signal: AbortSignal): Promise<CopyAnswer> {
    const taken = await takeRows(pagesOf(this.#rows.view), await this.#shape(), request, { signal });
    if (taken.kind === "tooLarge") return taken;
    await this.#services.copyText(taken.text);
    return { kind: "copied", rows: taken.rows, cells: taken.cells };
  }

  /** Continues while another tab hides the page. The user can cancel it in its notification. */
  async #save(request: SaveRequest): Promise<{ path: string } | null> {
    const shape = await this.#shape();
    const { fileName } = await this.document.view();
    const pages = pagesOf(this.#rows.view);
    const selection: SavedSelection = {
      fileName,
      rows: request.rows.count,
      text: (name, options) => savedText(pages, shape, { ...request, format: saveFormatOf(name) }, options),
    };
    const path = await this.#services.saveSelection(selection);
    return path === undefined ? null : { path };
  }

  async #shape(): Promise<TableShape> {
    const opened = await this.document.settled();
    if (opened.kind === "table") return opened.shape;
    throw new ExportError("invalidRequest", t("This file is not shown as a table, so it has no rows to take."));
  }

  /** VS Code discards a page that isn't visible. When it is visible again, it starts over. */
  #leave(): void {
    this.#hasPage = false;
    this.#answerer.abortAll();
    this.#rows.view.endFind();
  }

  /** @throws ExportError `invalidRequest` if there are none */
  #summaries(): ColumnSummaries {
    const { columnSummaries } = this.#services;
    if (columnSummaries !== undefined) return columnSummaries;
    throw new ExportError("invalidRequest", this.#services.whyNotArranged());
  }

  /** @throws ExportError `invalidRequest` if there is none */
  #profiler(): ColumnProfiler {
    const { columnProfiler } = this.#services;
    if (columnProfiler === undefined) throw new ExportError("invalidRequest", this.#services.whyNotArranged());
    return columnProfiler;
  }

  #refusal(error: unknown): Refusal {
    if (isCancelled(error)) return { code: "cancelled", message: t("Canceled.") };
    const code = error instanceof ExportError ? error.code : "unexpectedResponse";
    return { code, message: this.#services.inWords(error) };
  }
}

/** A handler of a request whose answer is only that it is done. */
function done<Argument>(
  work: (argument: Argument, signal: AbortSignal) => unknown,
): (argument: Argument, signal: AbortSignal) => Promise<null> {
  return async (argument, signal) => {
    await work(argument, signal);
    return null;
  };
}

function badRequest(): ExportError {
  return new ExportError("invalidRequest", t("The table sent a request that can't be understood."));
}
