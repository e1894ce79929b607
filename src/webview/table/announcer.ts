import { element } from "./element.ts";

/** Says something to screen readers that a sighted person sees elsewhere. */
export class Announcer {
  readonly element = element("div", { class: "unseen", role: "status", "aria-live": "polite" });

  say(sentence: string): void {
    // The same sentence twice would not be read out twice.
    this.element.textContent = this.element.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }
}
