import type { Request } from "../channel/requestMap.ts";
import type { ErrorCode, ErrorDetails } from "../model/exportError.ts";
import type { ColumnProfile, Filter, QueryResult, SavedFormat, SortKey } from "../model/queryContract.ts";
import type { SentenceBundle } from "../table/worker/tableMessages.ts";
import type { ExportSource } from "./exportSource.ts";
import type { CountedValues } from "./statements/columnValues.ts";

/** What the engine's process starts with. */
export interface EngineStart {
  /** A folder for columns while they are loaded, and for what doesn't fit in memory. Its own, and empty. */
  readonly workFolder: string;
  /** The folder of all cached columns, shared by the engines of all windows. */
  readonly cacheFolder: string;
  readonly memoryLimitMiB: number;
  readonly cacheLimitMiB: number;
  /** Path of the compiled scanner. */
  readonly scanner: string;
  /** URL of the program that extracts columns. */
  readonly extractWorker: string;
  /** Path of the compiled program that copies fields. Without it, columns are extracted more slowly. */
  readonly fields?: string | undefined;
  readonly sentences: SentenceBundle | undefined;
}

export interface ArrangeRequest {
  readonly source: ExportSource;
  readonly sort: readonly SortKey[];
  readonly filter: Filter | null;
}

/** Requests to the engine's process. `order` and `work` are numbers that the host chooses. */
export interface EngineRequests {
  /** The first request. Answers the engine's version after a self-test. */
  start: Request<EngineStart, { readonly version: string }>;
  /** Sorts and filters. Answered when the number of rows and the first ones are known; the rest follows. */
  arrange: Request<
    ArrangeRequest & { readonly order: number; readonly work: number },
    { readonly rows: number; readonly first: readonly number[] }
  >;
  /** Row numbers of an order. Waits until they are known. */
  numbers: Request<{ readonly order: number; readonly from: number; readonly count: number }, readonly number[]>;
  /** The position of each row in an order; -1 for a row that isn't part of it. */
  positions: Request<{ readonly order: number; readonly rows: readonly number[] }, readonly number[]>;
  query: Request<QueryRequest & { readonly work: number }, QueryAnswer>;
  /** Writes a sorted and filtered view to a Parquet file, and answers the number of rows. */
  saveRows: Request<SaveRowsRequest & { readonly work: number }, number>;
  /** Writes a statement's result to a file, and answers the number of rows. */
  saveResult: Request<SaveResultRequest & { readonly work: number }, Answered<number>>;
  /** A statement that answers a sorted and filtered view, with all values in it, for a person. */
  viewSql: Request<Omit<SaveRowsRequest, "target"> & { readonly work: number }, string>;
  /** Writes the rows of a Parquet file as JSON Lines, and answers their number. */
  readParquet: Request<ReadParquetRequest & { readonly work: number }, number>;
  /** Answered when nothing is written for `work` any more: a request that is canceled is answered before that. */
  written: Request<{ readonly work: number }, null>;
  /** What can follow at the end of a text. `from` counts characters from its beginning. */
  complete: Request<{ readonly sql: string }, readonly { readonly text: string; readonly from: number }[]>;
  /** Says what columns contain. Each profile is sent as an event first, as soon as it is ready. */
  profile: Request<ProfileRequest & { readonly work: number }, readonly ColumnProfile[]>;
  columnValues: Request<ColumnValuesRequest, CountedValues>;
  dropOrder: Request<{ readonly order: number }, null>;
}

export interface ProfileRequest {
  readonly source: ExportSource;
  /** Indexes, in the order in which the columns are profiled. */
  readonly columns: readonly number[];
  /** Only rows that pass it; null for all rows. */
  readonly filter: Filter | null;
}

export interface ColumnValuesRequest {
  readonly source: ExportSource;
  /** Its index. */
  readonly column: number;
  /** Only values that contain this text, in upper or lower case. */
  readonly contains: string;
  /** Only rows that pass it; null for all rows. */
  readonly filter: Filter | null;
  /** How many values are listed. */
  readonly limit: number;
}

export interface NamedExport {
  /** The name of its table. The same columns as text are in the table with `_text` after this name. */
  readonly name: string;
  readonly source: ExportSource;
}

/** A statement that a person wrote. */
export interface QueryRequest {
  readonly sql: string;
  readonly exports: readonly NamedExport[];
  /** More rows are not returned. */
  readonly maxRows: number;
}

export interface SaveRowsRequest {
  readonly source: ExportSource;
  /** Indexes of the columns, in the order in which they are written. At least one. */
  readonly columns: readonly number[];
  readonly sort: readonly SortKey[];
  readonly filter: Filter | null;
  /** The path of the file, which may exist. If the request fails, what it contains is useless. */
  readonly target: string;
}

export interface SaveResultRequest extends Omit<QueryRequest, "maxRows"> {
  readonly format: SavedFormat;
  readonly target: string;
}

export interface ReadParquetRequest {
  readonly file: string;
  readonly target: string;
}

export type QueryAnswer = Answered<QueryResult>;

/** A refusal has no details, but what is wrong with a statement needs some. */
export type Answered<Result> =
  | { readonly kind: "result"; readonly result: Result }
  | {
      readonly kind: "refused";
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: Pick<ErrorDetails, "position" | "candidates">;
    };

export interface EngineEvents {
  /** Some of the work that a request needs is done: a share from 0 to 1. */
  progress: { readonly work: number; readonly done: number };
  /** One of the columns that a request asked for is profiled. */
  profiled: { readonly work: number; readonly column: number; readonly profile: ColumnProfile };
  /** How many rows of a result are there. */
  rows: { readonly work: number; readonly rows: number };
  /** The memory of the process, in bytes. Sent regularly. */
  memory: { readonly bytes: number };
  /** The process can't continue. The host ends it, and asks the next one for what isn't answered. */
  unusable: null;
}
