import type { ReadAs, TableProgress, TableShape } from "../../../table/tableTypes.ts";
import type { Announcer } from "../announcer.ts";
import { TableArrange } from "../arrange/tableArrange.ts";
import { ColumnChooser } from "../columns/columnChooser.ts";
import { fitNewColumns, fittingWidth } from "../columns/fitColumns.ts";
import { DetailPane } from "../detail/detailPane.ts";
import { element } from "../element.ts";
import { TableFind } from "../find/tableFind.ts";
import { Footer } from "../footer/footer.ts";
import { GoToColumnBar } from "../goto/goToColumnBar.ts";
import { GoToRowBar } from "../goto/goToRowBar.ts";
import { showCutTitles } from "../grid/cutTitles.ts";
import { type GridActions, listenToKeys } from "../grid/gridKeyboard.ts";
import { GridState, type Table } from "../state/gridState.ts";
import { GridView } from "../grid/gridView.ts";
import { HeaderPointer } from "../grid/headerPointer.ts";
import { RowsPointer } from "../grid/rowsPointer.ts";
import { TextMeasure } from "../grid/textMeasure.ts";
import type { HostLink } from "../hostLink.ts";
import type { GridCommand } from "../messages.ts";
import { HeaderHistograms } from "../profile/headerHistograms.ts";
import { ProfileRequests } from "../profile/profileRequests.ts";
import { ProfilePane } from "../profile/profilePane.ts";
import { Copier } from "../selection/copier.ts";
import type { PageMemory } from "../pageMemory.ts";
import { detailSizeKeeper, keepWithHost } from "./keeping.ts";
import { TypedAhead } from "../typedAhead.ts";
import { TableMenus } from "./tableMenus.ts";

/** Commands that open something with an input. */
const openingCommands: ReadonlySet<GridCommand["command"]> = new Set([
  "find",
  "findNext",
  "findPrevious",
  "goToRow",
  "goToColumn",
  "chooseColumns",
]);

export interface TableScreenOptions {
  readonly link: HostLink;
  readonly announcer: Announcer;
  readonly memory: PageMemory;
  readonly table: Table;
  readonly onReadAs: (readAs: ReadAs) => void;
}

/** A table with everything around it. Creates the parts and connects them. */
export class TableScreen {
  readonly element = element("main", { class: "table-screen" });
  readonly #heading = element("h1", { class: "unseen" });
  readonly #link: HostLink;
  readonly #announcer: Announcer;
  readonly #measure = new TextMeasure();
  readonly #state: GridState;
  readonly #view: GridView;
  readonly #footer: Footer;
  readonly #find: TableFind;
  readonly #goToRow: GoToRowBar;
  readonly #goToColumn: GoToColumnBar;
  readonly #detail: DetailPane;
  readonly #chooser: ColumnChooser;
  readonly #copier: Copier;
  readonly #menus: TableMenus;
  readonly #arrange: TableArrange;
  readonly #profile: ProfilePane;
  readonly #histograms: HeaderHistograms;
  readonly #typedAhead: TypedAhead;

