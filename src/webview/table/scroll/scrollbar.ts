import { element } from "../element.ts";
import type { Thumb } from "../state/verticalScroll.ts";

export interface ScrollbarModel {
  thumb(track: number): Thumb | undefined;
  dragTo(start: number, track: number): void;
}

/**
 * A scrollbar of our own, because no element is as high as all rows. It is hidden from screen readers, which are told
 * the numbers of rows and columns; keys reach every cell.
 */
export class Scrollbar {
  readonly element: HTMLElement;
  readonly #thumb = element("div", { class: "thumb" });
  readonly #model: ScrollbarModel;
  readonly #vertical: boolean;
  #track = 0;

  constructor(orientation: "vertical" | "horizontal", model: ScrollbarModel) {
    this.#vertical = orientation === "vertical";
    this.#model = model;
    this.element = element("div", { class: `scrollbar ${orientation}`, "aria-hidden": "true" }, this.#thumb);
    this.element.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.#grab(event);
    });
  }

  /** `track`: the bar's length in pixels. */
  paint(track: number): void {
    this.#track = track;
    const thumb = this.#model.thumb(track);
    this.element.classList.toggle("idle", thumb === undefined);
    if (thumb === undefined) return;
    const { style } = this.#thumb;
    style.transform = this.#vertical ? `translateY(${thumb.start}px)` : `translateX(${thumb.start}px)`;
    style.setProperty(this.#vertical ? "height" : "width", `${thumb.size}px`);
  }

  /** Drags the thumb. A press on the track moves the thumb to the pointer first. */
  #grab(event: PointerEvent): void {
    const thumb = this.#model.thumb(this.#track);
    if (thumb === undefined) return;
    event.preventDefault();
    const pointed = this.#along(event);
    const onThumb = pointed >= thumb.start && pointed < thumb.start + thumb.size;
    const held = onThumb ? pointed - thumb.start : thumb.size / 2;
    const drag = (at: PointerEvent) => this.#model.dragTo(this.#along(at) - held, this.#track);
    if (!onThumb) drag(event);
    this.element.setPointerCapture(event.pointerId);
    this.element.classList.add("dragged");
    this.element.addEventListener("pointermove", drag);
    this.element.addEventListener(
      "lostpointercapture",
      () => {
        this.element.removeEventListener("pointermove", drag);
        this.element.classList.remove("dragged");
      },
      { once: true },
    );
  }

  #along(event: PointerEvent): number {
    const bounds = this.element.getBoundingClientRect();
    return this.#vertical ? event.clientY - bounds.top : event.clientX - bounds.left;
  }
}
