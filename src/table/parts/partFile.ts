import type {
  CellText,
  FindPattern,
  FindProgress,
  FoundMatch,
  Match,
  RecordField,
  Rows,
  RowsRequest,
  SummaryAnswer,
  SummaryRequest,
  TableProblem,
  TableProgress,
  TableShape,
} from "../tableTypes.ts";
import type { RowNumber } from "../view/rowIdentity.ts";

interface Disposable {
  dispose(): void;
}

/** A search of one file, for one user of it. */
export interface RowSearch extends Disposable {
  begin(pattern: FindPattern): Promise<FindProgress>;
  next(from: Match, direction: "next" | "previous", signal: AbortSignal): Promise<FoundMatch | undefined>;
  end(): void;
}

export interface FileCell {
  readonly row: RowNumber;
  readonly column: number;
}

export interface FileRowsRequest extends Omit<RowsRequest, "from"> {
  readonly from: RowNumber | "last";
}

/** What a file tells without being asked. */
export interface PartListener {
  onShape?(shape: TableShape): void;
  onProgress?(progress: TableProgress): void;
  /** The table is gone. */
  onProblem?(problem: TableProblem): void;
  /** The file is read again from its beginning. */
  onReread?(): void;
}

/** As much of an open file as is needed to join it with others. */
export interface PartFile {
  readonly opened: Promise<
    | { readonly kind: "table"; readonly shape: TableShape; readonly progress: TableProgress }
    | { readonly kind: "problem"; readonly problem: TableProblem }
  >;
  readonly progress: TableProgress | undefined;
  listen(listener: PartListener): Disposable;
  rows(request: FileRowsRequest, signal: AbortSignal): Promise<Rows>;
  cell(cell: FileCell, signal: AbortSignal): Promise<CellText>;
  record(row: RowNumber, signal: AbortSignal): Promise<readonly RecordField[]>;
  summarize(request: SummaryRequest, signal: AbortSignal): Promise<SummaryAnswer>;
  lineOf(row: RowNumber, signal: AbortSignal): Promise<number>;
  indexed(rows: number, signal: AbortSignal): Promise<TableProgress>;
  startSearch(onProgress: (progress: FindProgress) => void): RowSearch;
}

/** A file of a task, as it is joined with the task's other files. */
export interface Part {
  /** The file's name, which the first column of the joined table shows. */
  readonly name: string;
  readonly path: string;
  readonly file: PartFile;
}
