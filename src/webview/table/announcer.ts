import { element } from "./element.ts";

/** Tells screen readers what others see somewhere on the page. */
export class Announcer {
  readonly element = element("div", { class: "unseen", role: "status", "aria-live": "polite" });

  say(sentence: string): void {
    // The same sentence would not be read out a second time.
    this.element.textContent = this.element.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }
}
