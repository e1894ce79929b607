import { element } from "../element.ts";
import { isMacKeyboard, keyForAria, keyInWords, type KeyPress } from "../keys.ts";
import type { MenuEntry, MenuItem } from "./menuEntry.ts";

export interface MenuOptions {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** Where to open it, in pixels of the page. */
  readonly x: number;
  readonly y: number;
  /** Gives the focus back. */
  readonly onClosed: () => void;
}

const margin = 4;

let open: Menu | undefined;

/** Opens a menu; one that is open already is closed. */
export function openMenu(options: MenuOptions): void {
  open?.close(false);
  open = new Menu(options);
}

/** A menu with the usual keys: arrows, Home, End, first letters, Enter. Escape, Tab and a click elsewhere close it. */
class Menu {
  readonly #element: HTMLElement;
  readonly #items: { readonly button: HTMLElement; readonly item: MenuItem }[] = [];
  readonly #onClosed: () => void;
  readonly #closing = new AbortController();

  constructor({ label, entries, x, y, onClosed }: MenuOptions) {
    this.#onClosed = onClosed;
    this.#element = element("div", { class: "menu", role: "menu", "aria-label": label, tabindex: "-1" });
    for (const entry of entries) this.#element.append(this.#entry(entry));
    // Inside the page's landmark, like everything else.
    (document.querySelector("main") ?? document.body).append(this.#element);
    const { width, height } = this.#element.getBoundingClientRect();
    this.#element.style.left = `${Math.max(margin, Math.min(x, innerWidth - width - margin))}px`;
    this.#element.style.top = `${Math.max(margin, Math.min(y, innerHeight - height - margin))}px`;
    this.#listen();
    this.#focus(0);
  }

  close(giveBackFocus: boolean): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#element.remove();
    if (open === this) open = undefined;
    if (giveBackFocus) this.#onClosed();
  }

  #entry(entry: MenuEntry): HTMLElement {
    if (entry === "separator") return element("div", { class: "separator", role: "separator" });
    const button = element("div", { class: "menu-item", role: "menuitem", tabindex: "-1" }, entry.label);
    if (entry.key) showKey(button, entry.key);
    if (entry.disabled === true) button.setAttribute("aria-disabled", "true");
    button.addEventListener("click", () => this.#choose(entry));
    button.addEventListener("pointermove", () => button.focus({ preventScroll: true }));
    this.#items.push({ button, item: entry });
    return button;
  }

  #listen(): void {
    const { signal } = this.#closing;
    this.#element.addEventListener("keydown", (event) => this.#press(event));
    this.#element.addEventListener("contextmenu", (event) => event.preventDefault());
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && this.#element.contains(event.target)) return;
      this.close(false);
    };
    document.addEventListener("pointerdown", elsewhere, { capture: true, signal });
    window.addEventListener("wheel", elsewhere, { capture: true, signal });
    const closed = () => this.close(false);
    window.addEventListener("blur", closed, { signal });
    window.addEventListener("resize", closed, { signal });
  }

  #press(event: KeyboardEvent): void {
    const at = this.#items.findIndex(({ button }) => button === document.activeElement);
    const count = this.#items.length;
    if (event.key === "ArrowDown") this.#focus((at + 1) % count);
    else if (event.key === "ArrowUp") this.#focus((at + count - 1) % count);
    else if (event.key === "Home") this.#focus(0);
    else if (event.key === "End") this.#focus(count - 1);
    else if (event.key === "Escape" || event.key === "Tab" || event.key === "ArrowLeft") this.close(true);
    else if (event.key === "Enter" || event.key === " ") this.#choose(this.#items[at]?.item);
    else if (event.key.length === 1) this.#focusByLetter(event.key, at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(item: MenuItem | undefined): void {
    if (item === undefined || item.disabled === true) return;
    if (item.keepsOpen !== true) this.close(false);
    item.act();
    // Unless the chosen action moved the focus.
    if (document.activeElement === document.body) this.#onClosed();
  }

  #focusByLetter(letter: string, at: number): void {
    const after = [...this.#items.slice(at + 1), ...this.#items.slice(0, at + 1)];
    const found = after.find(({ item }) => item.label.toLowerCase().startsWith(letter.toLowerCase()));
    found?.button.focus({ preventScroll: true });
  }

  #focus(index: number): void {
    this.#items[index]?.button.focus({ preventScroll: true });
  }
}

function showKey(item: HTMLElement, key: KeyPress): void {
  const isMac = isMacKeyboard();
  item.setAttribute("aria-keyshortcuts", keyForAria(key, isMac));
  item.append(element("span", { class: "menu-key", "aria-hidden": "true" }, keyInWords(key, isMac)));
}
