import { Debounced } from "../debounced.ts";
import type { ColumnProfile } from "../../../model/queryContract.ts";
import type { GridView } from "../grid/gridView.ts";
import type { GridState, Table } from "../state/gridState.ts";
import type { ProfileRequests } from "./profileRequests.ts";

/** With more columns, histograms are only shown when the user asks for them in this table. */
const mostColumns = 100;
/** How long the columns in view have to stay the same. */
const restMs = 300;

/** Histograms in the headers of the columns in view, about the rows that are shown. */
export class HeaderHistograms {
  readonly #requests: ProfileRequests;
  readonly #state: GridState;
  readonly #view: GridView;
  readonly #profiles = new Map<number, ColumnProfile>();
  readonly #rest = new Debounced(restMs, () => void this.#load());
  #shown = false;
  /** What the profiles are about. */
  #about = "";
  #running: AbortController | undefined;

  constructor(requests: ProfileRequests, state: GridState, view: GridView) {
    this.#requests = requests;
    this.#state = state;
    this.#view = view;
    state.changes.add(() => {
      if (this.#shown) this.#rest.ask();
    });
  }

  get areShown(): boolean {
    return this.#shown;
  }

  /** Starts over with a table. */
  begin({ showsHistograms = false, shape }: Pick<Table, "showsHistograms" | "shape">): void {
    this.#about = "";
    this.show(showsHistograms && shape.columns.length <= mostColumns);
  }

  show(shown: boolean): void {
    this.#shown = shown;
    this.#running?.abort();
    this.#running = undefined;
    if (!shown) this.#profiles.clear();
    this.#view.setHistograms(shown ? this.#profiles : undefined);
    if (shown) this.#rest.ask();
  }

  /** Asks for the columns in view that are missing, and again when others have come into view meanwhile. */
  async #load(): Promise<void> {
    const { progress, arrangement, layout, horizontal } = this.#state;
    if (!this.#shown || !progress.exact || progress.growing) return;
    const filter = arrangement.applied?.filter ?? null;
    const about = JSON.stringify([this.#state.shape.version, filter]);
    if (about !== this.#about) {
      this.#about = about;
      this.#running?.abort();
      this.#running = undefined;
      this.#profiles.clear();
    }
    if (this.#running !== undefined) return;
    const { from, to } = layout.visible(horizontal.left, horizontal.viewWidth);
    const inView = [...layout.shown.slice(0, layout.pinnedCount), ...layout.shown.slice(from, to)];
    const columns = [...new Set(inView)].filter((column) => !this.#profiles.has(column));
    if (columns.length === 0) return;
    const running = new AbortController();
    this.#running = running;
    const onProfile = (column: number, profile: ColumnProfile): void => {
      if (this.#running !== running) return;
      this.#profiles.set(column, profile);
      this.#view.setHistograms(this.#profiles);
    };
    // Without histograms, the headers are still complete, so a failure is not shown.
    const ask = this.#requests.ask({ columns, filter, signal: running.signal, onProfile });
    const isDone = await ask.then(() => true).catch(() => false);
    if (this.#running !== running) return;
    this.#running = undefined;
    if (isDone) this.#rest.ask();
  }
}
