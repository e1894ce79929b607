import type { ReadAs } from "../tableTypes.ts";

/** Which bytes a table is made of, and how they are read. */
export interface TableSpec {
  readonly path: string;
  /** The name by which people know the file, when `path` is only where it lies for now: a download's part. */
  readonly fileName?: string;
  /**
   * Bytes that may be read. Left out: as many as the file has. A file that is still downloaded is read up to what has
   * arrived.
   */
  readonly size?: number;
  /** More bytes are expected. */
  readonly growing: boolean;
  readonly readAs: ReadAs;
}

/** What became of a table's file: more bytes may be read, or it lies elsewhere under its own name. */
export interface SourceGrowth {
  readonly path?: string;
  /** Left out: as many as the file has. */
  readonly size?: number;
  readonly growing: boolean;
}
