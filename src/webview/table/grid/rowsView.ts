import { element } from "../element.ts";
import { headerRow } from "../state/selection.ts";
import { inOrder } from "./domOrder.ts";
import { rowHeight } from "../state/gridState.ts";
import type { PaintedColumns } from "./paintedColumns.ts";
import { type RowPaint, RowView } from "./rowView.ts";

/** Rows are placed relative to a base row. When they are further away from it than this, another base is used. */
const furthestFromBase = 5000;

/** The last row whose values were painted, -1 for none. */
export interface PaintedRows {
  readonly last: number;
}

/**
 * The rows in view. Elements of rows that scroll out of view are reused for rows that scroll in. The focused row keeps
 * its elements even out of view, so that scrolling never loses the focus.
 */
export class RowsView {
  readonly element = element("div", { class: "body", role: "rowgroup" });
  /** A layer for all rows. Scrolling moves the layer, and draws only rows that come into view. */
  readonly #canvas = element("div", { class: "canvas" });
  readonly #views = new Map<number, RowView>();
  /** The row at the top of the layer. */
  #base = 0;

  constructor() {
    this.element.append(this.#canvas);
  }

  paint(columns: PaintedColumns, paint: RowPaint, viewHeight: number): PaintedRows {
    const { vertical, selection, size } = paint.state;
    const { from, to, offset } = vertical.visible;
    const focusRow = selection.focus.row;
    const focusExists = focusRow !== headerRow && focusRow < size.rows;
    const focusAway = focusExists && (focusRow < from || focusRow >= to);
    const numbers = Array.from({ length: to - from }, (_, n) => from + n);
    if (focusAway) numbers.push(focusRow);
    this.#assign(numbers);
    if (Math.abs(from - this.#base) > furthestFromBase) this.#base = from;
    const top = (from - this.#base) * rowHeight + offset;
    this.#canvas.style.transform = `translateY(${-top}px)`;
    let last = -1;
    for (const number of numbers) {
      const away = top + (number < from ? -2 * rowHeight : viewHeight + rowHeight);
      const y = focusAway && number === focusRow ? away : (number - this.#base) * rowHeight;
      const list = number === focusRow ? columns.withFocus : columns.inView;
      const there = this.#views.get(number)?.show(number, y, list, paint) ?? false;
      if (there && number < to && number >= from) last = Math.max(last, number);
    }
    return { last };
  }

  cell(row: number, index: number): HTMLElement | undefined {
    return this.#views.get(row)?.cell(index);
  }

  /** Puts rows and cells in reading order. Takes a layout, so it is done when the view rests. */
  arrange(): void {
    const active = document.activeElement;
    const fixed = active !== null && this.element.contains(active) ? active : undefined;
    const views = [...this.#views].toSorted(([one], [other]) => one - other).map(([, view]) => view);
    inOrder(
      this.#canvas,
      views.map((view) => view.element),
      fixed,
    );
    for (const view of views) view.arrange(fixed);
  }

  #assign(numbers: readonly number[]): void {
    const wanted = new Set(numbers);
    const spare: RowView[] = [];
    for (const [number, view] of this.#views) {
      if (wanted.has(number)) continue;
      this.#views.delete(number);
      spare.push(view);
    }
    for (const number of numbers) {
      if (this.#views.has(number)) continue;
      const view = spare.pop() ?? new RowView();
      if (view.element.parentElement === null) this.#canvas.append(view.element);
      this.#views.set(number, view);
    }
    for (const view of spare) view.element.remove();
  }
}
