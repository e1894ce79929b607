import type { TableProgress, TableShape } from "../../../table/tableTypes.ts";
import { type RowNumber, type RowPosition, rowPosition } from "../../../table/view/rowIdentity.ts";
import { ColumnLayout } from "./columnLayout.ts";
import { Listeners } from "../../../channel/listeners.ts";
import type { ArrangedRows, GridLayout, GridPosition, TabArrangement } from "../messages.ts";
import { RowSource, type RowSourceOptions } from "./rowSource.ts";
import { HorizontalScroll } from "./horizontalScroll.ts";
import { type Landing, VerticalScroll } from "./verticalScroll.ts";
import { type Motion, moved } from "./motions.ts";
import { type GridCell, headerRow, Selection, type TableSize } from "./selection.ts";

export const rowHeight = 22;

/** What changed. `paint`: only what the grid shows, for example by scrolling. */
export type GridChange = "paint" | "selection" | "layout" | "shape" | "progress";

export interface Table {
  readonly shape: TableShape;
  readonly progress: TableProgress;
  /** A row's position in the view has the same value as its number. */
  readonly isFileOrder: boolean;
  readonly arrangement?: TabArrangement;
  readonly layout?: GridLayout;
  readonly position?: GridPosition;
  /** The size of the detail pane that the user chose, in percent. */
  readonly detailSize?: number;
  /** Whether headers show histograms. Absent if columns can't be profiled. */
  readonly showsHistograms?: boolean;
}

/** How the grid requests rows and their positions. */
export interface GridRows extends Omit<RowSourceOptions, "onRows"> {
  /** Undefined for a row that is not part of the view. */
  readonly positionOf: (row: RowNumber, signal: AbortSignal) => Promise<RowPosition | undefined>;
}

/** What the grid shows, without painting it: columns, rows, scroll position and selection. */
export class GridState {
  readonly changes = new Listeners<GridChange>();
  readonly vertical = new VerticalScroll(rowHeight);
  readonly horizontal = new HorizontalScroll();
  readonly selection = new Selection();
  readonly rows: RowSource;
  readonly #positionOf: GridRows["positionOf"];
  /** Looks for the row where the view starts; aborted as soon as the view goes somewhere else. */
  #beginning = new AbortController();
  #isFileOrder: boolean;
  #arrangement: TabArrangement;
  #shape: TableShape;
  #progress: TableProgress;
  #layout: ColumnLayout;
  /** Whether to bring the focused cell into view once the size of the view is known. */
  #revealsFocus = false;
  #width = 0;
  #height = 0;

  constructor(table: Table, rows: GridRows) {
    this.#positionOf = rows.positionOf;
    this.#isFileOrder = table.isFileOrder;
    this.#arrangement = table.arrangement ?? {};
    this.rows = new RowSource({
      ...rows,
      onRows: () => this.changes.tell("paint"),
    });
    this.#shape = table.shape;
    this.#progress = table.progress;
    this.#layout = new ColumnLayout(table.shape.columns, table.layout);
    this.begin(table);
  }

  get shape(): TableShape {
    return this.#shape;
  }

  get progress(): TableProgress {
    return this.#progress;
  }

  get layout(): ColumnLayout {
    return this.#layout;
  }

  /** The width of the view for pinned and scrolled columns together, in pixels. */
  get width(): number {
    return this.#width;
  }

