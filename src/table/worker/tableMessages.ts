import type { Request } from "../../channel/requestMap.ts";
import type { IndexedTail } from "../index/indexBuilder.ts";
import type { Division } from "../document/division.ts";
import type { DividedFile } from "../document/openText.ts";
import type { SourceGrowth, TableSpec } from "../document/tableSpec.ts";
import type { FileId } from "../source/fileSource.ts";
import type { OpenedTable } from "../tableReader.ts";
import type {
  CellRequest,
  CellText,
  Encoding,
  FindPattern,
  FindProgress,
  FoundMatch,
  Match,
  RecordField,
  Rows,
  RowsAt,
  RowsAtRequest,
  RowsRequest,
  SummaryAnswer,
  SummaryRequest,
  TableProblem,
  TableProgress,
  TableShape,
} from "../tableTypes.ts";

/** The data that each worker thread of the table gets when it is started. */
export interface TableWorkerData {
  /** URL of the thread's own program. */
  readonly program: string;
  /** Path of the compiled scanner. */
  readonly scanner: string;
  /** URL of the program that guesses encodings. It is loaded when it is needed. */
  readonly encodingGuess: string | undefined;
  /** Translated sentences by English sentence, as `@vscode/l10n` expects them. */
  readonly sentences: SentenceBundle | undefined;
}

export type SentenceBundle = Readonly<Record<string, string | { message: string; comment: string[] }>>;

/** What a file turned out to be, and how it is divided if it is a table. */
export interface OpenAnswer {
  readonly opened: OpenedTable;
  readonly division?: Division;
  readonly id?: FileId;
}

/** Requests to the table thread, which has the index. */
export interface TableRequests {
  /** Opens a file, or reads it again in another way. Waits for the first bytes of a file that is still growing. */
  open: Request<TableSpec, OpenAnswer>;
  rows: Request<RowsRequest, Rows>;
  /** Waits for the index. */
  rowsAt: Request<RowsAtRequest, RowsAt>;
  cell: Request<CellRequest, CellText>;
  record: Request<{ readonly row: number }, readonly RecordField[]>;
  summarize: Request<SummaryRequest, SummaryAnswer>;
  lineOf: Request<{ readonly row: number }, number>;
  indexed: Request<{ readonly row: number }, TableProgress>;
  /** Appends columns that a search found. */
  addColumns: Request<{ readonly names: readonly string[] }, TableShape>;
  grew: Request<SourceGrowth, null>;
  /** The beginnings of rows that the index has reached, as `RowIndex.landmarks` returns them. */
  landmarks: Request<null, Float64Array>;
  /**
   * Indexes the end of a file. One table thread asks another one to do this, so that two cores index the file.
   */
  indexTail: Request<TailRequest, IndexedTail>;
  /** Pauses `indexTail` for so many milliseconds; 0 ends the pause. */
  rest: Request<{ readonly ms: number }, null>;
}

/** The end of a file, from the beginning of a row on. */
export interface TailRequest {
  readonly path: string;
  readonly id: FileId;
  readonly size: number;
  readonly division: Division;
  readonly from: number;
}

/** `version` counts the requests to open a file. An event of an earlier version arrives too late, and says nothing. */
export interface TableEvents {
  shape: TableShape;
  progress: TableProgress;
  problem: { readonly version: number; readonly problem: TableProblem };
  /** With what was added to the file, it is not the table that its beginning looked like. */
  otherTable: { readonly version: number };
  /**
   * The file has bytes that are not UTF-8, and nothing before them showed that it is UTF-8. It has to be read again in
   * this encoding.
   */
  encoding: { readonly version: number; readonly encoding: Encoding };
}

/** A file and how the table thread divides it, so that both threads divide it the same way. */
export interface SearchedFile extends DividedFile {
  readonly division: Division;
  /** Beginnings of rows. A search that knows some is faster. */
  readonly landmarks?: Float64Array;
}

/**
 * Matches. Their column indexes refer to `columns`, which names all columns of JSON and is empty for delimited text.
 */
export interface MatchBatch {
  readonly matches: readonly Match[];
  readonly columns: readonly string[];
  readonly done: boolean;
}

/** Requests to the search thread. */
export interface FindRequests {
  /** Ends the previous search, if any. Answered when the pattern is compiled. */
  begin: Request<{ readonly file: SearchedFile; readonly pattern: FindPattern; readonly search: number }, FindProgress>;
  next: Request<
    { readonly from: Match; readonly direction: "next" | "previous" },
    { readonly found: FoundMatch | null; readonly columns: readonly string[] }
  >;
  end: Request<null, null>;
  grew: Request<SourceGrowth, null>;
  /** The next batch of all matches, independent of the search. The first request starts it. */
  take: Request<{ readonly file: SearchedFile; readonly pattern: FindPattern }, MatchBatch>;
  /**
   * Counts the matches between the file's landmarks, from the last ones to the first, until it is canceled. One search
   * thread asks another one to do this, so that two cores search the file from both ends.
   */
  countBackwards: Request<{ readonly file: SearchedFile; readonly pattern: FindPattern }, null>;
}

export interface FindEvents {
  progress: FindProgress;
  counted: CountedMatches;
}

/** The number of matches in consecutive intervals between landmarks. */
export interface CountedMatches {
  /** The index of the first interval. */
  readonly from: number;
  /** Undefined for an interval that is too long to be counted at once. */
  readonly matches: readonly (number | undefined)[];
}
