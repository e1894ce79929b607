import type { Encoding, ReadAs } from "../tableTypes.ts";

/** Which bytes a table reads, and how. */
export interface TableSpec {
  readonly path: string;
  /** The name of the file for the user, if `path` is only temporary: the part of a download. */
  readonly fileName?: string;
  /**
   * How many bytes can be read. Default: the whole file. A file that is being downloaded is read up to what was
   * received.
   */
  readonly size?: number;
  /** Whether more bytes are expected. */
  readonly growing: boolean;
  readonly readAs: ReadAs;
  /** The encoding that was found later than in the beginning, for files whose beginning doesn't show it. */
  readonly foundEncoding?: Encoding;
}

/** A change to a table's file: more bytes can be read, or the file has been renamed. */
export interface SourceGrowth {
  readonly path?: string;
  /** Default: the whole file. */
  readonly size?: number;
  readonly growing: boolean;
}
