/** How long after a shortcut VS Code may take to open a bar. */
const longestWaitMs = 2000;

/**
 * Keeps what is typed in the grid right after a shortcut. VS Code runs the shortcut's command, so the bar that it opens
 * has the focus only a moment later, and the first letters would be lost.
 */
export class TypedAhead {
  #shortcutAt = Number.NEGATIVE_INFINITY;
  /** A character each, and maybe Enter as the last one. */
  #typed: readonly string[] = [];

  constructor(grid: HTMLElement) {
    // Before the grid's own keys: a space in a text must not open the detail pane.
    grid.addEventListener("keydown", (event) => this.#follow(event), { capture: true });
  }

  /** Gives the text to the input that has the focus now, in place of the text in it. */
  passOn(): void {
    const typed = this.#isWaiting ? this.#typed : [];
    this.#forget();
    const input = document.activeElement;
    if (typed.length === 0 || !(input instanceof HTMLInputElement)) return;
    input.value = typed.filter((key) => key !== "Enter").join("");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    if (typed.includes("Enter")) {
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    }
  }

  get #isWaiting(): boolean {
    return performance.now() - this.#shortcutAt < longestWaitMs;
  }

  #follow(event: KeyboardEvent): void {
    if (isShortcut(event)) {
      this.#shortcutAt = performance.now();
      this.#typed = [];
    } else if (this.#isWaiting && !isModifier(event.key)) {
      const typed = typedAfter(this.#typed, event.key);
      if (typed === undefined) this.#forget();
      else {
        this.#typed = typed;
        event.preventDefault();
      }
    }
  }

  #forget(): void {
    this.#shortcutAt = Number.NEGATIVE_INFINITY;
    this.#typed = [];
  }
}

/** Keyboards type some characters with AltGr, which browsers on Windows report as Ctrl and Alt. */
function isShortcut(event: KeyboardEvent): boolean {
  if (isModifier(event.key) || event.getModifierState("AltGraph")) return false;
  return event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key);
}

function isModifier(key: string): boolean {
  return ["Control", "Shift", "Alt", "AltGraph", "Meta"].includes(key);
}

/** The keys after another one; undefined if that means something else. A first space or Enter is a key of the grid. */
function typedAfter(typed: readonly string[], key: string): readonly string[] | undefined {
  const isFirst = typed.length === 0;
  if (key === "Backspace" && !isFirst) return typed.slice(0, -1);
  const isText = /^.$/su.test(key) || key === "Enter";
  const isOfGrid = isFirst && (key === " " || key === "Enter");
  return isText && !isOfGrid && typed.at(-1) !== "Enter" ? [...typed, key] : undefined;
}
