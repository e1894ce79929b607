/** Takes text for the terminal. */
export type Write = (text: string) => void;

/** The text of one thing that runs. */
export interface Section {
  readonly write: Write;
  /** Nothing more comes; the next section's text may be shown. */
  end(): void;
}

/**
 * Shows the text of things that run side by side as if they had run one after the other: each section's text comes as
 * soon as all sections before it have ended, and at once from then on.
 */
export class Transcript {
  readonly #print: Write;
  readonly #waiting: { held: string; ended: boolean }[] = [];

  constructor(print: Write) {
    this.#print = print;
  }

  /** Adds a section below those that were added before. */
  section(): Section {
    const own = { held: "", ended: false };
    this.#waiting.push(own);
    return {
      write: (text) => {
        if (this.#waiting[0] === own) this.#print(text);
        else own.held += text;
      },
      end: () => {
        own.ended = true;
        this.#showEnded();
      },
    };
  }

  #showEnded(): void {
    while (this.#waiting.at(0)?.ended === true) {
      this.#waiting.shift();
      const next = this.#waiting.at(0);
      if (next === undefined) return;
      this.#print(next.held);
      next.held = "";
    }
  }
}
