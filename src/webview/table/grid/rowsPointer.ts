import { type GridCell, isInside } from "../state/selection.ts";
import type { GridActions } from "./gridKeyboard.ts";
import { type GridState, rowHeight } from "../state/gridState.ts";
import type { GridView } from "./gridView.ts";

/** What is under the pointer. */
interface Pointed extends GridCell {
  readonly onNumbers: boolean;
}

/** Selecting with the mouse: cells, and rows by their numbers. Dragging out of the view scrolls. */
export class RowsPointer {
  readonly #state: GridState;
  readonly #view: GridView;
  #dragged: { readonly rows: boolean; event: PointerEvent } | undefined;

  constructor(state: GridState, view: GridView, actions: GridActions) {
    this.#state = state;
    this.#view = view;
    const body = view.rows.element;
    body.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.#press(event);
    });
    body.addEventListener("dblclick", (event) => {
      if (!this.#pointed(event).onNumbers) actions.showDetail();
    });
    body.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      const pointed = this.#pointed(event);
      if (!isInside(state.selection.area(state.size), pointed.row, pointed.slot)) this.#select(pointed, false);
      view.focus();
      actions.openCellMenu({ x: event.clientX, y: event.clientY });
    });
  }

  #press(event: PointerEvent): void {
    event.preventDefault();
    if (this.#state.size.rows === 0) return;
    const pointed = this.#pointed(event);
    this.#select(pointed, event.shiftKey);
    this.#view.focus();
    const body = this.#view.rows.element;
    body.setPointerCapture(event.pointerId);
    this.#dragged = { rows: pointed.onNumbers, event };
    const drag = (moved: PointerEvent) => {
      if (this.#dragged) this.#dragged.event = moved;
      this.#extend(moved);
    };
    body.addEventListener("pointermove", drag);
    body.addEventListener(
      "lostpointercapture",
      () => {
        this.#dragged = undefined;
        body.removeEventListener("pointermove", drag);
      },
      { once: true },
    );
    requestAnimationFrame(() => this.#scrollAlong());
  }

  #select({ row, slot, onNumbers }: Pointed, extend: boolean): void {
    this.#state.select((selection) => {
      if (extend) selection.extendTo({ row, slot });
      else if (onNumbers) selection.selectRow(row);
      else selection.moveTo({ row, slot });
    });
  }

  #extend(event: PointerEvent): void {
    const { row, slot } = this.#pointed(event);
    const { focus } = this.#state.selection;
    const cell = { row, slot: this.#dragged?.rows === true ? focus.slot : slot };
    if (cell.row === focus.row && cell.slot === focus.slot) return;
    this.#state.select((selection) => selection.extendTo(cell));
  }

  /** Scrolls while the pointer is held outside of the rows; the further away, the faster. */
  #scrollAlong(): void {
    if (this.#dragged === undefined) return;
    const { event } = this.#dragged;
    const { top, bottom, left, right } = this.#view.rows.element.getBoundingClientRect();
    const beyond = (at: number, low: number, high: number) => (at < low ? at - low : at > high ? at - high : 0);
    const x = beyond(event.clientX, left + this.#view.scrolledStart, right);
    const y = beyond(event.clientY, top, bottom);
    const sideways = this.#dragged.rows || (x < 0 && event.clientX >= left) ? 0 : x;
    if (y !== 0 || sideways !== 0) {
      this.#state.scroll((vertical, horizontal) => {
        vertical.scrollBy(y / 2);
        horizontal.scrollBy(sideways / 4);
      });
      this.#extend(event);
    }
    requestAnimationFrame(() => this.#scrollAlong());
  }

  #pointed(event: MouseEvent): Pointed {
    const { layout, vertical, horizontal, size } = this.#state;
    const bounds = this.#view.rows.element.getBoundingClientRect();
    const y = Math.min(bounds.height - 1, Math.max(0, event.clientY - bounds.top));
    const x = Math.min(bounds.width - 1, event.clientX - bounds.left) - this.#view.numbersWidth;
    const row = Math.min(size.rows - 1, Math.floor((Math.round(vertical.top) + y) / rowHeight));
    if (x < 0) return { row, slot: this.#state.selection.focus.slot, onNumbers: true };
    const inPinned = x < layout.pinnedWidth;
    const scrolledX = x - layout.pinnedWidth + horizontal.left;
    const slot = inPinned ? layout.pinnedAt(x) : layout.scrolledAt(scrolledX);
    return { row, slot: Math.min(size.columns - 1, slot), onNumbers: false };
  }
}
