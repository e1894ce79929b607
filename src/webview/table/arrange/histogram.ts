import { t } from "@vscode/l10n";
import { element } from "../element.ts";
import type { HistogramBar } from "../messages.ts";
import { numberInWords } from "../wording.ts";

/** How often ranges of values occur. Dragging over the bars chooses a range; with the keyboard, its ends are typed. */
export class Histogram {
  readonly element = element("div", { class: "histogram", "aria-hidden": "true" });
  readonly #onRange: (from: string, to: string) => void;
  #bars: readonly HistogramBar[] = [];

  constructor(onRange: (from: string, to: string) => void) {
    this.#onRange = onRange;
    this.element.hidden = true;
    this.element.addEventListener("pointerdown", (event) => this.#drag(event));
  }

  show(bars: readonly HistogramBar[]): void {
    this.#bars = bars;
    this.element.hidden = bars.length < 2;
    const most = bars.reduce((highest, { count }) => Math.max(highest, count), 1);
    this.element.replaceChildren(
      ...bars.map(({ from, to, count }) => {
        const bar = element("div", { class: "histogram-bar" }, element("div", { class: "histogram-height" }));
        bar.title = t("{0} to {1}: {2} rows", from, to, numberInWords(count));
        bar.style.setProperty("--height", String(count / most));
        return bar;
      }),
    );
  }

  #drag(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const first = this.#barAt(event.clientX);
    const choose = (x: number): void => this.#choose(first, this.#barAt(x));
    choose(event.clientX);
    this.element.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent): void => choose(moved.clientX);
    this.element.addEventListener("pointermove", move);
    const end = (): void => this.element.removeEventListener("pointermove", move);
    this.element.addEventListener("lostpointercapture", end, { once: true });
  }

  #barAt(x: number): number {
    const { left, width } = this.element.getBoundingClientRect();
    const share = (x - left) / Math.max(1, width);
    return Math.max(0, Math.min(this.#bars.length - 1, Math.floor(share * this.#bars.length)));
  }

  #choose(one: number, other: number): void {
    const first = Math.min(one, other);
    const last = Math.max(one, other);
    for (const [at, bar] of [...this.element.children].entries()) {
      bar.classList.toggle("chosen", at >= first && at <= last);
    }
    this.#onRange(this.#bars[first]?.from ?? "", this.#bars[last]?.to ?? "");
  }
}
