import { decode } from "fast-png";
import type { Locator, Page } from "playwright-core";
import { type Frame, gentleMove, type Picture, type Point } from "./film.ts";

const stepMs = 40;
/** The mouse takes longer for a long way, but not as much longer as the way is. */
const stepsForWay = (pixels: number): number => Math.round(4 + Math.sqrt(pixels) / 1.6);
const clickMs = 160;
const keyMs = 110;

/** Draws a mouse pointer over the page: a picture of a page has none. Works where the page allows no inline markup. */
const drawPointer = `(() => {
  const create = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const pointer = create("svg", { width: 18, height: 24, viewBox: "0 0 18 24" });
  const outline = "M1 1 L1 18.5 L5.2 14.6 L8 21.5 L11.2 20.2 L8.4 13.4 L14 13.4 Z";
  pointer.append(create("path", { d: outline, fill: "#111", stroke: "#fff", "stroke-width": 1.4, "stroke-linejoin": "round" }));
  Object.assign(pointer.style, { position: "fixed", left: "0", top: "0", zIndex: "2147483647", pointerEvents: "none" });
  document.body.append(pointer);
  globalThis.moveDrawnPointer = (x, y) => (pointer.style.transform = "translate(" + (x - 1) + "px, " + (y - 1) + "px)");
})()`;

/** Films a page while it is used like a person uses it: slowly enough to follow, and with a mouse that can be seen. */
export class Recorder {
  readonly frames: Frame[] = [];
  readonly #page: Page;
  #mouse: Point;

  private constructor(page: Page, mouse: Point) {
    this.#page = page;
    this.#mouse = mouse;
  }

  static async start(page: Page, mouse: Point): Promise<Recorder> {
    await page.evaluate(drawPointer);
    const recorder = new Recorder(page, mouse);
    await recorder.#putMouse(mouse);
    return recorder;
  }

  /** Shows the page as it is now for a time. */
  async hold(ms: number): Promise<void> {
    this.frames.push({ picture: await pictureOf(this.#page), ms });
  }

  /** Moves the mouse to the middle of something, or to a place in it, as seen from its upper left corner. */
  async moveTo(what: Locator, place?: Point): Promise<void> {
    const box = await what.boundingBox();
    if (box === null) throw new Error("The mouse can't be moved to what can't be seen.");
    const { x, y } = place ?? { x: box.width / 2, y: box.height / 2 };
    const end = { x: Math.round(box.x + x), y: Math.round(box.y + y) };
    const way = Math.hypot(end.x - this.#mouse.x, end.y - this.#mouse.y);
    for (const point of gentleMove(this.#mouse, end, stepsForWay(way))) {
      await this.#putMouse(point);
      await this.hold(stepMs);
    }
  }

  /** Clicks where the mouse is, and shows what has come of it when that can be seen. */
  async click(until: () => Promise<unknown>, button: "left" | "right" = "left"): Promise<void> {
    // A menu takes no click in its first moment.
    await this.hold(clickMs);
    await this.#page.mouse.down({ button });
    await this.#page.mouse.up({ button });
    await until();
  }

  /** Types a text letter by letter. */
  async type(text: string): Promise<void> {
    for (const letter of text) {
      await this.#page.keyboard.press(letter);
      await this.hold(keyMs);
    }
  }

  async #putMouse(point: Point): Promise<void> {
    await this.#page.mouse.move(point.x, point.y);
    await this.#page.evaluate(`moveDrawnPointer(${point.x}, ${point.y})`);
    this.#mouse = point;
  }
}

async function pictureOf(page: Page): Promise<Picture> {
  const { width, height, channels, data } = decode(await page.screenshot({ animations: "disabled" }));
  const pixels = Uint32Array.from({ length: width * height }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(at * channels, at * channels + 3);
    return (red << 16) | (green << 8) | blue;
  });
  return { width, height, pixels };
}
