import type { Column } from "../../../table/tableTypes.ts";
import type { GridLayout } from "../messages.ts";

export const narrowestColumn = 40;
export const widestColumn = 2000;
const unfittedWidth = 120;

/** Slots from `from` up to but not including `to`, in the order in which columns are shown. */
export interface SlotRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Which columns are shown, in which order, how wide and where. A column's index is its place in the file, its slot is
 * where it is shown: pinned columns first, then the others.
 */
export class ColumnLayout {
  #columns: readonly Column[];
  #keys: readonly string[];
  /** The indexes of all columns in the order that a person chose. */
  #order: number[];
  #widths = new Map<number, number>();
  /** Columns whose width a person chose. Widths that were fitted are not kept. */
  #chosen = new Set<number>();
  #hidden = new Set<number>();
  #pinned: number[] = [];
  #shown: number[] = [];
  #slots: number[] = [];
  /** Left edges by slot, plus the end of the last column. Pinned and scrolled columns each start at 0. */
  #pinnedEdges: number[] = [0];
  #scrolledEdges: number[] = [0];
  #version = 0;

  constructor(columns: readonly Column[], kept?: GridLayout) {
    this.#columns = columns;
    this.#keys = columnKeys(columns);
    this.#order = columns.map((_, index) => index);
    if (kept) this.#restore(kept);
    this.#arrange();
  }

  get columns(): readonly Column[] {
    return this.#columns;
  }

  /** Increases with every change. */
  get version(): number {
    return this.#version;
  }

  /** Indexes of the shown columns by slot. */
  get shown(): readonly number[] {
    return this.#shown;
  }

