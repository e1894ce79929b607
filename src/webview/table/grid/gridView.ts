import { t } from "@vscode/l10n";
import type { ColumnProfile } from "../../../model/queryContract.ts";
import { Debounced } from "../debounced.ts";
import { element, setAttribute, setText } from "../element.ts";
import { Scrollbar } from "../scroll/scrollbar.ts";
import { wheelPixels } from "../scroll/wheel.ts";
import { headerRow } from "../state/selection.ts";
import { numberInWords } from "../wording.ts";
import type { Marks } from "./cellView.ts";
import { type GridState, rowHeight } from "../state/gridState.ts";
import { HeaderView } from "./headerView.ts";
import { ColumnsInView, type PaintedColumns } from "./paintedColumns.ts";
import { RowsView } from "./rowsView.ts";
import type { TextMeasure } from "./textMeasure.ts";

/** How long the view has to rest before elements are put in reading order. */
const restMs = 200;
const rowNumberPadding = 18;

/** The grid's elements. Paints its `GridState` at most once per frame. */
export class GridView {
  readonly element: HTMLElement;
  readonly grid = element("div", {
    class: "grid",
    role: "grid",
    "aria-multiselectable": "true",
    "aria-readonly": "true",
  });
  readonly header = new HeaderView();
  readonly rows = new RowsView();
  readonly #state: GridState;
  readonly #measure: TextMeasure;
  readonly #verticalBar: Scrollbar;
  readonly #horizontalBar: Scrollbar;
  readonly #noRows = element("div", { class: "no-rows" });
  readonly #columns = new ColumnsInView();
  readonly #rest = new Debounced(restMs, () => {
    this.rows.arrange();
    this.header.arrange();
  });
  #marks: Marks = { version: 0 };
  #frame: number | undefined;
  #hasFocus = false;
  #width = 0;
  #height = 0;

  constructor(state: GridState, measure: TextMeasure) {
    this.#state = state;
    this.#measure = measure;
    this.#verticalBar = new Scrollbar("vertical", {
      thumb: (track) => state.vertical.thumb(track),
      dragTo: (start, track) => state.scroll((vertical) => vertical.dragTo(start, track)),
    });
    this.#horizontalBar = new Scrollbar("horizontal", {
      thumb: (track) => state.horizontal.thumb(track),
      dragTo: (start, track) => state.scroll((_, horizontal) => horizontal.dragTo(start, track)),
    });
    this.grid.append(this.header.element, this.rows.element);
    this.element = element(
      "div",
      { class: "grid-frame" },
      this.grid,
      this.#verticalBar.element,
      this.#horizontalBar.element,
      this.#noRows,
    );
    this.#listen();
  }

  /** The width of the row numbers, in pixels. */
  get numbersWidth(): number {
    const { progress, arrangement } = this.#state;
    const highest = Math.max(progress.rows, arrangement.applied?.fileRows ?? 0, 999);
    const widest = `${progress.exact ? "" : "~"}${numberInWords(highest)}`;
    return Math.ceil(this.#measure.width(widest)) + rowNumberPadding;
  }

  /** Pixels from the grid's left edge to the scrolled columns' view. */
  get scrolledStart(): number {
    return this.numbersWidth + this.#state.layout.pinnedWidth;
  }

  set marks(marks: Omit<Marks, "version">) {
    this.#marks = { ...marks, version: this.#marks.version + 1 };
    this.schedule();
  }

  /** Shows histograms in the headers; undefined: none. */
  setHistograms(profiles: ReadonlyMap<number, ColumnProfile> | undefined): void {
    this.header.histograms = profiles;
    this.element.classList.toggle("has-histograms", profiles !== undefined);
    this.schedule();
  }

  schedule(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#paint();
    });
  }

  focus(): void {
    this.#hasFocus = true;
    this.#giveFocus();
    this.schedule();
  }

  #listen(): void {
    this.#state.changes.add(() => this.schedule());
    new ResizeObserver(() => {
      this.#width = this.rows.element.clientWidth;
      this.#height = this.rows.element.clientHeight;
      this.schedule();
    }).observe(this.rows.element);
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const { x, y } = wheelPixels(event, rowHeight, this.#height);
      this.#state.scroll((vertical, horizontal) => {
        vertical.scrollBy(y);
        horizontal.scrollBy(x);
      });
    };
    this.element.addEventListener("wheel", wheel, { passive: false });
    // Not on `focusout`: painting may remove the focused element, and then gives the focus to another.
    document.addEventListener("focusin", ({ target }) => {
      this.#hasFocus = target instanceof Node && this.grid.contains(target);
    });
    window.addEventListener("focus", () => this.schedule());
  }

  #paint(): void {
    if (this.#height === 0) return;
    const state = this.#state;
    const numbersWidth = this.numbersWidth;
    this.element.style.setProperty("--numbers-width", `${numbersWidth}px`);
    state.resize(this.#width - numbersWidth, this.#height);
    const scrolledLeft = state.layout.pinnedWidth - state.horizontal.left;
    this.element.style.setProperty("--pinned-width", `${state.layout.pinnedWidth}px`);
    const columns = this.#columns.current(state);
    this.#need(columns);
    this.header.paint(columns, state, scrolledLeft);
    const paint = { state, marks: this.#marks, area: state.selection.area(state.size), scrolledLeft };
    const { last } = this.rows.paint(columns, paint, this.#height);
    this.#verticalBar.paint(this.#height);
    this.#horizontalBar.paint(this.#width);
    this.#tellPainted(last);
    this.#describe();
    this.#giveFocus();
    this.#rest.ask();
  }

  #need({ inView }: PaintedColumns): void {
    const { from, to } = this.#state.vertical.visible;
    this.#state.rows.need({ from, to, columns: inView.map(({ index }) => index) });
  }

  #describe(): void {
    const { size, progress, layout } = this.#state;
    setAttribute(this.grid, "aria-rowcount", progress.exact ? String(size.rows + 1) : "-1");
    setAttribute(this.grid, "aria-colcount", String(size.columns + 1));
    // Columns are fitted to the first rows. Until they arrive, the header would only jump.
    this.element.classList.toggle("waits", !document.body.dataset["painted"] && size.rows > 0);
    const isFiltered = (this.#state.arrangement.applied?.filter ?? null) !== null;
    setText(this.#noRows, isFiltered ? t("No row passes the filter") : t("No rows, only a header"));
    this.#noRows.hidden = size.rows > 0 || !progress.exact;
    this.element.classList.toggle("has-pinned", layout.pinnedCount > 0);
    this.element.classList.toggle("is-scrolled", this.#state.vertical.top > 0);
    this.element.classList.toggle("is-shifted", this.#state.horizontal.left > 0);
  }

  /** Never while another part of VS Code has the focus, because it would lose it. */
  #giveFocus(): void {
    if (!this.#hasFocus || !document.hasFocus()) return;
    const { row } = this.#state.selection.focus;
    const index = this.#state.focusColumn;
    const cell = row === headerRow ? this.header.cell(index) : this.rows.cell(row, index);
    if (cell !== document.activeElement) cell?.focus({ preventScroll: true });
  }

  /**
   * Writes what tests wait for into the page: that rows are painted, which is the last, and whether numbers are exact.
   */
  #tellPainted(last: number): void {
    const { dataset } = document.body;
    const { rows, exact } = this.#state.progress;
    dataset["exact"] = String(exact);
    if (last < 0 && !(rows === 0 && exact)) return;
    dataset["lastRow"] = String(last);
    if (dataset["painted"] === "rows") return;
    dataset["painted"] = "rows";
    performance.mark("table-painted");
  }
}
