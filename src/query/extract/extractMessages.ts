import type { Request } from "../../channel/requestMap.ts";
import type { SearchedFile } from "../../table/worker/tableMessages.ts";
import type { SourceField } from "../exportSource.ts";
import type { RowRange } from "./rowStretches.ts";

/** Consecutive rows of one file. */
export interface Piece extends RowRange {
  readonly file: Omit<SearchedFile, "landmarks">;
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
  /** Path of the compiled program that copies fields. Without it, they are read cell by cell, which takes longer. */
  readonly fields: string | undefined;
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
