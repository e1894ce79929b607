import { element } from "../element.ts";

const testedCells = 2;

/** Widths of texts in the font of the cells. */
export class TextMeasure {
  readonly #context: CanvasRenderingContext2D | null;

  constructor() {
    this.#context = document.createElement("canvas").getContext("2d");
    const sample = element("div", { class: "grid" });
    document.body.append(sample);
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(sample);
    sample.remove();
    if (this.#context) this.#context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  }

  /** In pixels. */
  width(text: string): number {
    return this.#context?.measureText(text).width ?? text.length * 8;
  }

  /** The widest of some texts. Only the longest are measured: there may be thousands of columns. */
  widest(texts: readonly string[]): number {
    const longest = texts.toSorted((one, other) => other.length - one.length).slice(0, testedCells);
    return Math.max(0, ...longest.map((text) => this.width(text)));
  }
}