  get size(): TableSize {
    return { rows: this.#progress.rows, columns: this.#layout.shown.length };
  }

  /** The column index of the focused cell. */
  get focusColumn(): number {
    return this.#layout.shown[this.selection.focus.slot] ?? 0;
  }

  /** Starts over with a table that was read again, at its top or where the user was. */
  begin(table: Table): void {
    this.#shape = table.shape;
    this.#progress = table.progress;
    this.#layout = new ColumnLayout(table.shape.columns, table.layout);
    this.#isFileOrder = table.isFileOrder;
    this.#arrangement = table.arrangement ?? {};
    this.rows.reset(table.shape.columns.length, table.progress, table.isFileOrder);
    this.vertical.setRows(table.progress.rows);
    this.vertical.scrollTo(0);
    this.horizontal.scrollTo(0);
    this.#beginAt(table.position);
    this.#height = 0;
    this.changes.tell("shape");
  }

  /** How the rows are sorted and filtered. */
  get arrangement(): TabArrangement {
    return this.#arrangement;
  }

  /**
   * The same rows in another order, or other rows. After a change of the filter, the row of the focus stays in view. A
   * new order is shown from its beginning.
   */
  rearrange({ progress, isFileOrder, applied, position }: ArrangedRows): void {
    this.#beginning.abort();
    const sortBefore = JSON.stringify(this.#arrangement.applied?.sort ?? []);
    const keepsRow = position !== null && JSON.stringify(applied?.sort ?? []) === sortBefore;
    const { whyNot, listsValues } = this.#arrangement;
    this.#arrangement = {
      ...(whyNot !== undefined && { whyNot }),
      ...(listsValues !== undefined && { listsValues }),
      ...(applied !== null && { applied }),
    };
    this.#isFileOrder = isFileOrder;
    this.#progress = progress;
    this.rows.reset(this.#shape.columns.length, progress, isFileOrder);
    this.vertical.setRows(progress.rows);
    const { row, slot } = this.selection.focus;
    if (row !== headerRow) this.selection.moveTo({ row: keepsRow ? position : 0, slot });
    this.selection.clamp(this.size);
    if (row !== headerRow && keepsRow) this.vertical.scrollToRow(position, "settled");
    else this.vertical.scrollTo(0);
    this.changes.tell("shape");
  }

  /** Undefined for a row that is not part of the view; waits for the index to reach the row. */
  positionOf(row: RowNumber, signal: AbortSignal): Promise<RowPosition | undefined> {
    return this.#positionOf(row, signal);
  }

  /** Something next to the grid takes some of its room. The focused cell must not be what goes out of view. */
  keepFocusInView(): void {
    this.#revealsFocus = true;
  }

  /** Sets the size of the view in pixels. The width is for pinned and scrolled columns together. */
  resize(width: number, height: number): void {
    this.vertical.setViewHeight(height);
    this.horizontal.setWidths(width - this.#layout.pinnedWidth, this.#layout.scrolledWidth);
    const changed = width !== this.#width || height !== this.#height;
    this.#width = width;
    this.#height = height;
    if (!changed || !this.#revealsFocus) return;
    this.#revealsFocus = false;
    this.reveal("settled");
  }

  /** Columns were added or types were corrected. With another version of the rows, everything starts over. */
  updateShape(shape: TableShape): void {
    if (shape.version < this.#shape.version) return;
    if (shape.version > this.#shape.version) {
      const progress = { ...this.#progress, version: shape.version };
      const { isFileOrder, arrangement } = { isFileOrder: this.#isFileOrder, arrangement: this.#arrangement };
      this.begin({ shape, progress, isFileOrder, arrangement });
      return;
    }
    const moreColumns = shape.columns.length !== this.#shape.columns.length;
    this.#shape = shape;
    this.#layout.update(shape.columns);
    if (moreColumns) this.rows.extend(shape.columns.length);
    this.changes.tell("shape");
  }

  /**
   * The index or the file grew. Rows in view stay where they are, except that a view at the end stays at the end. Until
   * the rows are counted, rows near the end are known by their distance from it.
   */
  updateProgress(progress: TableProgress): void {
    if (progress.version < this.#progress.version) return;
    const before = this.#progress;
    const wasAtEnd = this.vertical.isAtEnd;
    this.#progress = progress;
    this.rows.update(progress);
    this.vertical.setRows(progress.rows);
    if (wasAtEnd) {
      this.vertical.scrollToEnd();
      if (!before.exact) this.selection.shiftRows(progress.rows - before.rows);
    }
    this.selection.clamp(this.size);
    this.changes.tell("progress");
  }

  move(motion: Motion, extend: boolean): void {
    this.#beginning.abort();
    const { focus } = this.selection;
    const { from, offset } = this.vertical.visible;
    const topRow = offset > 0 && from + 1 < this.size.rows ? from + 1 : from;
    const cell = moved(focus, motion, { ...this.size, pageRows: this.vertical.pageRows, topRow });
    if (extend) this.selection.extendTo(cell);
    else this.selection.moveTo(cell);
    if (motion === "pageUp" || motion === "pageDown") {
      this.vertical.scrollBy((cell.row - focus.row) * rowHeight);
    }
    // Pinned columns are always in view, so revealing one doesn't scroll the others.
    if (motion === "rowStart" || motion === "tableStart") this.horizontal.scrollTo(0);
    this.reveal();
    this.changes.tell("selection");
  }

  /** Moves the focus to a cell and brings it into view. */
  goTo(cell: GridCell, landing: Landing = "nearest"): void {
    this.#beginning.abort();
    this.selection.moveTo(cell);
    this.selection.clamp(this.size);
    this.reveal(landing);
    this.changes.tell("selection");
  }

  /** Moves the focus to a column by its index, in the same row; a hidden column is shown. */
  goToColumn(index: number): void {
    if (this.#layout.isHidden(index)) this.arrange((layout) => layout.show(index));
    const { row } = this.selection.focus;
    this.goTo({ row, slot: Math.max(0, this.#layout.slotOf(index)) });
  }

  /** Brings the focused cell into view, both ways. */
  reveal(landing: Landing = "nearest"): void {
    const { row } = this.selection.focus;
    if (row !== headerRow) this.vertical.scrollToRow(row, landing);
    this.#revealColumn();
  }

  #revealColumn(): void {
    const { slot } = this.selection.focus;
    if (slot < this.#layout.pinnedCount) return;
    this.horizontal.reveal(this.#layout.left(slot), this.#layout.width(this.focusColumn));
  }

  #isColumnInView(): boolean {
    const { slot } = this.selection.focus;
    if (slot < this.#layout.pinnedCount) return false;
    return this.horizontal.holds(this.#layout.left(slot), this.#layout.width(this.focusColumn));
  }

  /** Changes the columns. The focus stays on its column, or moves to a neighbor of a column that is gone. */
  arrange(change: (layout: ColumnLayout) => void): void {
    const index = this.focusColumn;
    change(this.#layout);
    const slot = this.#layout.slotOf(index);
    const { row, slot: before } = this.selection.focus;
    if (slot !== before) this.selection.moveTo({ row, slot: slot >= 0 ? slot : before });
    this.selection.clamp(this.size);
    this.changes.tell("layout");
  }

  /** Sets widths that fit the values. If the focused cell's column was in view, it stays in view. */
  fit(widths: ReadonlyMap<number, number>): void {
    const wasInView = this.#isColumnInView();
    this.#layout.fitted(widths);
    this.horizontal.setWidths(this.horizontal.viewWidth, this.#layout.scrolledWidth);
    if (wasInView) this.#revealColumn();
    this.changes.tell("layout");
  }

  /** Scrolls. */
  scroll(act: (vertical: VerticalScroll, horizontal: HorizontalScroll) => void): void {
    this.#beginning.abort();
    act(this.vertical, this.horizontal);
    this.changes.tell("paint");
  }

  /** Changes the selection without moving the view. */
  select(act: (selection: Selection) => void): void {
    this.#beginning.abort();
    act(this.selection);
    this.selection.clamp(this.size);
    this.changes.tell("selection");
  }

  #beginAt(kept: GridPosition | undefined): void {
    this.#beginning.abort();
    this.#beginning = new AbortController();
    const slot = Math.max(0, this.#layout.slotOf(kept?.column ?? 0));
    const row = kept !== undefined && this.#isFileOrder ? rowPosition(kept.number) : 0;
    this.selection.moveTo({ row, slot });
    this.selection.clamp(this.size);
    this.#revealsFocus = kept !== undefined;
    if (kept !== undefined && !this.#isFileOrder) void this.#findBeginning(kept.number, this.#beginning.signal);
  }

  /**
   * In an order other than the file's, only the host knows where a row is. A row that the view doesn't have is ignored.
   */
  async #findBeginning(number: RowNumber, signal: AbortSignal): Promise<void> {
    const row = await this.#positionOf(number, signal).catch(() => undefined);
    if (row === undefined || signal.aborted) return;
    this.goTo({ row, slot: this.selection.focus.slot }, "settled");
  }
}
