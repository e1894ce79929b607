import type { Encoding, Escape } from "../../src/table/tableTypes.ts";

/** How a table is written, as its generator knows it. */
export type Writing = DelimitedWriting | JsonWriting;

export interface DelimitedWriting {
  readonly kind: "delimited";
  readonly delimiter: string;
  /** Empty for none. */
  readonly quote: string;
  readonly escape: Escape;
  readonly header: boolean;
  /** The character that ends rows. */
  readonly newline: "\n" | "\r";
}

export interface JsonWriting {
  readonly kind: "json";
  /** `inner`: an array inside an object. `joined`: objects one after the other. */
  readonly layout: "lines" | "array" | "inner" | "joined";
  /** The character that ends lines. */
  readonly newline: "\n" | "\r";
  readonly flat: boolean;
  /** The keys that lead to the records; empty unless `inner`. */
  readonly arrayPath: readonly string[];
}

/** A random table: what is in the file, and how it is to be read. */
export interface FuzzTable {
  readonly fileName: string;
  readonly text: string;
  readonly encoding: Encoding;
  /** Whether the file begins with a byte order mark. */
  readonly mark: boolean;
  readonly writing: Writing;
}

/** A difference between the table and the slow reader. */
export class Difference extends Error {
  /** What was compared, without values, so that the same difference is recognized in a smaller table. */
  readonly what: string;
  readonly expected: unknown;
  readonly actual: unknown;

  constructor(what: string, expected: unknown, actual: unknown) {
    super(what);
    this.what = what;
    this.expected = expected;
    this.actual = actual;
  }
}
