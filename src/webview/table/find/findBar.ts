import { t } from "@vscode/l10n";
import type { FindPattern } from "../../../table/tableTypes.ts";
import { Debounced } from "../debounced.ts";
import { button, element, setText } from "../element.ts";
import { icon } from "../icons.ts";
import { numberInWords } from "../wording.ts";
import type { FindBarState } from "./findBarState.ts";
import type { FindView } from "./findSession.ts";

const typingMs = 150;

export interface FindBarActions {
  /** Undefined: nothing to look for. */
  readonly search: (pattern: FindPattern | undefined) => void;
  readonly goOn: (direction: "next" | "previous") => void;
  readonly close: () => void;
}

/** A column to search in: its name, and its index in the file. */
export interface FindColumn {
  readonly name: string;
  readonly index: number;
}

/** Input, choices and count of a search. */
export class FindBar {
  readonly element: HTMLElement;
  readonly #actions: FindBarActions;
  readonly #input = element("input", { type: "text", class: "find-input", spellcheck: "false", autocomplete: "off" });
  readonly #scope = element("select", { class: "find-scope" });
  readonly #count = element("span", { class: "find-count" });
  readonly #message = element("div", { class: "bar-message", id: "find-message" });
  readonly #progress = element("div", { class: "thin-progress" });
  readonly #typed: Debounced;
  readonly #caseSensitive: HTMLButtonElement;
  readonly #wholeWord: HTMLButtonElement;
  readonly #regex: HTMLButtonElement;

  constructor(actions: FindBarActions) {
    this.#actions = actions;
    this.#typed = new Debounced(typingMs, () => this.#search());
    this.#caseSensitive = this.#toggle("Aa", t("Match case"));
    this.#wholeWord = this.#toggle("ab", t("Match whole word"), "whole-word");
    this.#regex = this.#toggle(".*", t("Use regular expression"));
    this.#input.setAttribute("aria-label", t("Find"));
    this.#input.placeholder = t("Find");
    this.#scope.setAttribute("aria-label", t("Columns to search"));
    this.element = element("div", { class: "bar find-bar", role: "search" }, ...this.#parts());
    this.element.setAttribute("aria-label", t("Find in the table"));
    this.element.hidden = true;
    this.#listen();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  get state(): FindBarState {
    const column = this.#scope.value;
    return {
      isOpen: this.isOpen,
      text: this.#input.value,
      regex: isPressed(this.#regex),
      caseSensitive: isPressed(this.#caseSensitive),
      wholeWord: isPressed(this.#wholeWord),
      ...(column !== "" && { column: Number(column) }),
    };
  }

  /** What is searched for; undefined for nothing. */
  get pattern(): FindPattern | undefined {
    const { text, regex, caseSensitive, wholeWord, column } = this.state;
    if (text === "") return undefined;
    return { text, regex, caseSensitive, wholeWord, ...(column !== undefined && { column }) };
  }

  /** The columns to choose from. The choice stays if it is one of them. */
  set columns(columns: readonly FindColumn[]) {
    const chosen = this.#scope.value;
    const options = columns.map(({ name, index }) => element("option", { value: String(index) }, name));
    this.#scope.replaceChildren(element("option", { value: "" }, t("All columns")), ...options);
    this.#choose(chosen);
  }

  /** Restores what was entered before, without searching. */
  restore(state: FindBarState): void {
    this.#input.value = state.text;
    press(this.#regex, state.regex);
    press(this.#caseSensitive, state.caseSensitive);
    press(this.#wholeWord, state.wholeWord);
    this.#choose(state.column === undefined ? "" : String(state.column));
    this.element.hidden = !state.isOpen;
  }

  /** Opens the bar, gives it the focus, and searches; with an index, only in that column. */
  open(onlyInColumn?: number): void {
    const wasOpen = this.isOpen;
    if (onlyInColumn !== undefined) this.#choose(String(onlyInColumn));
    this.element.hidden = false;
    this.#input.focus();
    this.#input.select();
    if (!wasOpen || onlyInColumn !== undefined) this.#search();
  }

  close(): void {
    this.element.hidden = true;
    this.#typed.cancel();
  }

  show(view: FindView): void {
    const { progress, problem } = view;
    setText(this.#count, countInWords(view));
    setText(this.#message, problem ?? "");
    this.#message.hidden = problem === undefined;
    this.#input.setAttribute("aria-invalid", String(problem !== undefined));
    if (problem === undefined) this.#input.removeAttribute("aria-describedby");
    else this.#input.setAttribute("aria-describedby", "find-message");
    const running = progress !== undefined && !progress.done && progress.stopped !== true;
    this.#progress.hidden = !running && !view.looking;
    const share = progress === undefined || progress.bytes === 0 ? 0 : progress.searchedBytes / progress.bytes;
    this.#progress.style.transform = `scaleX(${running ? share : 1})`;
  }

  #parts(): Node[] {
    return [
      element("div", { class: "find-field" }, this.#input, this.#caseSensitive, this.#wholeWord, this.#regex),
      this.#scope,
      this.#count,
      element(
        "div",
        { class: "bar-buttons" },
        this.#iconButton("up", t("Previous match (Shift+Enter)"), () => this.#actions.goOn("previous")),
        this.#iconButton("down", t("Next match (Enter)"), () => this.#actions.goOn("next")),
        this.#iconButton("close", t("Close (Escape)"), this.#actions.close),
      ),
      this.#message,
      this.#progress,
    ];
  }

  #listen(): void {
    this.#input.addEventListener("input", () => this.#typed.ask());
    this.#scope.addEventListener("change", () => this.#search());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#actions.close();
      else if (event.key === "Enter" && event.target === this.#input) {
        this.#actions.goOn(event.shiftKey ? "previous" : "next");
      } else return;
      event.preventDefault();
    });
  }

  #choose(column: string): void {
    this.#scope.value = column;
    if (this.#scope.selectedIndex < 0) this.#scope.value = "";
  }

  #search(): void {
    this.#typed.cancel();
    this.#actions.search(this.pattern);
  }

  #toggle(sign: string, label: string, look = ""): HTMLButtonElement {
    const names = { "aria-label": label, title: label };
    // The style sheet draws the sign, because it is a picture and not a second name.
    const built = button({ class: `toggle ${look}`, "data-sign": sign, "aria-pressed": "false", ...names }, "", () => {
      press(built, !isPressed(built));
      this.#search();
    });
    return built;
  }

  #iconButton(name: "up" | "down" | "close", label: string, act: () => void): HTMLButtonElement {
    return button({ class: "icon-button", "aria-label": label, title: label }, icon(name), act);
  }
}

function press(toggle: HTMLButtonElement, pressed: boolean): void {
  toggle.setAttribute("aria-pressed", String(pressed));
}

function isPressed(toggle: HTMLButtonElement): boolean {
  return toggle.getAttribute("aria-pressed") === "true";
}

/** "3 of 1,234", with a plus while the search is still running. */
function countInWords({ pattern, progress, current, problem, looking }: FindView): string {
  if (pattern === undefined || problem !== undefined) return "";
  if (progress === undefined) return t("Searching…");
  if (progress.stopped === true) return t("Search stopped: {0} found", numberInWords(progress.matches));
  if (progress.matches === 0) return progress.done && !looking ? t("No matches") : t("Searching…");
  const total = `${numberInWords(progress.matches)}${progress.done ? "" : "+"}`;
  if (current?.ordinal === undefined) return progress.matches === 1 ? t("1 match") : t("{0} matches", total);
  return t("{0} of {1}", numberInWords(current.ordinal + 1), total);
}
