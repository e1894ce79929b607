import { t } from "@vscode/l10n";
import { button, element, setText } from "../element.ts";
import type { GridState } from "../state/gridState.ts";
import { icon, type IconName } from "../icons.ts";
import { columnName, numberInWords } from "../wording.ts";
import type { ColumnLayout } from "../state/columnLayout.ts";

/** A longer list would be slow, and nobody reads that far. The filter finds the other columns. */
const mostListed = 500;

/** The list of all columns: which are shown, pinned, and in which order. */
export class ColumnChooser {
  readonly element = element("div", { class: "chooser", role: "dialog" });
  readonly #state: GridState;
  readonly #onClosed: () => void;
  readonly #onReset: () => void;
  readonly #filter = element("input", { type: "text", class: "chooser-filter", spellcheck: "false" });
  readonly #list = element("ul", { class: "chooser-list" });
  readonly #note = element("div", { class: "chooser-note", role: "status" });

  constructor(state: GridState, options: { onClosed: () => void; onReset: () => void }) {
    this.#state = state;
    this.#onClosed = options.onClosed;
    this.#onReset = options.onReset;
    this.#build();
    state.changes.add((change) => {
      if (this.isOpen && (change === "layout" || change === "shape")) this.#fill();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(): void {
    this.element.hidden = false;
    this.#filter.value = "";
    this.#fill();
    this.#filter.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.#onClosed();
  }

  #build(): void {
    this.element.setAttribute("aria-label", t("Columns"));
    this.#filter.setAttribute("aria-label", t("Filter columns"));
    this.#filter.placeholder = t("Filter columns");
    this.#filter.addEventListener("input", () => this.#fill());
    const closeLabel = t("Close (Escape)");
    const close = button({ class: "icon-button", "aria-label": closeLabel, title: closeLabel }, icon("close"), () =>
      this.close(),
    );
    const showAll = button({ class: "button secondary" }, t("Show All"), () =>
      this.#state.arrange((layout) => layout.showAll()),
    );
    const reset = button({ class: "button secondary" }, t("Reset Layout"), this.#onReset);
    this.element.append(
      element("div", { class: "chooser-head" }, this.#filter, close),
      this.#list,
      this.#note,
      element("div", { class: "chooser-foot" }, showAll, reset),
    );
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.close();
    });
  }

  /** Fills the list again and gives the focus back to the control that had it. */
  #fill(): void {
    const { layout } = this.#state;
    const focused = document.activeElement?.getAttribute("data-control");
    const wanted = this.#filter.value.trim().toLowerCase();
    const found = layout.order.filter((index) => this.#nameOf(index).toLowerCase().includes(wanted));
    const listed = found.slice(0, mostListed);
    this.#list.replaceChildren(...listed.map((index) => this.#entry(index, layout)));
    if (found.length > listed.length) {
      setText(this.#note, t("{0} more. Type to filter.", numberInWords(found.length - listed.length)));
    } else setText(this.#note, found.length === 0 ? t("No matching columns") : "");
    if (focused === null || focused === undefined) return;
    const again = this.#list.querySelector<HTMLElement>(`[data-control="${CSS.escape(focused)}"]`);
    (again ?? this.#filter).focus();
  }

  #entry(index: number, layout: ColumnLayout): HTMLElement {
    const name = this.#nameOf(index);
    const shown = !layout.isHidden(index);
    const pinned = layout.isPinned(index);
    const box = element("input", { type: "checkbox", "data-control": `show-${index}` });
    box.checked = shown;
    box.disabled = shown && layout.shown.length <= 1;
    box.addEventListener("change", () =>
      this.#arrange((to) => {
        if (box.checked) to.show(index);
        else to.hide(index);
      }),
    );
    const move = (by: number) => this.#arrange((to) => to.move(index, to.slotOf(index) + by));
    const pin = this.#button("pin", `pin-${index}`, pinned ? t("Unpin {0}", name) : t("Pin {0}", name), () =>
      this.#arrange((to) => {
        if (pinned) to.unpin(index);
        else to.pin(index);
      }),
    );
    pin.setAttribute("aria-pressed", String(pinned));
    const up = this.#button("up", `up-${index}`, t("Move {0} to the left", name), () => move(-1));
    const down = this.#button("down", `down-${index}`, t("Move {0} to the right", name), () => move(1));
    for (const mover of [up, down]) mover.disabled = !shown;
    return element("li", {}, element("label", {}, box, element("span", { class: "name" }, name)), pin, up, down);
  }

  #button(name: IconName, control: string, label: string, act: () => void): HTMLButtonElement {
    const attributes = { class: "icon-button", "data-control": control, "aria-label": label, title: label };
    return button(attributes, icon(name), act);
  }

  #arrange(change: (layout: ColumnLayout) => void): void {
    this.#state.arrange(change);
  }

  #nameOf(index: number): string {
    return columnName(this.#state.layout.columns[index]?.name ?? "", index);
  }
}
