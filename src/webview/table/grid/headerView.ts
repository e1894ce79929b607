import { t } from "@vscode/l10n";
import type { ColumnProfile } from "../../../model/queryContract.ts";
import { element, setAttribute, setText } from "../element.ts";
import { icon } from "../icons.ts";
import { type ColumnSort, partsOfColumn, sortOf } from "../state/arrangement.ts";
import { headerRow } from "../state/selection.ts";
import { columnName, numberInWords, typeInWords } from "../wording.ts";
import { headerBars, headerBarsInWords } from "./headerBars.ts";
import { inOrder } from "./domOrder.ts";
import type { GridState } from "../state/gridState.ts";
import type { PaintedColumn, PaintedColumns } from "./paintedColumns.ts";

interface HeaderCell {
  readonly element: HTMLElement;
  readonly type: HTMLElement;
  readonly name: HTMLElement;
  /**
   * The two halves of the handle that resizes a column. A cell clips what is outside of it, so each side has a half.
   */
  readonly resizes: HTMLElement;
  readonly resizesPrevious: HTMLElement;
  typeShown: string;
  readonly sorts: HTMLElement;
  readonly filters: HTMLElement;
  sortShown: string;
  readonly bars: HTMLElement;
  barsShown: ColumnProfile | undefined;
}

/** The names of the columns, which are always in view. */
export class HeaderView {
  readonly element = element("div", { class: "head", role: "rowgroup" });
  readonly #row = element("div", { class: "row", role: "row", "aria-rowindex": "1" });
  readonly #corner = element("div", { class: "row-number corner", role: "columnheader", "aria-colindex": "1" });
  readonly #pinned = element("div", { class: "pinned" });
  readonly #scrolled = element("div", { class: "scrolled" });
  readonly #cells = new Map<number, HeaderCell>();
  /** Profiles whose histograms are shown. Undefined: none are. */
  histograms: ReadonlyMap<number, ColumnProfile> | undefined;

  constructor() {
    this.#corner.append(element("span", { class: "unseen" }, t("Row number")));
    this.#corner.title = t("Select all");
    this.#row.append(this.#corner, this.#pinned, this.#scrolled);
    this.element.append(this.#row);
  }

  paint(columns: PaintedColumns, state: GridState, scrolledLeft: number): void {
    const { focus } = state.selection;
    const inHeader = focus.row === headerRow;
    const painted = inHeader ? columns.withFocus : columns.inView;
    const wanted = new Set(painted.map(({ index }) => index));
    for (const [index, cell] of this.#cells) {
      if (wanted.has(index)) continue;
      this.#cells.delete(index);
      cell.element.remove();
    }
    const area = state.selection.area(state.size);
    for (const column of painted) {
      const cell = this.#cellOf(column);
      this.#show(cell, column, state);
      const focused = inHeader && column.slot === focus.slot;
      setAttribute(cell.element, "tabindex", focused ? "0" : undefined);
      const touched = column.slot >= area.fromSlot && column.slot <= area.toSlot;
      cell.element.classList.toggle("touched", touched);
    }
    this.#scrolled.style.transform = `translateX(${scrolledLeft}px)`;
  }

  cell(index: number): HTMLElement | undefined {
    return this.#cells.get(index)?.element;
  }

  arrange(): void {
    const active = document.activeElement;
    const fixed = active !== null && this.element.contains(active) ? active : undefined;
    for (const layer of [this.#pinned, this.#scrolled]) {
      const index = (child: Element) => Number(child.getAttribute("aria-colindex"));
      inOrder(
        layer,
        [...layer.children].toSorted((one, other) => index(one) - index(other)),
        fixed,
      );
    }
  }

  #cellOf({ index, pinned }: PaintedColumn): HeaderCell {
    const cell = this.#cells.get(index) ?? headerCell();
    this.#cells.set(index, cell);
    const layer = pinned ? this.#pinned : this.#scrolled;
    if (cell.element.parentElement !== layer) layer.append(cell.element);
    return cell;
  }

  #show(cell: HeaderCell, column: PaintedColumn, { layout, arrangement }: GridState): void {
    const name = columnName(layout.columns[column.index]?.name ?? "", column.index);
    const { style } = cell.element;
    style.left = `${column.left}px`;
    style.width = `${column.width}px`;
    setAttribute(cell.element, "data-column", String(column.index));
    setAttribute(cell.element, "aria-colindex", String(column.slot + 2));
    const previous = layout.shown[column.slot - 1];
    setAttribute(cell.resizesPrevious, "data-resizes", previous === undefined ? undefined : String(previous));
    setAttribute(cell.resizes, "data-resizes", String(column.index));
    setText(cell.name, name);
    const { sort = [], filter = null } = arrangement.applied ?? {};
    const sorted = sortOf(sort, column.index);
    const isFiltered = partsOfColumn(filter, column.index).length > 0;
    showSort(cell, sorted, sort.length);
    cell.filters.hidden = !isFiltered;
    const profile = this.histograms?.get(column.index);
    showBars(cell, profile);
    const says = [
      name,
      typeInWords(column.type),
      ...(sorted === undefined ? [] : [sortInWords(sorted, sort.length)]),
      ...(isFiltered ? [t("filtered")] : []),
      ...(profile === undefined ? [] : [headerBarsInWords(profile)]),
    ].join(", ");
    setAttribute(cell.element, "aria-label", says);
    setAttribute(cell.element, "title", says);
    if (cell.typeShown === column.type) return;
    cell.typeShown = column.type;
    cell.type.replaceChildren(icon(column.type));
  }
}

