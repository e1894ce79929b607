import type { Column } from "../../../table/tableTypes.ts";
import type { GridLayout } from "../messages.ts";

export const narrowestColumn = 40;
export const widestColumn = 2000;
const unfittedWidth = 120;

/** Positions from `from` up to but not including `to`, in the order in which columns are shown. */
export interface PositionRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Which columns are shown, in which order, how wide and where. A `place` is a column's in the file, a `position` its
 * place among the shown ones, of which the pinned come first.
 */
export class ColumnLayout {
  #columns: readonly Column[];
  #keys: readonly string[];
  /** All places in the order in which a person arranged them. */
  #order: number[];
  #widths = new Map<number, number>();
  /** Widths that a person chose; those found by fitting are not kept. */
  #chosen = new Set<number>();
  #hidden = new Set<number>();
  #pinned: number[] = [];
  #shown: number[] = [];
  #positions: number[] = [];
  /** Left edges by position, one more than columns; pinned and scrolled ones both begin at 0. */
  #pinnedEdges: number[] = [0];
  #scrolledEdges: number[] = [0];
  #version = 0;

  constructor(columns: readonly Column[], kept?: GridLayout) {
    this.#columns = columns;
    this.#keys = columnKeys(columns);
    this.#order = columns.map((_, place) => place);
    if (kept) this.#restore(kept);
    this.#arrange();
  }

  get columns(): readonly Column[] {
    return this.#columns;
  }

  /** Rises with every change. */
  get version(): number {
    return this.#version;
  }

  /** Places of the shown columns by position. */
  get shown(): readonly number[] {
    return this.#shown;
  }

