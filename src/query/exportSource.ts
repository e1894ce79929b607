import type { SearchedFile } from "../table/worker/tableMessages.ts";
import type { Column } from "../table/tableTypes.ts";

/**
 * The rows of an export for the engine's process: where the bytes are and how they are divided, as the table's index
 * found it. Can be copied to another process.
 */
export interface ExportSource {
  /** Distinguishes the bytes and how they are read from any others. Part of the name of cached columns. */
  readonly key: string;
  /** Several files that are read as one table, or only one. */
  readonly parts: readonly SourcePart[];
  readonly columns: readonly Column[];
  /** The exact number of rows of all parts. */
  readonly rows: number;
}

export interface SourcePart {
  readonly file: SearchedFile;
  /** The exact number of rows, according to the index. */
  readonly rows: number;
  /** Where each column of the export comes from. */
  readonly fields: readonly SourceField[];
}

/** A field of the part's rows, the same text in all rows, or nothing, if the part doesn't have the column. */
export type SourceField =
  | { readonly kind: "field"; readonly index: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" };
