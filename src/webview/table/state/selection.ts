/** A cell in the grid. Row -1 is the header; a slot counts only shown columns. */
export interface GridCell {
  readonly row: number;
  readonly slot: number;
}

/** Rows and slots, first and last included. */
export interface SelectedArea {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromSlot: number;
  readonly toSlot: number;
}

/** How many rows and shown columns there are. */
export interface TableSize {
  readonly rows: number;
  readonly columns: number;
}

export const headerRow = -1;

type Extent = "cells" | "rows" | "columns" | "all";

/** The cell with the focus, and the rectangle between it and the anchor, or the rectangle's whole rows or columns. */
export class Selection {
  #anchor: GridCell = { row: 0, slot: 0 };
  #focus: GridCell = { row: 0, slot: 0 };
  #extent: Extent = "cells";

  get focus(): GridCell {
    return this.#focus;
  }

  /** Whether only the focused cell is selected. */
  get isSingle(): boolean {
    const { row, slot } = this.#anchor;
    return this.#extent === "cells" && row === this.#focus.row && slot === this.#focus.slot;
  }

  /** Moves the focus and selects only that cell. */
  moveTo(cell: GridCell): void {
    this.#anchor = cell;
    this.#focus = cell;
    this.#extent = "cells";
  }

  /** Moves the focus and selects everything between the anchor and it. Whole rows or columns stay whole. */
  extendTo(cell: GridCell): void {
    if (this.#extent === "all") this.#extent = "cells";
    if (this.#anchor.row === headerRow) this.#anchor = { ...this.#anchor, row: 0 };
    this.#focus = { row: Math.max(0, cell.row), slot: cell.slot };
  }

  selectRow(row: number): void {
    this.moveTo({ row, slot: this.#focus.slot });
    this.#extent = "rows";
  }

  selectColumn(slot: number, row: number): void {
    this.moveTo({ row, slot });
    this.#extent = "columns";
  }

  selectAll(): void {
    this.#extent = "all";
  }

  /** Extends the selection to whole rows or whole columns. */
  widen(to: "rows" | "columns"): void {
    this.#extent = this.#extent === "all" || (this.#extent !== "cells" && this.#extent !== to) ? "all" : to;
  }

  /** The count of rows was corrected, so that they are now `rows` further down. */
  shiftRows(rows: number): void {
    const shift = ({ row, slot }: GridCell) => ({ row: row < 0 ? row : Math.max(0, row + rows), slot });
    this.#anchor = shift(this.#anchor);
    this.#focus = shift(this.#focus);
  }

  /** The table has this size now. What is outside of it moves to the edge. */
  clamp(size: TableSize): void {
    const clamp = ({ row, slot }: GridCell) => ({
      row: Math.max(headerRow, Math.min(row, size.rows - 1)),
      slot: Math.max(0, Math.min(slot, size.columns - 1)),
    });
    this.#anchor = clamp(this.#anchor);
    this.#focus = clamp(this.#focus);
  }

  area(size: TableSize): SelectedArea {
    const wholeRows = this.#extent === "rows" || this.#extent === "all";
    const wholeColumns = this.#extent === "columns" || this.#extent === "all" || this.#focus.row === headerRow;
    return {
      fromRow: wholeColumns ? 0 : Math.max(0, Math.min(this.#anchor.row, this.#focus.row)),
      toRow: wholeColumns ? size.rows - 1 : Math.max(this.#anchor.row, this.#focus.row),
      fromSlot: wholeRows ? 0 : Math.min(this.#anchor.slot, this.#focus.slot),
      toSlot: wholeRows ? size.columns - 1 : Math.max(this.#anchor.slot, this.#focus.slot),
    };
  }
}

export function isInside(area: SelectedArea, row: number, slot: number): boolean {
  return row >= area.fromRow && row <= area.toRow && slot >= area.fromSlot && slot <= area.toSlot;
}
