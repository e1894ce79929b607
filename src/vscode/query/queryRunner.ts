import type { ExportError } from "../../model/exportError.ts";
import type { QueryResult } from "../../model/queryContract.ts";
import type { ExportSource } from "../../query/exportSource.ts";
import type { Column } from "../../table/tableTypes.ts";

/** Runs statements in the query engine. */
export interface QueryRunner {
  /** Why queries don't work here; undefined if they do. */
  readonly missing: ExportError | undefined;
  /**
   * Runs one statement that only reads.
   *
   * @throws ExportError `badQuery`, `queryRefused`, `queryTooLarge`, `engineMissing`, `engineFailed`, `cancelled`
   */
  query(
    request: {
      readonly sql: string;
      /** The tables by name. The same columns as text are in `<name>_text`. */
      readonly exports: readonly { readonly name: string; readonly source: ExportSource }[];
      readonly maxRows: number;
    },
    options: { readonly signal: AbortSignal; readonly onProgress?: (done: number) => void },
  ): Promise<QueryResult>;
  /** What the engine suggests at a place of a statement: texts that replace what is between `from` and the place. */
  complete(
    sql: string,
    position: number,
    signal: AbortSignal,
  ): Promise<readonly { readonly text: string; readonly from: number }[]>;
}

/** A file as a table of queries. Dispose it when it is no longer needed. */
export interface QueryableFile {
  /** The columns as soon as the beginning of the file is read. @throws ExportError if it isn't a table */
  columns(): Promise<readonly Column[]>;
  /** Waits until the whole file is indexed. @throws ExportError `invalidRequest`, `fileMissing`, `cancelled` */
  source(signal: AbortSignal): Promise<ExportSource>;
  dispose(): void;
}

/** Opens files for queries, as the open tables read them. */
export interface QueryableFiles {
  open(path: string): QueryableFile;
}
