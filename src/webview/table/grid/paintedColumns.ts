import type { ColumnType } from "../../../table/tableTypes.ts";
import type { GridState } from "../state/gridState.ts";

export interface PaintedColumn {
  readonly slot: number;
  readonly index: number;
  readonly pinned: boolean;
  /** Pixels from the left of the pinned or of the scrolled columns. */
  readonly left: number;
  readonly width: number;
  readonly type: ColumnType;
}

/** Columns to paint. If nothing changed, the lists are the same objects as before, so that rows notice. */
export interface PaintedColumns {
  readonly inView: readonly PaintedColumn[];
  /** Including the focused column even if it is out of view, so that its cell keeps the focus. */
  readonly withFocus: readonly PaintedColumn[];
}

export class ColumnsInView {
  #key = "";
  #painted: PaintedColumns = { inView: [], withFocus: [] };

  current(state: GridState): PaintedColumns {
    const { layout, horizontal } = state;
    const { from, to } = layout.visible(horizontal.left, horizontal.viewWidth);
    const { slot } = state.selection.focus;
    const key = [state.shape.version, layout.version, from, to, slot].join();
    if (key === this.#key) return this.#painted;
    this.#key = key;
    const inView: PaintedColumn[] = [];
    for (let pinned = 0; pinned < layout.pinnedCount; pinned += 1) inView.push(paintedColumn(state, pinned));
    for (let scrolled = from; scrolled < to; scrolled += 1) inView.push(paintedColumn(state, scrolled));
    const focusInView = slot < layout.pinnedCount || (slot >= from && slot < to);
    const withFocus = focusInView || slot >= layout.shown.length ? inView : [...inView, paintedColumn(state, slot)];
    this.#painted = this.#unchanged({ inView, withFocus });
    return this.#painted;
  }

  /** If only the focus moved, rows without it needn't look at their columns again. */
  #unchanged(columns: PaintedColumns): PaintedColumns {
    const before = this.#painted.inView;
    const same =
      before.length === columns.inView.length && before.every((column, n) => isSame(column, columns.inView[n]));
    if (!same) return columns;
    return { inView: before, withFocus: columns.withFocus === columns.inView ? before : columns.withFocus };
  }
}

function paintedColumn({ layout }: GridState, slot: number): PaintedColumn {
  const index = layout.shown[slot] ?? 0;
  return {
    slot,
    index,
    pinned: slot < layout.pinnedCount,
    left: layout.left(slot),
    width: layout.width(index),
    type: layout.columns[index]?.type ?? "text",
  };
}

function isSame(one: PaintedColumn, other: PaintedColumn | undefined): boolean {
  return (
    one.slot === other?.slot &&
    one.index === other.index &&
    one.pinned === other.pinned &&
    one.left === other.left &&
    one.width === other.width &&
    one.type === other.type
  );
}
