import type { SourceGrowth, TableSpec } from "./document/tableSpec.ts";
import type {
  CellRequest,
  CellText,
  FindPattern,
  FindProgress,
  FoundMatch,
  Match,
  Rows,
  RowsRequest,
  TableProblem,
  TableProgress,
  TableShape,
} from "./tableTypes.ts";

/** What a reader tells unasked. */
export interface TableListener {
  onShape?(shape: TableShape): void;
  onProgress?(progress: TableProgress): void;
  onFind?(progress: FindProgress): void;
  /** The table is gone, e.g. the file shrank or its disk failed; `reload` may bring it back. */
  onProblem?(problem: TableProblem): void;
}

/** What a file turned out to be. */
export type OpenedTable =
  | { readonly kind: "table"; readonly shape: TableShape; readonly progress: TableProgress }
  | { readonly kind: "problem"; readonly problem: TableProblem };

/**
 * Reads one file as a table, in worker threads: the same for the grid, for copying and for the API. Holds neither the
 * text nor the rows; memory does not grow with the file but for 16 bytes per 64 KiB of it.
 *
 * Every method rejects with `cancelled` when its signal ends or the reader is disposed, and with `fileChanged` when the
 * file turned out to be another than it was.
 */
export interface TableReader {
  /** What the file is, as told last; the promise settles when its beginning was read. */
  readonly opened: Promise<OpenedTable>;
  readonly progress: TableProgress | undefined;
  listen(listener: TableListener): { dispose(): void };
  rows(request: RowsRequest, signal: AbortSignal): Promise<Rows>;
  cell(request: CellRequest, signal: AbortSignal): Promise<CellText>;
  /** The line of the text file on which a row begins, both counted from 0. */
  lineOf(row: number, signal: AbortSignal): Promise<number>;
  /** Resolves when the index is complete, or has come to the row, whichever is first. */
  indexed(row: number, signal: AbortSignal): Promise<TableProgress>;
  /** Reads the file in another way, or again from its beginning. */
  reread(spec: Partial<TableSpec>): Promise<OpenedTable>;
  /** More bytes may be read now. `growing: false` when the file is whole, `path` when the same bytes have another name now. */
  grew(change: SourceGrowth): void;
  /** Begins a search, which ends the one before; how far it is comes to `onFind`. Rejects with `invalidRequest` for a broken regex. */
  find(pattern: FindPattern): Promise<FindProgress>;
  /** Ends the search and forgets its matches. */
  endFind(): void;
  /** The nearest match after (before) a place, going on at the other end when there is none; undefined when there is none at all. */
  findNext(from: Match, direction: "next" | "previous", signal: AbortSignal): Promise<FoundMatch | undefined>;
  /** Every match in file order, read only as fast as they are taken. Independent of `find`. */
  matches(pattern: FindPattern, signal: AbortSignal): AsyncIterable<readonly Match[]>;
  dispose(): Promise<void>;
}
