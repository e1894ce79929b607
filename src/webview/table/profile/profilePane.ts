import { t } from "@vscode/l10n";
import type { ColumnProfile, Filter } from "../../../model/queryContract.ts";
import type { Arranging } from "../arrange/arranging.ts";
import { button, element, setText } from "../element.ts";
import { icon } from "../icons.ts";
import type { GridState } from "../state/gridState.ts";
import { columnName, numberInWords, shareInWords } from "../wording.ts";
import { type Bar, filteredByBar } from "./barFilter.ts";
import { frequentValues, histogramBars } from "./profileBars.ts";
import type { ProfileRequests } from "./profileRequests.ts";
import { factsOf, profileTypeInWords } from "./profileInWords.ts";

export interface ProfilePaneActions {
  readonly announce: (sentence: string) => void;
  readonly onClosed: () => void;
}

/** What columns contain, next to the table. The host sends one column after the other. */
export class ProfilePane {
  readonly element = element("section", { class: "profile-pane", "aria-labelledby": "profile-title" });
  readonly #requests: ProfileRequests;
  readonly #state: GridState;
  readonly #arranging: Arranging;
  readonly #actions: ProfilePaneActions;
  readonly #title = element("h2", { id: "profile-title", tabindex: "-1" }, t("Column profiles"));
  readonly #about = element("p", { class: "profile-about" });
  readonly #progress = element("span");
  readonly #cancel = button({ class: "link-button" }, t("Cancel"), () => this.#stop(t("Canceled.")));
  readonly #working = element("div", { class: "profile-working" }, this.#progress, this.#cancel);
  readonly #list = element("ul", { class: "profile-list", "aria-label": t("Columns") });
  #columns: readonly number[] = [];
  #filter: Filter | null = null;
  #running: AbortController | undefined;

  constructor(requests: ProfileRequests, state: GridState, arranging: Arranging, actions: ProfilePaneActions) {
    this.#requests = requests;
    this.#state = state;
    this.#arranging = arranging;
    this.#actions = actions;
    this.#build();
    arranging.changes.add(() => this.#followFilter());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** @param columns null: all that are shown */
  open(columns: readonly number[] | null): void {
    this.#columns = columns ?? this.#state.layout.shown;
    this.element.hidden = false;
    this.#title.focus();
    void this.#profile();
  }

  close(): void {
    if (!this.isOpen) return;
    this.#stop();
    this.element.hidden = true;
    this.#list.replaceChildren();
    this.#actions.onClosed();
  }

  #build(): void {
    const label = t("Close (Escape)");
    const close = button({ class: "icon-button", "aria-label": label, title: label }, icon("close"), () =>
      this.close(),
    );
    this.element.append(element("div", { class: "profile-head" }, this.#title, close), this.#about);
    this.element.append(this.#working, this.#list);
    this.element.hidden = true;
    this.#working.hidden = true;
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.close();
    });
  }

  /** The profile is always about the rows that are shown. */
  #followFilter(): void {
    if (!this.isOpen || this.#arranging.isRunning) return;
    if (JSON.stringify(this.#wantedFilter()) !== JSON.stringify(this.#filter)) void this.#profile();
  }

  #wantedFilter(): Filter | null {
    return this.#state.arrangement.applied?.filter ?? null;
  }

  async #profile(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#filter = this.#wantedFilter();
    this.#list.replaceChildren();
    this.#showAbout();
    this.#showProgress(0);
    this.#working.hidden = false;
    try {
      await this.#requests.ask({
        columns: this.#columns,
        filter: this.#filter,
        signal: running.signal,
        onProfile: (column, profile) => {
          if (this.#running === running) this.#list.append(this.#entry(column, profile));
        },
        onShare: (share) => this.#showProgress(share),
      });
      if (this.#running === running) this.#stop(t("Columns profiled: {0}", numberInWords(this.#columns.length)));
    } catch (error) {
      if (this.#running !== running) return;
      this.#stop(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param says why, for everybody to read and hear */
  #stop(says?: string): void {
    const running = this.#running;
    this.#running = undefined;
    running?.abort();
    const hadFocus = document.activeElement === this.#cancel;
    this.#working.hidden = true;
    if (hadFocus) this.#title.focus();
    if (running === undefined || says === undefined) return;
    this.#actions.announce(says);
    if (this.#list.childElementCount < this.#columns.length) this.#about.append(` ${says}`);
  }

  #showAbout(): void {
    const { rows } = this.#state.size;
    const isFiltered = this.#filter !== null;
    const count = numberInWords(rows);
    setText(
      this.#about,
      isFiltered ? t("About the {0} rows that pass the filter.", count) : t("About all {0} rows.", count),
    );
  }

  #showProgress(share: number): void {
    setText(this.#progress, t("Profiling: {0}", shareInWords(share)));
  }

  #entry(column: number, profile: ColumnProfile): HTMLElement {
    const name = element("h3", {}, columnName(profile.name, column));
    const type = element("span", { class: "profile-type" }, profileTypeInWords(profile.type));
    const facts = factsOf(profile).flatMap(([term, words]) => [element("dt", {}, term), element("dd", {}, words)]);
    const onBar = (bar: Bar): void => this.#arranging.filter(filteredByBar(this.#arranging.wanted.filter, column, bar));
    const { histogram = [], frequent } = profile;
    const entry = element("li", { class: "profile-column" }, name, type);
    if (histogram.length > 1) entry.append(histogramBars(histogram, onBar));
    entry.append(element("dl", { class: "profile-facts" }, ...facts));
    // Where each value is there only once, some of them say nothing.
    if ((frequent[0]?.count ?? 0) > 1) entry.append(frequentValues(profile, onBar));
    return entry;
  }
}
