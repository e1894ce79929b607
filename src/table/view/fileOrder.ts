import { Listeners } from "../../channel/listeners.ts";
import type { FileCell, RowSearch, ViewedFile } from "../tableReader.ts";
import type { CellText, FindPattern, FindProgress, RecordField, SummaryAnswer, TableProgress } from "../tableTypes.ts";
import { type RowNumber, rowNumber, type RowPosition, rowPosition } from "./rowIdentity.ts";
import type {
  RowView,
  ViewCell,
  ViewListener,
  ViewMatch,
  ViewRows,
  ViewRowsRequest,
  ViewSummaryRequest,
} from "./rowView.ts";

/** The rows of a file in file order: a row's position has the same value as its number. */
export class FileOrder implements RowView {
  readonly isFileOrder = true;
  readonly #file: ViewedFile;
  readonly #search: RowSearch;
  readonly #finds = new Listeners<FindProgress>();

  constructor(file: ViewedFile) {
    this.#file = file;
    this.#search = file.startSearch((progress) => this.#finds.tell(progress));
  }

  get size(): TableProgress | undefined {
    return this.#file.progress;
  }

  listen(listener: ViewListener): { dispose(): void } {
    const listening = [
      this.#finds.add((progress) => listener.onFind?.(progress)),
      this.#file.listen({ onProgress: (progress) => listener.onSize?.(progress) }),
    ];
    return { dispose: () => listening.forEach((each) => each.dispose()) };
  }

  async rows(request: ViewRowsRequest, signal: AbortSignal): Promise<ViewRows> {
    const from = request.from === "last" ? "last" : numberAt(request.from);
    const answer = await this.#file.rows({ ...request, from }, signal);
    const numbers = answer.rows.map((_, index) => rowNumber(answer.from + index));
    return { ...answer, from: rowPosition(answer.from), numbers };
  }

  /** Doesn't wait for the index if the row is estimated to exist: it is shown with its estimated number. */
  async positionOf(row: RowNumber, signal: AbortSignal): Promise<RowPosition | undefined> {
    const rows = this.size?.rows ?? 0;
    if (row < rows) return positionAt(row);
    const counted = await this.#file.indexed(row + 1, signal);
    return row < counted.rows ? positionAt(row) : undefined;
  }

  cell(cell: FileCell, signal: AbortSignal): Promise<CellText> {
    return this.#file.cell(cell, signal);
  }

  record(row: RowNumber, signal: AbortSignal): Promise<readonly RecordField[]> {
    return this.#file.record(row, signal);
  }

  summarize({ rows, columns }: ViewSummaryRequest, signal: AbortSignal): Promise<SummaryAnswer> {
    return this.#file.summarize({ rows: { from: numberAt(rows.from), count: rows.count }, columns }, signal);
  }

  async counted(rows: number, signal: AbortSignal): Promise<void> {
    await this.#file.indexed(rows, signal);
  }

  lineOf(row: RowNumber, signal: AbortSignal): Promise<number> {
    return this.#file.lineOf(row, signal);
  }

  find(pattern: FindPattern): Promise<FindProgress> {
    return this.#search.begin(pattern);
  }

  async findNext(
    { position, column }: ViewCell,
    direction: "next" | "previous",
    signal: AbortSignal,
  ): Promise<ViewMatch | undefined> {
    const found = await this.#search.next({ row: position, column }, direction, signal);
    if (found === undefined) return undefined;
    const { row, ...match } = found;
    return { ...match, number: rowNumber(row), position: rowPosition(row) };
  }

  endFind(): void {
    this.#search.end();
  }

  dispose(): void {
    this.#search.dispose();
  }
}

function numberAt(position: RowPosition): RowNumber {
  return rowNumber(position);
}

function positionAt(number: RowNumber): RowPosition {
  return rowPosition(number);
}