  /** The indexes of all columns as they are arranged, including hidden ones. */
  get order(): readonly number[] {
    return [...this.#pinned, ...this.#order.filter((index) => !this.#pinned.includes(index))];
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

  /** -1 for a hidden column. */
  slotOf(index: number): number {
    return this.#slots[index] ?? -1;
  }

  isPinned(index: number): boolean {
    return this.#pinned.includes(index);
  }

  isHidden(index: number): boolean {
    return this.#hidden.has(index);
  }

  width(index: number): number {
    return this.#widths.get(index) ?? unfittedWidth;
  }

  /** Whether the width has been neither chosen nor fitted. */
  isUnfitted(index: number): boolean {
    return !this.#widths.has(index);
  }

  /** Pixels from the left edge of the pinned columns or, for other columns, of the scrolled ones. */
  left(slot: number): number {
    const pinned = this.pinnedCount;
    return (slot < pinned ? this.#pinnedEdges[slot] : this.#scrolledEdges[slot - pinned]) ?? 0;
  }

  /** Scrolled columns that are at least partly between `left` and `left + width`. */
  visible(left: number, width: number): SlotRange {
    const from = this.scrolledAt(left);
    let to = from;
    while (to < this.#shown.length && this.left(to) < left + width) to += 1;
    return { from, to };
  }

  /** The slot of the scrolled column at a pixel; the last column for a pixel after it. */
  scrolledAt(pixel: number): number {
    return this.pinnedCount + spanAt(this.#scrolledEdges, pixel);
  }

  /** The slot of the pinned column at a pixel. */
  pinnedAt(pixel: number): number {
    return spanAt(this.#pinnedEdges, pixel);
  }

  setWidth(index: number, width: number): void {
    this.#widths.set(index, Math.min(widestColumn, Math.max(narrowestColumn, Math.round(width))));
    this.#chosen.add(index);
    this.#arrange();
  }

  /** Takes fitted widths, but not for columns whose width a person chose. */
  fitted(widths: ReadonlyMap<number, number>): void {
    for (const [index, width] of widths) {
      if (!this.#chosen.has(index)) this.#widths.set(index, width);
    }
    this.#arrange();
  }

  /** The last shown column can't be hidden. */
  hide(index: number): void {
    if (this.#shown.length <= 1 && this.slotOf(index) >= 0) return;
    this.#hidden.add(index);
    this.#arrange();
  }

  show(index: number): void {
    this.#hidden.delete(index);
    this.#arrange();
  }

  showAll(): void {
    this.#hidden.clear();
    this.#arrange();
  }

  pin(index: number): void {
    if (!this.isPinned(index)) this.#pinned.push(index);
    this.#arrange();
  }

  unpin(index: number): void {
    this.#pinned = this.#pinned.filter((other) => other !== index);
    this.#arrange();
  }

  /** Moves a shown column to a slot. Pinned columns stay among the pinned ones, and others among the others. */
  move(index: number, slot: number): void {
    const pinned = this.isPinned(index);
    const lowest = pinned ? 0 : this.pinnedCount;
    const highest = pinned ? this.pinnedCount - 1 : this.#shown.length - 1;
    const target = this.#shown[Math.min(highest, Math.max(lowest, slot))];
    if (target === undefined || target === index || this.slotOf(index) < 0) return;
    const list = pinned ? this.#pinned : this.#order;
    const after = this.slotOf(target) > this.slotOf(index);
    list.splice(list.indexOf(index), 1);
    list.splice(list.indexOf(target) + (after ? 1 : 0), 0, index);
    this.#arrange();
  }

  /**
   * Goes back to the file's order, shows all columns, unpins them, and forgets all widths so that they are fitted
   * again.
   */
  reset(): void {
    this.#order = this.#columns.map((_, index) => index);
    this.#hidden.clear();
    this.#pinned = [];
    this.#widths.clear();
    this.#chosen.clear();
    this.#arrange();
  }

  /** Columns were added at the end, or types were corrected. */
  update(columns: readonly Column[]): void {
    const known = this.#columns.length;
    this.#columns = columns;
    this.#keys = columnKeys(columns);
    for (let index = known; index < columns.length; index += 1) this.#order.push(index);
    this.#arrange();
  }

  /** What to keep for other files with the same columns. */
  kept(): GridLayout {
    const key = (index: number) => this.#keys[index] ?? "";
    return {
      widths: Object.fromEntries([...this.#chosen].map((index) => [key(index), this.width(index)])),
      order: this.#order.every((index, slot) => index === slot) ? [] : this.#order.map(key),
      hidden: [...this.#hidden].map(key),
      pinned: this.#pinned.map(key),
    };
  }

  #restore(kept: GridLayout): void {
    const indexes = new Map(this.#keys.map((key, index) => [key, index]));
    const known = (keys: readonly string[]) =>
      [...new Set(keys)].flatMap((key) => {
        const index = indexes.get(key);
        return index === undefined ? [] : [index];
      });
    const named = known(kept.order);
    const rest = new Set(named);
    this.#order = [...named, ...this.#order.filter((index) => !rest.has(index))];
    this.#hidden = new Set(known(kept.hidden));
    if (this.#hidden.size >= this.#columns.length) this.#hidden.clear();
    this.#pinned = known(kept.pinned);
    for (const index of known(Object.keys(kept.widths))) {
      const width = kept.widths[this.#keys[index] ?? ""] ?? unfittedWidth;
      this.#widths.set(index, Math.min(widestColumn, Math.max(narrowestColumn, width)));
      this.#chosen.add(index);
    }
  }

  #arrange(): void {
    const pinnedIndexes = new Set(this.#pinned);
    const pinned = this.#pinned.filter((index) => !this.#hidden.has(index));
    const scrolled = this.#order.filter((index) => !this.#hidden.has(index) && !pinnedIndexes.has(index));
    this.#shown = [...pinned, ...scrolled];
    this.#slots = this.#columns.map(() => -1);
    for (const [slot, index] of this.#shown.entries()) this.#slots[index] = slot;
    this.#pinnedEdges = this.#edges(pinned);
    this.#scrolledEdges = this.#edges(scrolled);
    this.#version += 1;
  }

  #edges(indexes: readonly number[]): number[] {
    const edges = [0];
    let right = 0;
    for (const index of indexes) edges.push((right += this.width(index)));
    return edges;
  }
}

/** Columns may share a name, so the second one with a name gets a key of its own. */
function columnKeys(columns: readonly Column[]): string[] {
  const seen = new Map<string, number>();
  return columns.map(({ name }) => {
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}\u0000${times}`;
  });
}

/** The index of the span between two edges that contains a pixel; the first or last span for a pixel outside of all. */
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