  constructor({ link, announcer, memory, table, onReadAs }: TableScreenOptions) {
    this.#link = link;
    this.#announcer = announcer;
    this.#state = new GridState(table, {
      fetch: (request, signal) => link.ask("rows", request, signal),
      positionOf: async (row, signal) => (await link.ask("positionOf", { row }, signal)).position ?? undefined,
      onRefused: (sentence) => this.#footer.say(sentence),
    });
    const giveFocusBack = () => this.focus();
    this.#view = new GridView(this.#state, this.#measure);
    this.#footer = new Footer(link, this.#state, { onReadAs, chooseColumns: () => this.#chooser.open() });
    this.#find = new TableFind({ link, announcer, memory }, this.#state, this.#view);
    this.#goToRow = new GoToRowBar(this.#state, giveFocusBack);
    this.#goToColumn = new GoToColumnBar(this.#state, giveFocusBack);
    this.#copier = new Copier(link, this.#state, (sentence) => this.say(sentence));
    this.#detail = new DetailPane({ link, memory }, this.#state, {
      copyValue: () => this.#copier.copyFocused(),
      onResized: detailSizeKeeper(link),
      onClosed: giveFocusBack,
    });
    this.#chooser = new ColumnChooser(this.#state, {
      onClosed: giveFocusBack,
      onReset: () => this.#resetLayout(),
    });
    const say = (sentence: string): void => this.say(sentence);
    const onArranged = (): void => this.#find.restart();
    this.#arrange = new TableArrange({ link, announcer, say, onArranged }, this.#state, this.#view);
    const requests = new ProfileRequests(link);
    this.#histograms = new HeaderHistograms(requests, this.#state, this.#view);
    this.#profile = new ProfilePane(requests, this.#state, this.#arrange.arranging, {
      announce: (sentence) => announcer.say(sentence),
      onClosed: giveFocusBack,
    });
    this.#menus = this.#buildMenus();
    this.#typedAhead = new TypedAhead(this.#view.grid);
    this.#connect();
    this.#find.restore();
    this.#arrange.arranging.restore();
    this.#detail.restore(table.detailSize);
    this.#histograms.begin(table);
  }

  set fileName(name: string) {
    this.#view.grid.setAttribute("aria-label", name);
    this.#heading.textContent = name;
  }

  focus(): void {
    this.#view.focus();
  }

  /** Starts over with the table as it is read now. */
  begin(table: Table): void {
    this.#state.begin(table);
    this.#find.restart();
    this.#profile.close();
    this.#histograms.begin(table);
    this.#arrange.arranging.restore();
  }

  updateShape(shape: TableShape): void {
    this.#state.updateShape(shape);
  }

  updateProgress(progress: TableProgress): void {
    this.#state.updateProgress(progress);
  }

  /** Shows a sentence in the footer and reads it out. */
  say(sentence: string): void {
    this.#footer.say(sentence);
    this.#announcer.say(sentence);
  }

  /** The file could not be read in another way. */
  readingStayed(): void {
    this.#footer.showReading();
  }

  /** Runs a command that VS Code sent. */
  run(command: GridCommand): void {
    this.#carryOut(command);
    if (openingCommands.has(command.command)) this.#typedAhead.passOn();
  }

  #carryOut(command: GridCommand): void {
    switch (command.command) {
      case "find":
        this.#find.open();
        break;
      case "findNext":
        this.#find.goOn("next");
        break;
      case "findPrevious":
        this.#find.goOn("previous");
        break;
      case "goToRow":
        this.#goToRow.open();
        break;
      case "goToColumn":
        this.#goToColumn.open();
        break;
      case "showAllColumns":
        this.#state.arrange((layout) => layout.showAll());
        break;
      case "showDetail":
        this.#detail.open();
        break;
      case "chooseColumns":
        this.#chooser.open();
        break;
      case "revealInText":
        this.#menus.revealInText();
        break;
      case "selectAll":
        this.#state.select((selection) => selection.selectAll());
        break;
      case "saveSelection":
        this.#copier.save();
        break;
      case "toggleHistograms":
        this.#toggleHistograms();
        break;
      case "profile":
        this.#profile.open(command.columns);
        break;
      case "copy":
        this.#copier.copy(command.format);
        break;
    }
  }

  /** The choice is kept for other tables. */
  #toggleHistograms(): void {
    const shown = !this.#histograms.areShown;
    this.#histograms.show(shown);
    this.#link.ask("keepHistograms", { shown }).catch(() => undefined);
  }

  #buildMenus(): TableMenus {
    return new TableMenus(this.#link, this.#state, this.#view, {
      copier: this.#copier,
      run: (command) => this.run(command),
      say: (sentence) => this.say(sentence),
      findInColumn: (index) => this.#find.open(index),
      fitColumn: (index) => this.#fitColumn(index),
      arrange: this.#arrange,
      histograms: this.#histograms,
    });
  }

  #connect(): void {
    const actions: GridActions = {
      showDetail: () => this.#detail.open(),
      openColumnMenu: (index) => this.#menus.openForColumn(index),
      openCellMenu: (at) => this.#menus.openForCells(at),
      fitColumn: (index) => this.#fitColumn(index),
      cycleSort: (index, adds) => this.#arrange.cycle(index, adds),
      toggleSort: (index, descending) => this.#arrange.toggle(index, descending),
      openFilter: (index) => this.#arrange.openFilter(index),
      leave: () => {
        if (this.#detail.isOpen) this.#detail.close();
        else this.#find.close();
      },
    };
    listenToKeys(this.#view.grid, this.#state, actions);
    showCutTitles(this.#view.rows.element);
    new RowsPointer(this.#state, this.#view, actions);
    new HeaderPointer(this.#state, this.#view, actions);
    keepWithHost(this.#link, this.#state);
    this.#state.changes.add((change) => {
      // A hidden column is first fitted when it is shown.
      if (change === "paint" || change === "shape" || change === "layout") fitNewColumns(this.#state, this.#measure);
    });
    fitNewColumns(this.#state, this.#measure);
    const bars = element(
      "div",
      { class: "bars" },
      this.#find.bar.element,
      this.#goToRow.element,
      this.#goToColumn.element,
      this.#arrange.chips.element,
    );
    const panes = [this.#detail.element, this.#chooser.element, this.#arrange.pane.element, this.#profile.element];
    const middle = element("div", { class: "middle" }, this.#view.element, ...panes);
    this.element.append(this.#heading, bars, middle, this.#footer.element);
    this.#listenToCopy();
    this.#listenToSelectAll();
  }

  /**
   * VS Code's Select All selects everything that the page shows. In the grid, the cells are meant, which have a key of
   * their own; in a text, that text is meant.
   */
  #listenToSelectAll(): void {
    document.addEventListener("selectstart", (event) => {
      const { activeElement, body, documentElement } = document;
      if (event.target !== body && event.target !== documentElement && event.target !== document) return;
      event.preventDefault();
      if (activeElement?.matches("pre") === true) getSelection()?.selectAllChildren(activeElement);
    });
  }

  /** Ctrl+C and VS Code's copy command cause this event. The browser copies text that is selected elsewhere. */
  #listenToCopy(): void {
    document.addEventListener("copy", (event) => {
      const target = document.activeElement;
      if (target === null || !this.#view.grid.contains(target)) return;
      event.preventDefault();
      this.#copier.copy("text");
    });
  }

  #fitColumn(index: number): void {
    const width = fittingWidth(this.#state, this.#measure, index);
    this.#state.arrange((layout) => layout.setWidth(index, width));
  }

  #resetLayout(): void {
    this.#state.arrange((layout) => layout.reset());
    fitNewColumns(this.#state, this.#measure);
  }
}
