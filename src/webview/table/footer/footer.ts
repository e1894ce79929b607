import { t } from "@vscode/l10n";
import type { ReadAs } from "../../../table/tableTypes.ts";
import { button, element, setAttribute, setText } from "../element.ts";
import type { GridState } from "../state/gridState.ts";
import { headerRow } from "../state/selection.ts";
import { areaInWords, columnName, numberInWords, rowsInWords, shareInWords } from "../wording.ts";
import type { HostLink } from "../hostLink.ts";
import { ReadingControls } from "./readingControls.ts";
import { SelectionSummary } from "./selectionSummary.ts";

const messageMs = 6000;

export interface FooterActions {
  readonly onReadAs: (readAs: ReadAs) => void;
  readonly chooseColumns: () => void;
}

/** The line below the grid: the number of rows, the focused cell, the selection, and how the file is read. */
export class Footer {
  readonly element = element("footer", { class: "footer" });
  readonly #state: GridState;
  readonly #reading: ReadingControls;
  readonly #rows = element("span", { class: "footer-rows" });
  readonly #bar = element("div", {
    class: "index-progress",
    role: "progressbar",
    "aria-valuemin": "0",
    "aria-valuemax": "100",
  });
  readonly #filled = element("div", { class: "filled" });
  readonly #percent = element("span", { class: "footer-percent" });
  /** Shown only while columns are hidden. */
  readonly #columns: HTMLButtonElement;
  readonly #message = element("span", { class: "footer-message" });
  readonly #place = element("span", { class: "footer-place" });
  #clearing: ReturnType<typeof setTimeout> | undefined;
  /** In an order other than the file's, the number of the focused row arrives with the row. */
  #awaitsNumber = false;

  constructor(link: HostLink, state: GridState, actions: FooterActions) {
    this.#state = state;
    const summary = new SelectionSummary(link, state);
    this.#reading = new ReadingControls(actions.onReadAs);
    this.#columns = button({ class: "link-button footer-columns" }, "", actions.chooseColumns);
    const readOnly = element("span", { class: "footer-read-only" }, t("Read-only"));
    readOnly.title = t("The table can't be edited. To change the file, open it as text.");
    this.#bar.setAttribute("aria-label", t("Counting rows"));
    this.#bar.append(this.#filled);
    this.element.append(this.#rows, this.#bar, this.#percent, this.#columns, this.#message, summary.element);
    this.element.append(this.#place, this.#reading.element, readOnly);
    state.changes.add((change) => {
      if (change === "progress" || change === "shape") this.#showProgress();
      if (change === "shape") this.#reading.show(state.shape);
      if (change === "layout" || change === "shape") this.#showColumns();
      if (change !== "paint" || this.#awaitsNumber) this.#showPlace();
    });
    this.#showColumns();
    this.#showProgress();
    this.#showPlace();
    this.#reading.show(state.shape);
  }

  /** Says something for a few seconds. */
  say(sentence: string): void {
    setText(this.#message, sentence);
    this.#message.title = sentence;
    clearTimeout(this.#clearing);
    this.#clearing = setTimeout(() => setText(this.#message, ""), messageMs);
  }

  /** Resets the controls to how the file is read, after another way was refused. */
  showReading(): void {
    this.#reading.show(this.#state.shape);
  }

  #showProgress(): void {
    const { progress } = this.#state;
    const { applied } = this.#state.arrangement;
    const isFiltered = (applied?.filter ?? null) !== null;
    const rows = isFiltered
      ? t("{0} of {1} rows", numberInWords(progress.rows), numberInWords(applied?.fileRows ?? progress.rows))
      : rowsInWords(progress);
    setText(this.#rows, progress.endsInRecord && progress.exact ? t("{0}, last one incomplete", rows) : rows);
    const share = progress.bytes === 0 ? 0 : Math.min(1, progress.indexedBytes / progress.bytes);
    this.#bar.hidden = progress.exact;
    this.#percent.hidden = progress.exact;
    if (progress.exact) return;
    setAttribute(this.#bar, "aria-valuenow", String(Math.floor(share * 100)));
    this.#filled.style.transform = `scaleX(${share})`;
    setText(this.#percent, shareInWords(share));
  }

  #showColumns(): void {
    const { hiddenCount, shown, columns } = this.#state.layout;
    this.#columns.hidden = hiddenCount === 0;
    setText(this.#columns, t("{0} of {1} columns", numberInWords(shown.length), numberInWords(columns.length)));
    this.#columns.title = t("Choose columns");
  }

  #showPlace(): void {
    const { selection, size, layout, focusColumn, rows } = this.#state;
    const column = columnName(layout.columns[focusColumn]?.name ?? "", focusColumn);
    const { row } = selection.focus;
    const number = row === headerRow ? undefined : rows.numberAt(row);
    this.#awaitsNumber = row !== headerRow && number === undefined;
    const about = rows.isProvisional(row) ? "~" : "";
    const at = number === undefined ? column : t("Row {0}, {1}", `${about}${numberInWords(number + 1)}`, column);
    const { fromRow, toRow, fromSlot, toSlot } = selection.area(size);
    const words = areaInWords(Math.max(0, toRow - fromRow + 1), toSlot - fromSlot + 1);
    setText(this.#place, selection.isSingle ? at : t("{0} selected", words));
    this.#place.title = at;
  }
}
