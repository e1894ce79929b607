/** Where the thumb of a scrollbar is in its track, in pixels. */
export interface Thumb {
  readonly start: number;
  readonly size: number;
}

/** Rows that are at least partly in view. */
export interface VisibleRows {
  readonly from: number;
  /** The row after the last. */
  readonly to: number;
  /** How much of row `from` is above the view, in whole pixels so that text stays sharp. */
  readonly offset: number;
}

/** `nearest` scrolls as little as possible; `settled` not at all if the row is in view, otherwise to the middle. */
export type Landing = "nearest" | "middle" | "settled";

const smallestThumb = 24;

/**
 * Scrolling over any number of rows of one height. Browsers cap an element's height (Chromium at 33,554,428 px, which
 * is 1.5 million rows), so no element is that high: the position is a number, and the view shows the rows there.
 * Doubles hold it to a fraction of a pixel beyond 10¹² rows.
 */
export class VerticalScroll {
  readonly rowHeight: number;
  #rows = 0;
  #viewHeight = 0;
  #top = 0;

  constructor(rowHeight: number) {
    this.rowHeight = rowHeight;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Pixels between the top of the first row and the top of the view. */
  get top(): number {
    return this.#top;
  }

  get largestTop(): number {
    return Math.max(0, this.#rows * this.rowHeight - this.#viewHeight);
  }

  /** Whether the user scrolled down to the last row. False if everything is in view anyway. */
  get isAtEnd(): boolean {
    return this.#top > 0 && this.#top >= this.largestTop;
  }

  /** Whole rows that fit into the view, at least one. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#viewHeight / this.rowHeight));
  }

  get visible(): VisibleRows {
    const top = Math.round(this.#top);
    const from = Math.min(this.#rows, Math.floor(top / this.rowHeight));
    const to = Math.min(this.#rows, Math.ceil((top + this.#viewHeight) / this.rowHeight));
    return { from, to: Math.max(from, to), offset: top - from * this.rowHeight };
  }

  /** Rows may be added, or an estimate corrected. The rows in view stay unless they are gone. */
  setRows(rows: number): void {
    this.#rows = rows;
    this.scrollTo(this.#top);
  }

  setViewHeight(pixels: number): void {
    const wasAtEnd = this.isAtEnd;
    this.#viewHeight = pixels;
    this.scrollTo(wasAtEnd ? this.largestTop : this.#top);
  }

  scrollTo(top: number): void {
    this.#top = Math.min(this.largestTop, Math.max(0, top));
  }

  /** Keeps fractions of pixels, because a trackpad sends many small steps. */
  scrollBy(pixels: number): void {
    this.scrollTo(this.#top + pixels);
  }

  scrollToEnd(): void {
    this.scrollTo(this.largestTop);
  }

  /** Brings a row into view. */
  scrollToRow(row: number, landing: Landing): void {
    const upper = row * this.rowHeight;
    const lower = upper + this.rowHeight - this.#viewHeight;
    const inView = upper >= this.#top && lower <= this.#top;
    if (landing === "middle" || (landing === "settled" && !inView)) this.scrollTo((upper + lower) / 2);
    else if (upper < this.#top) this.scrollTo(upper);
    else if (lower > this.#top) this.scrollTo(lower);
  }

  /** Undefined when everything is in view. */
  thumb(trackLength: number): Thumb | undefined {
    return thumbOf(trackLength, this.#viewHeight, this.#rows * this.rowHeight, this.#top);
  }

  /** The thumb was dragged so that it begins at `start`. */
  dragTo(start: number, trackLength: number): void {
    this.scrollTo(draggedTo(start, trackLength, this.#viewHeight, this.#rows * this.rowHeight));
  }
}

/** @returns undefined when all of the content is in view, or the track is too short for a thumb */
export function thumbOf(track: number, view: number, content: number, position: number): Thumb | undefined {
  if (content <= view || track <= smallestThumb) return undefined;
  const size = Math.max(smallestThumb, Math.round((track * view) / content));
  return { size, start: ((track - size) * position) / (content - view) };
}

/** The scroll position for a thumb at `start`: exactly 0 and the largest position at the ends of the track. */
export function draggedTo(start: number, track: number, view: number, content: number): number {
  const thumb = thumbOf(track, view, content, 0);
  if (thumb === undefined) return 0;
  const share = Math.min(1, Math.max(0, start / (track - thumb.size)));
  return share * (content - view);
}
