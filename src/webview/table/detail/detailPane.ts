import { t } from "@vscode/l10n";
import type { CellText } from "../../../table/tableTypes.ts";
import type { RowNumber } from "../../../table/view/rowIdentity.ts";
import { Debounced } from "../debounced.ts";
import { button, element, setText } from "../element.ts";
import type { GridState } from "../state/gridState.ts";
import type { HostLink } from "../hostLink.ts";
import { icon, type IconName } from "../icons.ts";
import { withSigns } from "../signs.ts";
import { cellStateOf } from "../state/cellState.ts";
import { headerRow } from "../state/selection.ts";
import { columnName, numberInWords } from "../wording.ts";
import type { PageMemory } from "../pageMemory.ts";
import { type DetailState, toDetailState } from "./detailState.ts";
import { PaneSash } from "./paneSash.ts";
import { prettyJson } from "./prettyJson.ts";
import { recordList } from "./recordView.ts";

/** How long the focus has to rest on a cell before its value is requested. */
const restMs = 60;
/** More text at once would block the page. The rest is shown on demand. */
const shownAtOnce = 256 * 1024;

export interface DetailActions {
  readonly copyValue: () => void;
  /** The user chose a size in percent, or went back to the default size. */
  readonly onResized: (size: number | undefined) => void;
  /** Gives the focus back to the grid. */
  readonly onClosed: () => void;
}

export interface DetailParts {
  readonly link: HostLink;
  readonly memory: PageMemory;
}

