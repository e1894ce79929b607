import { type Call, callOf, globalOf, memoryOf, numberOf } from "./wasmExports.ts";
import { type Grammar, inputCapacity } from "./scanner.ts";

export type PlainGrammar = Extract<Grammar, { kind: "delimited" }>;

/** The values of one column in consecutive rows. Valid until the next call. */
export interface FieldValues {
  /** Of each value that is there: the number of its bytes in four bytes, and its bytes. */
  readonly values: Uint8Array;
  /** One bit per row, the lowest ones first: whether there is a value. Undefined if there is one in each row. */
  readonly present: Uint8Array | undefined;
}

/** The rows that `divide` found. */
export interface DividedRows {
  readonly rows: number;
  /** The position after the last of them. */
  readonly end: number;
}

/** Larger than the index of any column. */
const noColumn = 0xffffffff;

/**
 * Copies some fields of delimited rows, by the same rules as the scanner and the cells: without the quotes around them,
 * and with single quotes for doubled ones. The bytes are those of the file, so they are text only if the file's are.
 * Much faster than cells, because there is no text in between.
 */
export class FieldScanner {
  /** The buffer for the bytes: `inputCapacity`, from the beginning of a row on. */
  readonly input: Uint8Array;
  readonly #mostFields: number;
  readonly #wanted: Uint32Array;
  readonly #buffer: ArrayBufferLike;
  readonly #values: number;
  readonly #present: number;
  readonly #setGrammar: Call;
  readonly #divide: Call;
  readonly #gather: Call;
  readonly #lastStart: WebAssembly.Global;
  readonly #missingValues: WebAssembly.Global;
  #columns = 1;

  /** @param wasm the output of `scripts/scanner/buildScanner.ts` for the program `fields` */
  constructor(wasm: Uint8Array) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {});
    const { buffer } = memoryOf(exports);
    this.#buffer = buffer;
    this.#mostFields = numberOf(exports, "fieldCapacity");
    this.input = new Uint8Array(buffer, numberOf(exports, "input"), inputCapacity);
    this.#wanted = new Uint32Array(buffer, numberOf(exports, "wanted"), this.#mostFields + 1);
    this.#values = numberOf(exports, "values");
    this.#present = numberOf(exports, "present");
    this.#setGrammar = callOf(exports, "setGrammar");
    this.#divide = callOf(exports, "divide");
    this.#gather = callOf(exports, "gather");
    this.#lastStart = globalOf(exports, "lastStart");
    this.#missingValues = globalOf(exports, "missingValues");
  }

  /**
   * @param grammar without escapes and other options
   * @param columns the wanted columns, in increasing order
   */
  begin({ delimiter, quote, newline }: PlainGrammar, columns: readonly number[]): void {
    if (columns.length > this.#mostFields) throw new RangeError(`${columns.length} columns.`);
    this.#columns = columns.length;
    this.#wanted.set(columns);
    this.#wanted[columns.length] = noColumn;
    this.#setGrammar(delimiter, quote ?? -1, newline, columns.length);
  }

  /** Finds the fields of the rows that end in `input[0..to)`, at most so many. */
  divide(to: number, mostRows: number): DividedRows {
    const most = Math.min(mostRows, Math.floor(this.#mostFields / Math.max(1, this.#columns)));
    const rows = this.#divide(to, most);
    return { rows, end: Number(this.#lastStart.value) };
  }

  /** The values of a wanted column in the first rows that `divide` found. `index` is that in `columns`. */
  gather(index: number, rows: number): FieldValues {
    const bytes = this.#gather(index, rows);
    const values = new Uint8Array(this.#buffer, this.#values, bytes);
    if (Number(this.#missingValues.value) === 0) return { values, present: undefined };
    return { values, present: new Uint8Array(this.#buffer, this.#present, Math.ceil(rows / 8)) };
  }
}
