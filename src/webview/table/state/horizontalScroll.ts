import { draggedTo, type Thumb, thumbOf } from "./verticalScroll.ts";

/** Scrolling over the columns that are not pinned, in whole pixels. */
export class HorizontalScroll {
  #left = 0;
  #viewWidth = 0;
  #contentWidth = 0;

  get left(): number {
    return Math.round(this.#left);
  }

  get viewWidth(): number {
    return this.#viewWidth;
  }

  setWidths(viewWidth: number, contentWidth: number): void {
    this.#viewWidth = Math.max(0, viewWidth);
    this.#contentWidth = contentWidth;
    this.scrollTo(this.#left);
  }

  scrollTo(left: number): void {
    this.#left = Math.min(Math.max(0, this.#contentWidth - this.#viewWidth), Math.max(0, left));
  }

  scrollBy(pixels: number): void {
    this.scrollTo(this.#left + pixels);
  }

  /** Brings a span of pixels into view, at least its start. */
  reveal(left: number, width: number): void {
    if (left < this.#left || width > this.#viewWidth) this.scrollTo(left);
    else if (left + width > this.#left + this.#viewWidth) this.scrollTo(left + width - this.#viewWidth);
  }

  /** Whether a span of pixels is completely in view. */
  holds(left: number, width: number): boolean {
    return left >= this.#left && left + width <= this.#left + this.#viewWidth;
  }

  thumb(track: number): Thumb | undefined {
    return thumbOf(track, this.#viewWidth, this.#contentWidth, this.#left);
  }

  dragTo(start: number, track: number): void {
    this.scrollTo(draggedTo(start, track, this.#viewWidth, this.#contentWidth));
  }
}
