import { t } from "@vscode/l10n";
import { element, setAttribute } from "../element.ts";

const smallest = 15;
const largest = 85;
/** The change for an arrow key. All sizes are in percent of the room for grid and pane. */
const step = 5;

/** The line between grid and pane. Dragging it or pressing arrow keys resizes the pane; a double-click resets it. */
export class PaneSash {
  readonly element = element("div", {
    class: "pane-sash",
    role: "separator",
    tabindex: "0",
    "aria-valuemin": String(smallest),
    "aria-valuemax": String(largest),
    "aria-valuenow": "40",
  });
  readonly #pane: HTMLElement;
  readonly #onResized: (size: number | undefined) => void;
  #size: number | undefined;

  constructor(pane: HTMLElement, onResized: (size: number | undefined) => void) {
    this.#pane = pane;
    this.#onResized = onResized;
    this.element.setAttribute("aria-label", t("Resize the pane"));
    this.element.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.#drag(event);
    });
    this.element.addEventListener("dblclick", () => this.#resize(undefined));
    this.element.addEventListener("keydown", (event) => this.#press(event));
    this.element.addEventListener("focus", () => this.#describe());
  }

  /** In percent; undefined for the default size. */
  get size(): number | undefined {
    return this.#size;
  }

  set size(size: number | undefined) {
    this.#size = size === undefined ? undefined : Math.min(largest, Math.max(smallest, Math.round(size)));
    if (this.#size === undefined) this.#pane.style.removeProperty("flex-basis");
    else this.#pane.style.flexBasis = `${this.#size}%`;
  }

  #resize(size: number | undefined): void {
    this.size = size;
    this.#describe();
    this.#onResized(this.#size);
  }

  #drag(event: PointerEvent): void {
    event.preventDefault();
    this.element.focus();
    this.element.setPointerCapture(event.pointerId);
    const { left, top, width, height } = this.#room.getBoundingClientRect();
    const isBelow = this.#isBelow;
    const drag = ({ clientX, clientY }: PointerEvent) =>
      this.#resize(100 * (isBelow ? 1 - (clientY - top) / height : 1 - (clientX - left) / width));
    this.element.addEventListener("pointermove", drag);
    this.element.addEventListener("lostpointercapture", () => this.element.removeEventListener("pointermove", drag), {
      once: true,
    });
  }

  #press(event: KeyboardEvent): void {
    const [grow, shrink] = this.#isBelow ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    if (event.key === grow) this.#resize(this.#shownSize + step);
    else if (event.key === shrink) this.#resize(this.#shownSize - step);
    else return;
    event.preventDefault();
  }

  #describe(): void {
    setAttribute(this.element, "aria-orientation", this.#isBelow ? "horizontal" : "vertical");
    setAttribute(this.element, "aria-valuenow", String(Math.round(this.#shownSize)));
  }

  get #room(): HTMLElement {
    return this.#pane.parentElement ?? this.#pane;
  }

  /** Whether the pane is below the grid, as in a narrow window. */
  get #isBelow(): boolean {
    return getComputedStyle(this.#room).flexDirection === "column";
  }

  get #shownSize(): number {
    const { offsetWidth, offsetHeight } = this.#pane;
    return this.#isBelow
      ? (100 * offsetHeight) / Math.max(1, this.#room.offsetHeight)
      : (100 * offsetWidth) / Math.max(1, this.#room.offsetWidth);
  }
}
