import { defined } from "../../model/defined.ts";
import { cancelled, ExportError, throwIfCancelled } from "../../model/exportError.ts";
import type { ViewedFile } from "../../table/tableReader.ts";
import type { TableProgress, TableShape } from "../../table/tableTypes.ts";
import type { RowNumber } from "../../table/view/rowIdentity.ts";
import { OrderedRows } from "../../table/view/orderedRows.ts";
import type { RowView, ViewListener } from "../../table/view/rowView.ts";
import type { AppliedArrangement, ArrangedRows, Arrangement, TabArrangement } from "../../webview/table/messages.ts";
import { Owner } from "../disposables.ts";
import type { Arranger, ArrangeOptions } from "./arranger.ts";
import type { TableState } from "./tableState.ts";

export interface TabRowsParts {
  readonly file: ViewedFile;
  readonly state: KeptArrangements;
  readonly arranger: Arranger | undefined;
  /** Why rows can't be arranged; one whole sentence. Empty if they can. */
  readonly whyNot: string;
  /** @throws ExportError `invalidRequest` if there is no table */
  readonly shape: () => Promise<TableShape>;
  /** The file has other rows than when it was arranged. */
  readonly onOutdated: () => void;
  readonly onSize: NonNullable<ViewListener["onSize"]>;
  readonly onFind: NonNullable<ViewListener["onFind"]>;
}

/** How files with the same columns were sorted and filtered. */
export type KeptArrangements = Pick<TableState, "arrangement" | "keepArrangement">;

/** For a table whose rows have an order of their own, such as the result of a query. */
export const noArrangements: KeptArrangements = { arrangement: () => undefined, keepArrangement: () => undefined };

interface ArrangedView {
  readonly view: OrderedRows;
  readonly arrangement: Arrangement;
  /** The number of rows of the file that were arranged. */
  readonly fileRows: number;
}

/** The rows of a tab: in the order of the file, or sorted and filtered. */
export class TabRows extends Owner {
  readonly #fileOrder: RowView;
  readonly #parts: TabRowsParts;
  #arranged: ArrangedView | undefined;
  #listening: { dispose(): void };
  /** Whether the page should restore how files with these columns were arranged before. */
  #restores = true;
  #running = new AbortController();

  /** @param fileOrder disposed of with the tab */
  constructor(fileOrder: RowView, parts: TabRowsParts) {
    super();
    this.#fileOrder = this.own(fileOrder);
    this.#parts = parts;
    this.#listening = this.#listenTo(fileOrder);
    this.own(
      parts.file.listen({
        onReread: () => this.#startOver(),
        onProgress: (progress) => this.#compareRows(progress),
      }),
    );
  }

  get view(): RowView {
    return this.#arranged?.view ?? this.#fileOrder;
  }

  get arrangement(): Arrangement {
    return this.#arranged?.arrangement ?? { sort: [], filter: null };
  }

  get applied(): AppliedArrangement | undefined {
    return this.#arranged && { ...this.#arranged.arrangement, fileRows: this.#arranged.fileRows };
  }

  /** What the page says about the order of the rows, and what it offers. */
  tabArrangement({ columns }: Pick<TableShape, "columns">): TabArrangement {
    const { arranger, state, whyNot } = this.#parts;
    if (arranger === undefined) return { whyNot };
    const { applied } = this;
    if (applied !== undefined) return { applied };
    return defined({ toRestore: this.#restores ? state.arrangement(columns) : undefined });
  }

  /**
   * Sorts and filters. Until the first rows are known, the previous ones stay.
   *
   * @param row where the user is; the answer says where the row is now
   * @throws ExportError `invalidRequest` if rows can't be arranged; `cancelled` if another arrangement follows
   */
  async arrange(wanted: Arrangement, row: RowNumber | undefined, options: ArrangeOptions): Promise<ArrangedRows> {
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    this.#restores = false;
    const signal = AbortSignal.any([options.signal, running.signal]);
    const { columns } = await this.#parts.shape();
    const arranged = isFileOrder(wanted) ? undefined : await this.#arrange(wanted, { ...options, signal });
    if (signal.aborted) arranged?.view.dispose();
    throwIfCancelled(signal);
    this.#show(arranged);
    this.#parts.state.keepArrangement(columns, arranged?.arrangement);
    return this.#answer(row, signal);
  }

  override dispose(): void {
    this.#running.abort();
    this.#listening.dispose();
    this.#arranged?.view.dispose();
    super.dispose();
  }

  async #arrange(arrangement: Arrangement, options: ArrangeOptions): Promise<ArrangedView> {
    const { arranger, file, whyNot } = this.#parts;
    if (arranger === undefined) throw new ExportError("invalidRequest", whyNot);
    const order = await arranger.arrange(file, arrangement, options);
    return { view: new OrderedRows(file, order), arrangement, fileRows: file.progress?.rows ?? order.rows };
  }

  async #answer(row: RowNumber | undefined, signal: AbortSignal): Promise<ArrangedRows> {
    const { view } = this;
    const position = row === undefined ? undefined : await view.positionOf(row, signal);
    const { size } = view;
    if (size === undefined) throw cancelled();
    const { applied = null } = this;
    return { progress: size, isFileOrder: view.isFileOrder, applied, position: position ?? null };
  }

  #show(arranged: ArrangedView | undefined): void {
    const before = this.#arranged;
    this.#fileOrder.endFind();
    this.#arranged = arranged;
    this.#listening.dispose();
    this.#listening = this.#listenTo(this.view);
    // The page may still wait for rows of the previous view. It forgets them with the answer, which is sent first.
    if (before !== undefined) setImmediate(() => before.view.dispose());
  }

  /** The order of a file that is read again is outdated. */
  #startOver(): void {
    this.#running.abort();
    if (this.#arranged === undefined) return;
    this.#restores = true;
    this.#show(undefined);
  }

  /** Told once the file is complete, so that a file that grows isn't arranged all the time. */
  #compareRows({ exact, growing, rows }: TableProgress): void {
    if (this.#arranged === undefined || !exact || growing || rows === this.#arranged.fileRows) return;
    this.#parts.onOutdated();
  }

  #listenTo(view: RowView): { dispose(): void } {
    const { onFind, onSize } = this.#parts;
    return view.listen({ onFind, onSize });
  }
}

function isFileOrder({ sort, filter }: Arrangement): boolean {
  return sort.length === 0 && filter === null;
}