/** The arrow of the column's direction, and its place among the keys if there are several. */
function showSort(cell: HeaderCell, sorted: ColumnSort | undefined, keys: number): void {
  const direction = sorted?.descending === true ? "descending" : "ascending";
  // Only one column at a time may have this attribute. The others say it in their name.
  setAttribute(cell.element, "aria-sort", sorted?.place === 0 ? direction : undefined);
  const shown = sorted === undefined ? "" : `${direction} ${keys > 1 ? sorted.place + 1 : ""}`;
  if (shown === cell.sortShown) return;
  cell.sortShown = shown;
  cell.sorts.classList.toggle("sorted", sorted !== undefined);
  const place = sorted !== undefined && keys > 1 ? [numberInWords(sorted.place + 1)] : [];
  cell.sorts.replaceChildren(icon(sorted === undefined ? "sort" : sorted.descending ? "down" : "up"), ...place);
}

function showBars(cell: HeaderCell, profile: ColumnProfile | undefined): void {
  if (profile === cell.barsShown) return;
  cell.barsShown = profile;
  cell.bars.replaceChildren(...(profile === undefined ? [] : [headerBars(profile)]));
}

function sortInWords({ descending, place }: ColumnSort, keys: number): string {
  const direction = descending ? t("sorted descending") : t("sorted ascending");
  return keys > 1 ? t("{0}, key {1}", direction, place + 1) : direction;
}

function headerCell(): HeaderCell {
  const type = element("span", { class: "type", "aria-hidden": "true" });
  const name = element("span", { class: "name" });
  const bars = element("span", { class: "header-bars", "aria-hidden": "true" });
  const resizes = element("span", { class: "resize-handle", "aria-hidden": "true" });
  const sorts = element("span", { class: "sort-handle", "aria-hidden": "true" }, icon("sort"));
  const filters = element("span", { class: "filter-mark", "aria-hidden": "true", hidden: "" }, icon("filter"));
  sorts.title = t("Sort. With Shift, sort by this column after the others.");
  filters.title = t("Change Filter");
  const resizesPrevious = element("span", { class: "resize-handle previous", "aria-hidden": "true" });
  const cell = element(
    "div",
    { class: "header-cell", role: "columnheader", "aria-haspopup": "menu" },
    type,
    name,
    filters,
    sorts,
    element("span", { class: "menu-handle", "aria-hidden": "true" }, icon("menu")),
    bars,
    resizesPrevious,
    resizes,
  );
  const shown = { typeShown: "", sortShown: "", barsShown: undefined };
  return { element: cell, type, name, resizes, resizesPrevious, sorts, filters, bars, ...shown };
}
