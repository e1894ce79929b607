import type { Request } from "../../channel/requestMap.ts";
import type { Division } from "../document/division.ts";
import type { SourceGrowth, TableSpec } from "../document/tableSpec.ts";
import type { OpenedTable } from "../tableReader.ts";
import type {
  CellRequest,
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

/** What each of the table's threads is given at its start. */
export interface TableWorkerData {
  /** Path of the compiled scanner. */
  readonly scanner: string;
  /** Translated sentences by the English one, as `@vscode/l10n` takes them. */
  readonly sentences: SentenceBundle | undefined;
}

export type SentenceBundle = Readonly<Record<string, string | { message: string; comment: string[] }>>;

/** What a file turned out to be, and how it is divided if it is a table. */
export interface OpenAnswer {
  readonly opened: OpenedTable;
  readonly division?: Division;
}

/** What the thread that holds the index is asked. */
export interface TableRequests {
  /** Opens a file, or reads it again in another way. Waits for the first bytes of a file that is still growing. */
  open: Request<TableSpec, OpenAnswer>;
  rows: Request<RowsRequest, Rows>;
  cell: Request<CellRequest, CellText>;
  record: Request<{ readonly row: number }, readonly RecordField[]>;
  summarize: Request<SummaryRequest, SummaryAnswer>;
  lineOf: Request<{ readonly row: number }, number>;
  indexed: Request<{ readonly row: number }, TableProgress>;
  /** Appends columns that a search found first. */
  addColumns: Request<{ readonly names: readonly string[] }, TableShape>;
  grew: Request<SourceGrowth, null>;
}

export interface TableEvents {
  shape: TableShape;
  progress: TableProgress;
  problem: TableProblem;
}

/** A file as the thread with its index divides it, so that both divide it the same way. */
export interface SearchedFile {
  readonly path: string;
  readonly size?: number;
  readonly division: Division;
}

/** Matches with their columns as indexes into `columns`, which names all columns of JSON and none of delimited text. */
export interface MatchBatch {
  readonly matches: readonly Match[];
  readonly columns: readonly string[];
  readonly done: boolean;
}

/** What the thread that searches is asked. */
export interface FindRequests {
  /** Ends the search before, if any. Answered once the pattern is understood. */
  begin: Request<{ readonly file: SearchedFile; readonly pattern: FindPattern; readonly search: number }, FindProgress>;
  next: Request<
    { readonly from: Match; readonly direction: "next" | "previous" },
    { readonly found: FoundMatch | null; readonly columns: readonly string[] }
  >;
  end: Request<null, null>;
  grew: Request<SourceGrowth, null>;
  /** The next matches of an independent reading of all of them; the first call begins it. */
  take: Request<{ readonly file: SearchedFile; readonly pattern: FindPattern }, MatchBatch>;
}

export interface FindEvents {
  progress: FindProgress;
}
