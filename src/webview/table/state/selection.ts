/** A cell in the grid. Row -1 is the header; positions count the shown columns. */
export interface CellPlace {
  readonly row: number;
  readonly position: number;
}

/** Rows and positions, first and last included. */
export interface SelectedArea {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromPosition: number;
  readonly toPosition: number;
}

/** How many rows and shown columns there are. */
export interface TableSize {
  readonly rows: number;
  readonly columns: number;
}

export const headerRow = -1;

type Extent = "cells" | "rows" | "columns" | "all";

/** The cell with the focus, and the rectangle between it and the anchor, or whole rows or columns of it. */
export class Selection {
  #anchor: CellPlace = { row: 0, position: 0 };
  #focus: CellPlace = { row: 0, position: 0 };
  #extent: Extent = "cells";

  get focus(): CellPlace {
    return this.#focus;
  }

  /** Only the focused cell. */
  get isSingle(): boolean {
    const { row, position } = this.#anchor;
    return this.#extent === "cells" && row === this.#focus.row && position === this.#focus.position;
  }

  /** Moves the focus; nothing else stays selected. */
  moveTo(place: CellPlace): void {
    this.#anchor = place;
    this.#focus = place;
    this.#extent = "cells";
  }

  /** Moves the focus and selects all from the anchor to it. Whole rows or columns stay whole. */
  extendTo(place: CellPlace): void {
    if (this.#extent === "all") this.#extent = "cells";
    if (this.#anchor.row === headerRow) this.#anchor = { ...this.#anchor, row: 0 };
    this.#focus = { row: Math.max(0, place.row), position: place.position };
  }

  selectRow(row: number): void {
    this.moveTo({ row, position: this.#focus.position });
    this.#extent = "rows";
  }

  selectColumn(position: number, row: number): void {
    this.moveTo({ row, position });
    this.#extent = "columns";
  }

  selectAll(): void {
    this.#extent = "all";
  }

  /** Whole rows (columns) of what is selected now. */
  widen(to: "rows" | "columns"): void {
    this.#extent = this.#extent === "all" || (this.#extent !== "cells" && this.#extent !== to) ? "all" : to;
  }

  /** Rows were counted wrongly before and are now `rows` further down. */
  shiftRows(rows: number): void {
    const shift = ({ row, position }: CellPlace) => ({ row: row < 0 ? row : Math.max(0, row + rows), position });
    this.#anchor = shift(this.#anchor);
    this.#focus = shift(this.#focus);
  }

  /** The table has this size now: what lies outside of it comes to its edge. */
  clamp(size: TableSize): void {
    const clamp = ({ row, position }: CellPlace) => ({
      row: Math.max(headerRow, Math.min(row, size.rows - 1)),
      position: Math.max(0, Math.min(position, size.columns - 1)),
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
      fromPosition: wholeRows ? 0 : Math.min(this.#anchor.position, this.#focus.position),
      toPosition: wholeRows ? size.columns - 1 : Math.max(this.#anchor.position, this.#focus.position),
    };
  }
}

export function isInside(area: SelectedArea, row: number, position: number): boolean {
  return row >= area.fromRow && row <= area.toRow && position >= area.fromPosition && position <= area.toPosition;
}
