import { t } from "@vscode/l10n";
import type { Filter, SortKey } from "../../../model/queryContract.ts";
import { Listeners } from "../../../channel/listeners.ts";
import type { HostLink } from "../hostLink.ts";
import { Refusal } from "../hostLink.ts";
import type { ArrangedRows, Arrangement } from "../messages.ts";
import { fileOrder } from "../state/arrangement.ts";
import type { GridState } from "../state/gridState.ts";
import { headerRow } from "../state/selection.ts";
import { columnName, numberInWords } from "../wording.ts";
import { arrangementInWords, type FilterWording } from "./filterInWords.ts";

export interface ArrangingActions {
  /** Shows and reads out a sentence. */
  readonly say: (sentence: string) => void;
  /** Reads out what is seen in the chips. */
  readonly announce: (sentence: string) => void;
  /** The rows have another order now. */
  readonly onArranged: () => void;
}

/** Sorts and filters the rows. The host does the work; until it is done, the rows stay as they are. */
export class Arranging {
  /** Told when an arrangement begins, goes on, or ends. */
  readonly changes = new Listeners<undefined>();
  readonly #link: HostLink;
  readonly #state: GridState;
  readonly #actions: ArrangingActions;
  #running: { readonly wanted: Arrangement; readonly stop: AbortController } | undefined;
  #share: number | undefined;

  constructor(link: HostLink, state: GridState, actions: ArrangingActions) {
    this.#link = link;
    this.#state = state;
    this.#actions = actions;
    link.on("arranging", ({ share }) => {
      this.#share = share ?? undefined;
      if (this.isRunning) this.changes.tell(undefined);
    });
    link.on("outdated", () => void this.#arrange(this.wanted));
    link.on("arranged", (rows) => this.#show(rows));
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** How much is done, between 0 and 1; undefined if it isn't known. */
  get share(): number | undefined {
    return this.#share;
  }

  /** How the rows will be arranged when what is running is done. */
  get wanted(): Arrangement {
    return this.#running?.wanted ?? this.#state.arrangement.applied ?? fileOrder;
  }

  /** Restores how such files were arranged before. */
  restore(): void {
    this.#running?.stop.abort();
    this.#running = undefined;
    const { toRestore } = this.#state.arrangement;
    if (toRestore !== undefined) void this.#arrange(toRestore);
    else this.changes.tell(undefined);
  }

  sort(sort: readonly SortKey[]): void {
    void this.#arrange({ ...this.wanted, sort });
  }

  filter(filter: Filter | null): void {
    void this.#arrange({ ...this.wanted, filter });
  }

  clear(): void {
    void this.#arrange(fileOrder);
  }

  cancel(): void {
    if (this.#running === undefined) return;
    this.#running.stop.abort();
    this.#running = undefined;
    this.changes.tell(undefined);
    this.#actions.announce(t("Canceled."));
  }

  readonly wording: FilterWording = { nameOf: (column) => this.nameOf(column), count: numberInWords };

  nameOf(column: number): string {
    return columnName(this.#state.layout.columns[column]?.name ?? "", column);
  }

  async #arrange(wanted: Arrangement): Promise<void> {
    const { whyNot } = this.#state.arrangement;
    if (whyNot !== undefined) {
      this.#actions.say(whyNot);
      return;
    }
    this.#running?.stop.abort();
    const stop = new AbortController();
    this.#running = { wanted, stop };
    this.#share = undefined;
    this.changes.tell(undefined);
    try {
      const { row: focused } = this.#state.selection.focus;
      const row = focused === headerRow ? undefined : this.#state.rows.numberAt(focused);
      const answer = await this.#link.ask("arrange", { ...wanted, row: row ?? null }, stop.signal);
      if (this.#isCurrent(stop)) this.#show(answer);
    } catch (error) {
      if (!this.#isCurrent(stop)) return;
      this.#running = undefined;
      this.changes.tell(undefined);
      if (error instanceof Refusal && error.code === "cancelled") return;
      this.#actions.say(error instanceof Error ? error.message : String(error));
    }
  }

  /** Whether no other arrangement followed, and none was canceled. */
  #isCurrent(stop: AbortController): boolean {
    return this.#running?.stop === stop;
  }

  #show(rows: ArrangedRows): void {
    this.#running = undefined;
    this.#state.rearrange(rows);
    this.changes.tell(undefined);
    this.#actions.onArranged();
    const { applied, progress } = rows;
    const count = numberInWords(progress.rows);
    const isFiltered = applied !== null && applied.filter !== null;
    const counted = isFiltered ? t("{0} of {1} rows.", count, numberInWords(applied.fileRows)) : t("{0} rows.", count);
    this.#actions.announce(`${arrangementInWords(applied, this.wording)} ${counted}`);
  }
}
