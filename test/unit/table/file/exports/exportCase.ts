/** A small export, and what the table shows when it opens the file without being told anything about it. */
export interface ExportCase {
  /** What is special about it: the words of its row in docs/reading.md. */
  readonly what: string;
  readonly fileName: string;
  readonly content: string | Uint8Array;
  readonly expected: Expected;
}

/** What is not named is not compared, except for `unreadableRows`. */
export interface Expected {
  readonly columns?: readonly string[];
  /** The first rows. */
  readonly rows?: readonly (readonly string[])[];
  readonly total?: number;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly header?: boolean;
  readonly encoding?: string;
  /** The lines before the table. */
  readonly before?: string;
  readonly unreadableRows?: number;
  readonly special?: readonly { readonly row: number; readonly column: number; readonly is: string }[];
}

/** A file of a usual name. */
export function csv(what: string, content: string | Uint8Array, expected: Expected): ExportCase {
  return { what, fileName: "export.csv", content, expected };
}
