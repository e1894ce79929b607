import { Owner } from "../disposables.ts";

/** An age is told in minutes at the finest, once it is one. */
const stepMs = 60_000;

/** A view with rows that tell how long ago something was. */
export interface AgedView {
  isVisible(): boolean;
  hasAges(): boolean;
  /** Paints the rows whose age reads differently now. */
  repaintAges(): void;
}

/** Paints ages anew once a minute while somebody can see one: that time passes is no change that anybody tells. */
export class AgeRepaint extends Owner {
  readonly #view: AgedView;
  #timer: NodeJS.Timeout | undefined;

  constructor(view: AgedView) {
    super();
    this.#view = view;
    this.own({
      dispose: () => this.#cancel(),
    });
  }

  /** Sets the clock, or stops it, as things stand now. Call when there may be other rows. */
  plan(): void {
    if (!this.#isDue()) this.#cancel();
    else
      this.#timer ??= setTimeout(() => {
        this.#cancel();
        this.#view.repaintAges();
        this.plan();
      }, stepMs);
  }

  /** Call when the view came or went. One that comes back still has the ages from when it went. */
  visibilityChanged(): void {
    if (this.#isDue()) this.#view.repaintAges();
    this.plan();
  }

  #isDue(): boolean {
    return this.#view.isVisible() && this.#view.hasAges();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
