import type { Row } from "../../../table/tableTypes.ts";
import { element, setAttribute } from "../element.ts";
import { type CellState, cellStateOf } from "../state/cellState.ts";
import { cellStateInWords } from "../wording.ts";
import { writeCellText } from "./cellText.ts";
import type { PaintedColumn } from "./paintedColumns.ts";

/** What find marks. `version` increases with every change. */
export interface Marks {
  readonly version: number;
  readonly regex?: RegExp | undefined;
  /** The index of the only column with marks; undefined for all. */
  readonly column?: number | undefined;
}

/**
 * A cell's element. Remembers what it shows, because writing the same again would take as long as writing something
 * new.
 */
export class CellView {
  readonly element = element("div", { class: "cell", role: "gridcell", "aria-selected": "false" });
  #column: PaintedColumn | undefined;
  #number = -1;
  #row: Row | undefined;
  #index = -1;
  #marks = -1;
  #look = "";
  #selected = false;
  #focused = false;

  /** Moves to a column, which decides its place, width and alignment. */
  moveTo(column: PaintedColumn): void {
    if (column === this.#column) return;
    this.#column = column;
    const { element: cell } = this;
    cell.style.left = `${column.left}px`;
    cell.style.width = `${column.width}px`;
    cell.dataset["column"] = String(column.index);
    cell.setAttribute("aria-colindex", String(column.slot + 2));
  }

  /**
   * @param row undefined if it hasn't arrived yet
   * @param index the index of the value in `row.cells`
   */
  show(number: number, row: Row | undefined, index: number, marks: Marks): void {
    if (number !== this.#number) {
      this.#number = number;
      this.element.dataset["row"] = String(number);
    }
    if (row === this.#row && index === this.#index && marks.version === this.#marks) return;
    this.#row = row;
    this.#index = index;
    this.#marks = marks.version;
    this.#write(cellStateOf(row, index, this.#column?.index ?? 0), row, marks);
  }

  select(selected: boolean, focused: boolean): void {
    if (selected !== this.#selected) {
      this.#selected = selected;
      this.element.setAttribute("aria-selected", String(selected));
    }
    if (focused === this.#focused) return;
    this.#focused = focused;
    if (focused) this.element.tabIndex = 0;
    else this.element.removeAttribute("tabindex");
  }

  #write(state: CellState, row: Row | undefined, marks: Marks): void {
    const { element: cell } = this;
    this.#dress(state);
    setAttribute(cell, "aria-label", state === "text" || state === "pending" ? undefined : cellStateInWords(state));
    const text = row?.cells[this.#index] ?? "";
    if (state === "text") {
      const marked = marks.column === undefined || marks.column === this.#column?.index;
      writeCellText(cell, text, row?.cut?.includes(this.#index) === true, marked ? marks.regex : undefined);
    } else if (state === "null") cell.replaceChildren(element("span", { class: "null-sign" }, text));
    else if (state === "unread") cell.textContent = cellStateInWords(state);
    else if (cell.firstChild) cell.textContent = "";
  }

  #dress(state: CellState): void {
    const look = `cell ${this.#column?.type ?? "text"} ${state}`;
    if (look === this.#look) return;
    this.#look = look;
    this.element.className = look;
  }
}
