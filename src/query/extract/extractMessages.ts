import type { Request } from "../../channel/requestMap.ts";
import type { SearchedFile } from "../../table/worker/tableMessages.ts";
import type { SourceField } from "../exportSource.ts";

/** Consecutive rows of one file. */
export interface Piece {
  readonly file: Omit<SearchedFile, "landmarks">;
  /** The byte at which its first row begins. */
  readonly from: number;
  /** The byte after its last row, at which another one begins; undefined if it ends with the file. */
  readonly to: number | undefined;
  /** The exact number of its rows, according to the index. */
  readonly rows: number;
  /** Where each wanted column comes from. */
  readonly fields: readonly SourceField[];
}

/** How much is read at once. */
export interface ExtractSizes {
  /** Bytes of a stretch of the file. At most the capacity of the scanner. */
  readonly stretch: number;
  /** Bytes of a piece. */
  readonly piece: number;
}

export interface PieceRequest {
  readonly piece: Piece;
  /** The path of the new file. */
  readonly target: string;
  readonly stretch: number;
}

/** Requests to a thread that extracts columns. */
export interface ExtractRequests {
  /** Writes a piece of the wanted columns to a new file. Without rows, there is no file. */
  extract: Request<PieceRequest, null>;
}

export interface ExtractEvents {
  /** How many bytes of its piece the thread has read. */
  progress: { readonly bytes: number };
}
