import { t } from "@vscode/l10n";
import { Debounced } from "../debounced.ts";
import { element, setText } from "../element.ts";
import { inPlainSigns } from "../invisibles.ts";
import type { ColumnValues } from "../messages.ts";
import { numberInWords } from "../wording.ts";

const typingMs = 200;
const longestShown = 200;

export type AskForValues = (contains: string, signal: AbortSignal) => Promise<ColumnValues>;

/** The values of a column with their counts, to tick or to paste. */
export class ValueList {
  readonly element = element("div", { class: "values" });
  readonly #search = element("input", { type: "text", class: "values-search", spellcheck: "false" });
  readonly #all = element("input", { type: "checkbox" });
  readonly #list = element("ul", { class: "chooser-list values-list" });
  readonly #note = element("div", { class: "chooser-note", role: "status" });
  readonly #typed = new Debounced(typingMs, () => void this.#load());
  readonly #ticked = new Set<string>();
  #ask: AskForValues | undefined;
  #running = new AbortController();
  #listed: ColumnValues["values"] = [];

  constructor() {
    this.#search.setAttribute("aria-label", t("Search values, or paste a list"));
    this.#search.placeholder = t("Search values, or paste a list");
    this.#list.setAttribute("aria-label", t("Values"));
    const allLabel = element("label", { class: "values-all" }, this.#all, t("Select all"));
    this.element.append(this.#search, allLabel, this.#list, this.#note);
    this.#search.addEventListener("input", () => this.#typed.ask());
    this.#search.addEventListener("paste", (event) => this.#paste(event));
    this.#all.addEventListener("change", () => {
      for (const { value } of this.#listed) {
        if (this.#all.checked) this.#ticked.add(value);
        else this.#ticked.delete(value);
      }
      this.#fill();
    });
  }

  get ticked(): readonly string[] {
    return [...this.#ticked];
  }

  /** @param ask undefined if values can't be listed */
  show(ticked: readonly string[], ask: AskForValues | undefined): void {
    this.#ticked.clear();
    for (const value of ticked) this.#ticked.add(value);
    this.#search.value = "";
    this.#ask = ask;
    this.#listed = [];
    this.#fill();
    void this.#load();
  }

  close(): void {
    this.#typed.cancel();
    this.#running.abort();
  }

  async #load(): Promise<void> {
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    if (this.#ask === undefined) return;
    setText(this.#note, t("Counting values…"));
    try {
      const { values, total } = await this.#ask(this.#search.value, running.signal);
      if (running.signal.aborted) return;
      this.#listed = values;
      this.#fill();
      const more = total - values.length;
      const none = values.length === 0 ? t("No matching values") : "";
      setText(this.#note, more > 0 ? t("{0} more. Type to search.", numberInWords(more)) : none);
    } catch (error) {
      if (!running.signal.aborted) setText(this.#note, error instanceof Error ? error.message : String(error));
    }
  }

  /** A text of several lines is a list of values, one per line. They are ticked even if they aren't listed. */
  #paste(event: ClipboardEvent): void {
    const lines = (event.clipboardData?.getData("text") ?? "").split(/\r\n|\n|\r/).filter((line) => line !== "");
    if (lines.length < 2) return;
    event.preventDefault();
    for (const line of lines) this.#ticked.add(line);
    this.#fill();
    setText(this.#note, t("{0} values pasted", numberInWords(lines.length)));
  }

  /** Ticked values that aren't listed come first, so that nothing is ticked out of sight. */
  #fill(): void {
    const listed = new Set(this.#listed.map(({ value }) => value));
    const others = this.#search.value === "" ? this.ticked.filter((value) => !listed.has(value)) : [];
    const entries = [
      ...others.slice(0, longestShown).map((value) => this.#entry(value)),
      ...this.#listed.map(({ value, count }) => this.#entry(value, count)),
    ];
    this.#list.replaceChildren(...entries);
    this.#showAll();
  }

  #showAll(): void {
    const ticked = this.#listed.filter(({ value }) => this.#ticked.has(value)).length;
    this.#all.checked = ticked > 0 && ticked === this.#listed.length;
    this.#all.indeterminate = ticked > 0 && ticked < this.#listed.length;
    this.#all.disabled = this.#listed.length === 0;
  }

  #entry(value: string, count?: number): HTMLElement {
    const box = element("input", { type: "checkbox" });
    box.checked = this.#ticked.has(value);
    box.addEventListener("change", () => {
      if (box.checked) this.#ticked.add(value);
      else this.#ticked.delete(value);
      this.#showAll();
    });
    const shown = value === "" ? t("(empty)") : inPlainSigns(value.slice(0, longestShown));
    const name = element("span", { class: value === "" ? "name record-word" : "name", title: shown }, shown);
    const counted = count === undefined ? [] : [element("span", { class: "value-count" }, numberInWords(count))];
    return element("li", {}, element("label", {}, box, name, ...counted));
  }
}
