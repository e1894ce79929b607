import type { Grammar } from "../scan/scanner.ts";
import { decodeText } from "../source/textDecoding.ts";
import type { Encoding } from "../tableTypes.ts";
import type { FileStretch } from "../scan/stretchReader.ts";

export type DelimitedGrammar = Extract<Grammar, { kind: "delimited" }>;

/** A stretch whose rows are known. */
export interface DividedStretch {
  readonly stretch: FileStretch;
  /** Position behind each row's end. */
  readonly starts: Uint32Array;
  /** How many rows end in the stretch; of one more the beginning is there. */
  readonly ended: number;
}

const carriageReturn = 13;

/**
 * Walks over the fields of a stretch's delimited rows, forwards only, by the rules that scanner and cells follow. Far
 * cheaper than to read whole rows when only some fields count.
 */
export class FieldWalk {
  /** Place of the row among those of the stretch. */
  row = -1;
  rowFrom = 0;
  /** Position behind the row, newline included. */
  rowTo = 0;
  column = 0;
  /** The field's first position, and the one behind its last. */
  from = 0;
  to = 0;
  readonly #divided: DividedStretch;
  readonly #input: Uint8Array;
  readonly #grammar: DelimitedGrammar;
  readonly #encoding: Encoding;
  /** Position behind the row's last character. */
  #textTo = 0;
  /** Positions of the quotes around the field, the second one perhaps missing. */
  #quoted: { readonly close: number; readonly doubled: boolean } | undefined;

  constructor(divided: DividedStretch, grammar: DelimitedGrammar, encoding: Encoding) {
    this.#divided = divided;
    this.#input = divided.stretch.input;
    this.#grammar = grammar;
    this.#encoding = encoding;
  }

  /** More than quotes stands around the field's text, or it does not close. */
  get malformed(): boolean {
    return this.#quoted !== undefined && this.#quoted.close + 1 !== this.to;
  }

  /** The field's value, as its cell shows it. */
  get value(): string {
    if (this.#quoted === undefined) return this.#text(this.from, this.to);
    const { close, doubled } = this.#quoted;
    const inside = this.#text(this.from + 1, Math.min(close, this.to));
    const quote = String.fromCharCode(this.#grammar.quote ?? 0);
    return (doubled ? inside.replaceAll(quote + quote, quote) : inside) + this.#text(close + 1, this.to);
  }

  /** Goes on to the row in which a position stands, and to its first field. Stays where it is within the same row. */
  seekRow(position: number): void {
    const { starts, ended, stretch } = this.#divided;
    if (this.row >= 0 && position < this.rowTo) return;
    do this.row++;
    while (this.row < ended && (starts[this.row] ?? 0) <= position);
    this.rowFrom = this.row === 0 ? 0 : (starts[this.row - 1] ?? 0);
    this.rowTo = this.row < ended ? (starts[this.row] ?? 0) : stretch.units;
    this.#textTo = this.row < ended ? this.rowTo - 1 : this.rowTo;
    const endsInReturn = this.#textTo > this.rowFrom && this.#input[this.#textTo - 1] === carriageReturn;
    if (this.#grammar.newline === 10 && endsInReturn) this.#textTo--;
    this.column = 0;
    this.#readField(this.rowFrom);
  }

  /** Goes on to the field of the row in which a position stands. */
  seekField(position: number): void {
    while (position >= this.to && this.nextField());
  }

  /** False behind the row's last field. */
  nextField(): boolean {
    if (this.to >= this.#textTo) return false;
    this.column++;
    this.#readField(this.to + 1);
    return true;
  }

  #readField(from: number): void {
    this.from = from;
    this.#quoted = undefined;
    const input = this.#input;
    const { quote, delimiter } = this.#grammar;
    let at = from;
    if (quote !== undefined && at < this.#textTo && input[at] === quote) {
      let doubled = false;
      for (at++; at < this.#textTo; at++) {
        if (input[at] !== quote) continue;
        if (at + 1 >= this.#textTo || input[at + 1] !== quote) break;
        doubled = true;
        at++;
      }
      this.#quoted = { close: at, doubled };
      at++;
    }
    while (at < this.#textTo && input[at] !== delimiter) at++;
    this.to = Math.min(at, this.#textTo);
  }

  #text(from: number, to: number): string {
    return from < to ? decodeText(this.#divided.stretch.bytes(from, to), this.#encoding) : "";
  }
}
