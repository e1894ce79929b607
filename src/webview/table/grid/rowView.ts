import { t } from "@vscode/l10n";
import type { Row } from "../../../table/tableTypes.ts";
import { element, setAttribute } from "../element.ts";
import { isInside, type SelectedArea } from "../state/selection.ts";
import { numberInWords } from "../wording.ts";
import { inOrder } from "./domOrder.ts";
import { CellView, type Marks } from "./cellView.ts";
import type { GridState } from "../state/gridState.ts";
import type { PaintedColumn } from "./paintedColumns.ts";

/** What is the same for all rows of one paint. */
export interface RowPaint {
  readonly state: GridState;
  readonly marks: Marks;
  readonly area: SelectedArea;
  /** How far the scrolled columns are moved to the right, in pixels. */
  readonly scrolledLeft: number;
}

/** The elements of a row. They are reused for another row that scrolls into view. */
export class RowView {
  readonly element = element("div", { class: "row", role: "row" });
  readonly #number = element("div", { class: "row-number", role: "rowheader", "aria-colindex": "1" });
  readonly #pinned = element("div", { class: "pinned" });
  readonly #scrolled = element("div", { class: "scrolled" });
  readonly #cells = new Map<number, CellView>();
  readonly #spare: CellView[] = [];
  #columns: readonly PaintedColumn[] = [];
  #scrolledLeft = Number.NaN;
  #y = Number.NaN;
  #numberSays = "";

  constructor() {
    this.element.append(this.#number, this.#pinned, this.#scrolled);
  }

  /** @returns whether the row's values have arrived */
  show(position: number, y: number, columns: readonly PaintedColumn[], paint: RowPaint): boolean {
    this.#moveTo(y, paint.scrolledLeft);
    if (columns !== this.#columns) this.#divide(columns);
    const { state, marks, area } = paint;
    const { focus, isSingle } = state.selection;
    let first: Row | undefined;
    for (const column of columns) {
      const row = state.rows.row(position, column.index);
      first ??= row;
      const cell = this.#cells.get(column.index);
      if (cell === undefined) continue;
      cell.moveTo(column);
      cell.show(position, row, state.rows.indexIn(column.index), marks);
      const focused = position === focus.row && column.slot === focus.slot;
      cell.select(focused || isInside(area, position, column.slot), focused);
    }
    this.element.classList.toggle("odd", position % 2 === 1);
    const touched = position >= area.fromRow && position <= area.toRow;
    this.#number.classList.toggle("touched", touched && (!isSingle || position === focus.row));
    this.#showNumber(position, first, state);
    return first !== undefined;
  }

  cell(index: number): HTMLElement | undefined {
    return this.#cells.get(index)?.element;
  }

  /** Puts the cells in order for people who read them one after another. */
  arrange(fixed: Element | undefined): void {
    for (const [layer, pinned] of [[this.#pinned, true] as const, [this.#scrolled, false] as const]) {
      const ordered = this.#columns
        .filter((column) => column.pinned === pinned)
        .toSorted((one, other) => one.slot - other.slot)
        .flatMap(({ index }) => this.cell(index) ?? []);
      inOrder(layer, ordered, fixed);
    }
  }

  #moveTo(y: number, scrolledLeft: number): void {
    if (y !== this.#y) {
      this.#y = y;
      this.element.style.transform = `translateY(${y}px)`;
    }
    if (scrolledLeft !== this.#scrolledLeft) {
      this.#scrolledLeft = scrolledLeft;
      this.#scrolled.style.transform = `translateX(${scrolledLeft}px)`;
    }
  }

  #divide(columns: readonly PaintedColumn[]): void {
    this.#columns = columns;
    const wanted = new Set(columns.map(({ index }) => index));
    for (const [index, cell] of this.#cells) {
      if (wanted.has(index)) continue;
      this.#cells.delete(index);
      this.#spare.push(cell);
    }
    for (const { index, pinned } of columns) {
      const cell = this.#cells.get(index) ?? this.#spare.pop() ?? new CellView();
      this.#cells.set(index, cell);
      const layer = pinned ? this.#pinned : this.#scrolled;
      if (cell.element.parentElement !== layer) layer.append(cell.element);
    }
    for (const cell of this.#spare.splice(0)) cell.element.remove();
  }

  #showNumber(position: number, row: Row | undefined, { rows, shape }: GridState): void {
    const provisional = rows.isProvisional(position);
    const number = rows.numberAt(position);
    const surplus = (row?.cells.length ?? 0) - shape.columns.length;
    const says = number === undefined ? "" : `${provisional ? "~" : ""}${numberInWords(number + 1)}`;
    const key = `${position} ${says} ${row?.malformed === true} ${surplus > 0 ? surplus : ""}`;
    if (key === this.#numberSays) return;
    this.#numberSays = key;
    this.#number.textContent = says;
    this.element.setAttribute("aria-rowindex", String(position + 2));
    setAttribute(this.#number, "data-provisional", String(provisional));
    this.#number.classList.toggle("provisional", provisional);
    this.#number.classList.toggle("marked", row?.malformed === true || surplus > 0);
    setAttribute(this.#number, "title", titleOf(provisional, row?.malformed === true, surplus));
  }
}

function titleOf(provisional: boolean, malformed: boolean, surplus: number): string | undefined {
  const sentences: string[] = [];
  if (provisional) sentences.push(t("Estimated: the rows before this one are not counted yet."));
  if (malformed)
    sentences.push(t("Quotes or brackets in this row don't match, so its values may be split in the wrong places."));
  if (surplus > 0) sentences.push(t("This row has {0} more values than there are columns.", surplus));
  return sentences.length === 0 ? undefined : sentences.join("\n");
}