  /** All places, hidden ones too, as they are arranged. */
  get order(): readonly number[] {
    return [...this.#pinned, ...this.#order.filter((place) => !this.#pinned.includes(place))];
  }

  get hiddenCount(): number {
    return this.#hidden.size;
  }

  get pinnedCount(): number {
    return this.#pinnedEdges.length - 1;
  }

  get pinnedWidth(): number {
    return this.#pinnedEdges.at(-1) ?? 0;
  }

  get scrolledWidth(): number {
    return this.#scrolledEdges.at(-1) ?? 0;
  }

  /** -1 for a hidden one. */
  positionOf(place: number): number {
    return this.#positions[place] ?? -1;
  }

  isPinned(place: number): boolean {
    return this.#pinned.includes(place);
  }

  isHidden(place: number): boolean {
    return this.#hidden.has(place);
  }

  width(place: number): number {
    return this.#widths.get(place) ?? unfittedWidth;
  }

  /** The width was neither chosen nor fitted yet. */
  isUnfitted(place: number): boolean {
    return !this.#widths.has(place);
  }

  /** Pixels from the left edge of the pinned columns or, for the others, of the scrolled ones. */
  left(position: number): number {
    const pinned = this.pinnedCount;
    return (position < pinned ? this.#pinnedEdges[position] : this.#scrolledEdges[position - pinned]) ?? 0;
  }

  /** Scrolled columns that are at least partly between `left` and `left + width`. */
  visible(left: number, width: number): PositionRange {
    const from = this.scrolledAt(left);
    let to = from;
    while (to < this.#shown.length && this.left(to) < left + width) to += 1;
    return { from, to };
  }

  /** Position of the scrolled column over a pixel; the last one beyond the end. */
  scrolledAt(pixel: number): number {
    return this.pinnedCount + spanAt(this.#scrolledEdges, pixel);
  }

  /** Position of the pinned column over a pixel. */
  pinnedAt(pixel: number): number {
    return spanAt(this.#pinnedEdges, pixel);
  }

  setWidth(place: number, width: number): void {
    this.#widths.set(place, Math.min(widestColumn, Math.max(narrowestColumn, Math.round(width))));
    this.#chosen.add(place);
    this.#arrange();
  }

  /** Widths found by fitting; those that a person chose stay. */
  fitted(widths: ReadonlyMap<number, number>): void {
    for (const [place, width] of widths) {
      if (!this.#chosen.has(place)) this.#widths.set(place, width);
    }
    this.#arrange();
  }

  /** The last shown column can't be hidden. */
  hide(place: number): void {
    if (this.#shown.length <= 1 && this.positionOf(place) >= 0) return;
    this.#hidden.add(place);
    this.#arrange();
  }

  show(place: number): void {
    this.#hidden.delete(place);
    this.#arrange();
  }

  showAll(): void {
    this.#hidden.clear();
    this.#arrange();
  }

  pin(place: number): void {
    if (!this.isPinned(place)) this.#pinned.push(place);
    this.#arrange();
  }

  unpin(place: number): void {
    this.#pinned = this.#pinned.filter((other) => other !== place);
    this.#arrange();
  }

  /** Puts a shown column to another's position; pinned ones stay among the pinned, the others among the others. */
  move(place: number, position: number): void {
    const pinned = this.isPinned(place);
    const lowest = pinned ? 0 : this.pinnedCount;
    const highest = pinned ? this.pinnedCount - 1 : this.#shown.length - 1;
    const target = this.#shown[Math.min(highest, Math.max(lowest, position))];
    if (target === undefined || target === place || this.positionOf(place) < 0) return;
    const list = pinned ? this.#pinned : this.#order;
    const after = this.positionOf(target) > this.positionOf(place);
    list.splice(list.indexOf(place), 1);
    list.splice(list.indexOf(target) + (after ? 1 : 0), 0, place);
    this.#arrange();
  }

  /** Everything in the file's order again, nothing hidden or pinned, all widths to be fitted anew. */
  reset(): void {
    this.#order = this.#columns.map((_, place) => place);
    this.#hidden.clear();
    this.#pinned = [];
    this.#widths.clear();
    this.#chosen.clear();
    this.#arrange();
  }

  /** Further columns came at the end, or types were put right. */
  update(columns: readonly Column[]): void {
    const known = this.#columns.length;
    this.#columns = columns;
    this.#keys = columnKeys(columns);
    for (let place = known; place < columns.length; place += 1) this.#order.push(place);
    this.#arrange();
  }

  /** What is worth keeping for other files with the same columns. */
  kept(): GridLayout {
    const key = (place: number) => this.#keys[place] ?? "";
    return {
      widths: Object.fromEntries([...this.#chosen].map((place) => [key(place), this.width(place)])),
      order: this.#order.every((place, position) => place === position) ? [] : this.#order.map(key),
      hidden: [...this.#hidden].map(key),
      pinned: this.#pinned.map(key),
    };
  }

  #restore(kept: GridLayout): void {
    const places = new Map(this.#keys.map((key, place) => [key, place]));
    const known = (keys: readonly string[]) =>
      [...new Set(keys)].flatMap((key) => {
        const place = places.get(key);
        return place === undefined ? [] : [place];
      });
    const named = known(kept.order);
    const rest = new Set(named);
    this.#order = [...named, ...this.#order.filter((place) => !rest.has(place))];
    this.#hidden = new Set(known(kept.hidden));
    if (this.#hidden.size >= this.#columns.length) this.#hidden.clear();
    this.#pinned = known(kept.pinned);
    for (const place of known(Object.keys(kept.widths))) {
      const width = kept.widths[this.#keys[place] ?? ""] ?? unfittedWidth;
      this.#widths.set(place, Math.min(widestColumn, Math.max(narrowestColumn, width)));
      this.#chosen.add(place);
    }
  }

  #arrange(): void {
    const pinnedPlaces = new Set(this.#pinned);
    const pinned = this.#pinned.filter((place) => !this.#hidden.has(place));
    const scrolled = this.#order.filter((place) => !this.#hidden.has(place) && !pinnedPlaces.has(place));
    this.#shown = [...pinned, ...scrolled];
    this.#positions = this.#columns.map(() => -1);
    for (const [position, place] of this.#shown.entries()) this.#positions[place] = position;
    this.#pinnedEdges = this.#edges(pinned);
    this.#scrolledEdges = this.#edges(scrolled);
    this.#version += 1;
  }

  #edges(places: readonly number[]): number[] {
    const edges = [0];
    let right = 0;
    for (const place of places) edges.push((right += this.width(place)));
    return edges;
  }
}

/** Columns may share a name; the second one of a name is kept apart from the first. */
function columnKeys(columns: readonly Column[]): string[] {
  const seen = new Map<string, number>();
  return columns.map(({ name }) => {
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}\u0000${times}`;
  });
}

/** Which span between two neighbouring edges a pixel lies in; the first or last one outside of all. */
function spanAt(edges: readonly number[], pixel: number): number {
  let low = 0;
  let high = Math.max(0, edges.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] ?? 0) <= pixel) low = middle;
    else high = middle - 1;
  }
  return low;
}
