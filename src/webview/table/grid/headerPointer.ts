import { element } from "../element.ts";
import { headerRow } from "../state/selection.ts";
import type { GridActions } from "./gridKeyboard.ts";
import type { GridState } from "../state/gridState.ts";
import type { GridView } from "./gridView.ts";

/** How far the pointer has to move before a press becomes a drag. */
const dragThreshold = 5;

/** The header under the mouse: select, resize, fit, reorder, menu. */
export class HeaderPointer {
  readonly #state: GridState;
  readonly #view: GridView;
  readonly #actions: GridActions;
  readonly #dropMark = element("div", { class: "drop-mark", "aria-hidden": "true" });

  constructor(state: GridState, view: GridView, actions: GridActions) {
    this.#state = state;
    this.#view = view;
    this.#actions = actions;
    const head = view.header.element;
    head.append(this.#dropMark);
    this.#dropMark.hidden = true;
    head.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.#press(event);
    });
    head.addEventListener("dblclick", (event) => {
      const index = resizedBy(event.target);
      if (index !== undefined) actions.fitColumn(index);
    });
    head.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      const index = columnIndexOf(event.target);
      if (index !== undefined) actions.openColumnMenu(index);
    });
  }

  #press(event: PointerEvent): void {
    event.preventDefault();
    const index = columnIndexOf(event.target);
    const resized = resizedBy(event.target);
    if (resized !== undefined) this.#resize(event, resized);
    else if (index === undefined) {
      this.#state.select((selection) => selection.selectAll());
      this.#view.focus();
    } else if (isOn(event.target, ".sort-handle")) this.#actions.cycleSort(index, event.shiftKey);
    else if (isOn(event.target, ".filter-mark")) this.#actions.openFilter(index);
    else if (isOn(event.target, ".menu-handle")) this.#actions.openColumnMenu(index);
    else this.#selectOrDrag(event, index);
  }

  #selectOrDrag(event: PointerEvent, index: number): void {
    const slot = this.#state.layout.slotOf(index);
    this.#state.select((selection) => {
      if (event.shiftKey) {
        selection.extendTo({ row: Math.max(0, selection.focus.row), slot });
        selection.widen("columns");
      } else selection.selectColumn(slot, this.#state.size.rows > 0 ? this.#topRow() : headerRow);
    });
    this.#view.focus();
    let target: number | undefined;
    this.#follow(
      event,
      (moved) => {
        if (target === undefined && Math.abs(moved.clientX - event.clientX) < dragThreshold) return;
        target = this.#targetUnder(moved, index);
        this.#showDropMark(target, index);
      },
      () => {
        this.#dropMark.hidden = true;
        const to = target;
        if (to === undefined) return;
        this.#state.arrange((layout) => layout.move(index, to));
      },
    );
  }

  /** When a column is selected, a row in view gets the focus, so that the view doesn't jump at the next key. */
  #topRow(): number {
    const { row } = this.#state.selection.focus;
    const { from, to } = this.#state.vertical.visible;
    return row >= from && row < to ? row : from;
  }

  #resize(event: PointerEvent, index: number): void {
    const width = this.#state.layout.width(index);
    this.#follow(event, (moved) =>
      this.#state.arrange((layout) => layout.setWidth(index, width + moved.clientX - event.clientX)),
    );
  }

  #follow(event: PointerEvent, onMove: (moved: PointerEvent) => void, onEnd?: () => void): void {
    const head = this.#view.header.element;
    head.setPointerCapture(event.pointerId);
    head.addEventListener("pointermove", onMove);
    head.addEventListener(
      "lostpointercapture",
      () => {
        head.removeEventListener("pointermove", onMove);
        onEnd?.();
      },
      { once: true },
    );
  }

  #targetUnder(event: PointerEvent, index: number): number {
    const { layout, horizontal } = this.#state;
    const x = event.clientX - this.#view.header.element.getBoundingClientRect().left - this.#view.numbersWidth;
    return layout.isPinned(index) ? layout.pinnedAt(x) : layout.scrolledAt(x - layout.pinnedWidth + horizontal.left);
  }

  #showDropMark(target: number, index: number): void {
    const { layout, horizontal } = this.#state;
    const after = target > layout.slotOf(index);
    const edge = layout.left(target) + (after ? layout.width(layout.shown[target] ?? 0) : 0);
    const start = layout.isPinned(index) ? this.#view.numbersWidth : this.#view.scrolledStart - horizontal.left;
    this.#dropMark.hidden = false;
    this.#dropMark.style.left = `${start + edge - 1}px`;
  }
}

function isOn(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

/** The index of the column that is resized from here. */
function resizedBy(target: EventTarget | null): number | undefined {
  const handle = target instanceof Element ? target.closest<HTMLElement>("[data-resizes]") : null;
  const index = handle?.dataset["resizes"];
  return index === undefined ? undefined : Number(index);
}

function columnIndexOf(target: EventTarget | null): number | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>(".header-cell") : null;
  const index = cell?.dataset["column"];
  return index === undefined ? undefined : Number(index);
}