/** The focused cell's whole value, or every field of its row. */
export class DetailPane {
  readonly element = element("section", { class: "detail" });
  readonly #link: HostLink;
  readonly #memory: PageMemory;
  readonly #state: GridState;
  readonly #actions: DetailActions;
  readonly #title = element("h2", { class: "detail-title" });
  readonly #place = element("span", { class: "detail-place" });
  readonly #note = element("div", { class: "detail-note" });
  readonly #text = element("pre", { class: "detail-text wrapped", tabindex: "0" });
  readonly #fields = element("div", { class: "detail-record", role: "group", tabindex: "0" });
  readonly #pretty: HTMLButtonElement;
  readonly #wrap: HTMLButtonElement;
  readonly #record: HTMLButtonElement;
  readonly #follow = new Debounced(restMs, () => {
    void this.#load();
  });
  readonly #sash: PaneSash;
  #loading = new AbortController();
  #value: CellText = { text: "" };

  constructor({ link, memory }: DetailParts, state: GridState, actions: DetailActions) {
    this.#link = link;
    this.#memory = memory;
    this.#state = state;
    this.#actions = actions;
    this.#sash = new PaneSash(this.element, actions.onResized);
    this.#pretty = this.#toggle("json", t("Format JSON"), true, () => this.#write());
    this.#wrap = this.#toggle("wrap", t("Wrap lines"), true, (pressed) =>
      this.#text.classList.toggle("wrapped", pressed),
    );
    this.#record = this.#toggle("record", t("Show whole record"), false, () => {
      this.#remember();
      void this.#load();
    });
    this.#build();
    state.changes.add((change) => {
      if (this.isOpen && (change === "selection" || change === "shape" || change === "layout")) this.#follow.ask();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Shows the pane as it was before the tab was hidden, without moving the focus. */
  restore(size: number | undefined): void {
    this.#sash.size = size;
    const kept = toDetailState(this.#memory.get("detail"));
    if (kept === undefined) return;
    this.#record.setAttribute("aria-pressed", String(kept.showsRecord));
    if (kept.isOpen) this.#show();
  }

  /** Opens and takes the focus, so that the value can be read and scrolled. */
  open(): void {
    this.#show();
    this.#remember();
    (this.#showsRecord ? this.#fields : this.#text).focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.#loading.abort();
    this.#follow.cancel();
    this.#remember();
    this.#actions.onClosed();
  }

  #remember(): void {
    const state: DetailState = { isOpen: this.isOpen, showsRecord: this.#showsRecord };
    this.#memory.set("detail", state);
  }

  #show(): void {
    if (!this.isOpen) this.#state.keepFocusInView();
    this.element.hidden = false;
    void this.#load();
  }

  #build(): void {
    const copy = this.#button("copy", t("Copy value"), this.#actions.copyValue);
    const close = this.#button("close", t("Close (Escape)"), () => this.close());
    this.element.setAttribute("aria-label", t("Details"));
    this.#text.setAttribute("aria-label", t("Value"));
    this.#text.setAttribute("role", "group");
    this.#fields.setAttribute("aria-label", t("Record"));
    this.element.append(
      this.#sash.element,
      element(
        "div",
        { class: "detail-head" },
        element("div", { class: "detail-names" }, this.#title, this.#place),
        this.#record,
        this.#pretty,
        this.#wrap,
        copy,
        close,
      ),
      this.#note,
      this.#text,
      this.#fields,
    );
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.close();
    });
  }

  get #showsRecord(): boolean {
    return this.#record.getAttribute("aria-pressed") === "true";
  }

  async #load(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    const { row } = this.#state.selection.focus;
    try {
      const number = row === headerRow ? undefined : await this.#state.rows.numberOf(row, signal);
      const showsRecord = number !== undefined && this.#showsRecord;
      if (showsRecord) await this.#loadRecord(number, signal);
      else await this.#loadValue(number, signal);
      if (signal.aborted) return;
      this.#text.hidden = showsRecord;
      this.#fields.hidden = !showsRecord;
      this.#wrap.hidden = showsRecord;
    } catch (error) {
      if (signal.aborted) return;
      this.#value = { text: "" };
      this.#text.textContent = "";
      this.#fields.replaceChildren();
      this.#note.hidden = false;
      this.#note.replaceChildren(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param number undefined for the header, whose value is the column's name */
  async #loadValue(number: RowNumber | undefined, signal: AbortSignal): Promise<void> {
    const column = this.#state.focusColumn;
    const { name = "", type } = this.#state.layout.columns[column] ?? {};
    const value: CellText =
      number === undefined ? { text: name } : await this.#link.ask("cell", { row: number, column }, signal);
    if (signal.aborted) return;
    setText(this.#title, columnName(name, column));
    setText(this.#place, number === undefined ? t("Column name") : t("Row {0}", numberInWords(number + 1)));
    this.#value = value;
    this.#pretty.hidden = type !== "json" && prettyJson(value.text) === undefined;
    this.#write();
  }

  async #loadRecord(number: RowNumber, signal: AbortSignal): Promise<void> {
    const { fields } = await this.#link.ask("record", { row: number }, signal);
    if (signal.aborted) return;
    setText(this.#title, t("Row {0}", numberInWords(number + 1)));
    setText(this.#place, t("{0} fields", numberInWords(fields.length)));
    this.#pretty.hidden = true;
    this.#note.hidden = true;
    this.#fields.replaceChildren(recordList(fields));
  }

  /** A sentence for values that would look the same: an empty one, a missing one, and JSON's null. */
  get #stateNote(): string | undefined {
    const { rows, selection, focusColumn } = this.#state;
    const { row } = selection.focus;
    const known = row === headerRow ? undefined : rows.row(row, focusColumn);
    switch (cellStateOf(known, rows.indexIn(focusColumn), focusColumn)) {
      case "null":
        return t("This value is null, not text.");
      case "missing":
        return t("This row has no value in this column.");
      case "text":
      case "empty":
      case "unread":
      case "pending":
        return this.#value.text === "" ? t("This value is empty.") : undefined;
    }
  }

  #write(whole = false): void {
    const { text, fullLength } = this.#value;
    const laidOut = this.#pretty.getAttribute("aria-pressed") === "true" ? (prettyJson(text) ?? text) : text;
    const shown = whole ? laidOut : laidOut.slice(0, shownAtOnce);
    this.#text.replaceChildren(...withSigns(shown));
    this.#text.scrollTop = 0;
    const rest = laidOut.length - shown.length;
    const notes: (Node | string)[] = [];
    if (rest > 0) {
      const label = t("Show {0} more characters", numberInWords(rest));
      notes.push(
        button({ class: "link-button" }, label, () => {
          this.#write(true);
          this.#text.focus();
        }),
      );
    }
    if (fullLength !== undefined) {
      notes.push(cutInWords(text.length, fullLength));
    } else if (this.#stateNote !== undefined) notes.push(this.#stateNote);
    this.#note.hidden = notes.length === 0;
    this.#note.replaceChildren(...notes.flatMap((note) => [note, " "]));
  }

  #toggle(name: IconName, label: string, pressed: boolean, onToggled: (pressed: boolean) => void): HTMLButtonElement {
    const built = this.#button(name, label, () => {
      const now = built.getAttribute("aria-pressed") !== "true";
      built.setAttribute("aria-pressed", String(now));
      onToggled(now);
    });
    built.setAttribute("aria-pressed", String(pressed));
    return built;
  }

  #button(name: IconName, label: string, act: () => void): HTMLButtonElement {
    return button({ class: "icon-button", "aria-label": label, title: label }, icon(name), act);
  }
}

function cutInWords(length: number, fullLength: number | "unknown"): string {
  if (fullLength === "unknown")
    return t("Showing the first {0} characters. Open the file as text to see the rest.", numberInWords(length));
  const full = numberInWords(fullLength);
  return t(
    "Showing the first {0} of {1} characters. Open the file as text to see the rest.",
    numberInWords(length),
    full,
  );
}
