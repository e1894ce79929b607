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
  /** Whether the row after them is complete, but can't be copied. JSON only. */
  readonly isUnusual: boolean;
}

/** How the records of a JSON file are divided. */
export type RecordGrammar =
  { readonly kind: "lines"; readonly newline: number } | { readonly kind: "array" } | { readonly kind: "joined" };

/** Larger than the index of any column. */
const noColumn = 0xffffffff;

/**
 * Copies some fields of delimited rows, or some members of JSON objects, by the same rules as the scanner and the cells:
 * without the quotes around them, with single quotes for doubled ones, and with characters for escapes. The bytes are
 * those of the file, so they are text only if the file's are. Much faster than cells, because there is no text in
 * between.
 */
export class FieldScanner {
  /** The buffer for the bytes: `inputCapacity`, from the beginning of a row on. */
  readonly input: Uint8Array;
  readonly #mostFields: number;
  readonly #wanted: Uint32Array;
  readonly #names: Uint8Array;
  readonly #buffer: ArrayBufferLike;
  readonly #values: number;
  readonly #present: number;
  readonly #delimited: Program;
  readonly #records: Program;
  #program: Program;
  #columns = 1;

  /** @param wasm the output of `scripts/scanner/buildScanner.ts` for the program `fields` */
  constructor(wasm: Uint8Array) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {});
    const { buffer } = memoryOf(exports);
    const at = (name: string) => numberOf(exports, name);
    this.#buffer = buffer;
    this.#mostFields = at("fieldCapacity");
    this.input = new Uint8Array(buffer, at("input"), inputCapacity);
    this.#wanted = new Uint32Array(buffer, at("wanted"), this.#mostFields + 1);
    this.#names = new Uint8Array(buffer, at("names"), at("nameCapacity"));
    this.#values = at("values");
    this.#present = at("present");
    this.#delimited = programOf(exports, ["setGrammar", "divide", "gather", "lastStart", "missingValues"]);
    this.#records = {
      ...programOf(exports, ["setRecords", "divideObjects", "gatherMembers", "objectsEnd", "missingMembers"]),
      isUnusual: globalOf(exports, "isUnusual"),
    };
    this.#program = this.#delimited;
  }

  /**
   * @param grammar without escapes and other options
   * @param columns the wanted columns, in increasing order
   */
  begin({ delimiter, quote, newline }: PlainGrammar, columns: readonly number[]): void {
    this.#wanted.set(columns);
    this.#wanted[columns.length] = noColumn;
    this.#program = this.#delimited;
    this.#columns = columns.length;
    this.#program.begin(delimiter, quote ?? -1, newline, columns.length);
  }

  /**
   * @param names the wanted keys, each only once. Of several members with the same key, the first one is copied
   * @returns false if there is no room for the names
   */
  beginObjects(grammar: RecordGrammar, names: readonly string[]): boolean {
    const encoded = names.map((name) => Buffer.from(name));
    const bytes = Buffer.concat(encoded);
    if (bytes.length > this.#names.length || names.length >= this.#mostFields) return false;
    this.#names.set(bytes);
    let end = 0;
    this.#wanted.set([0, ...encoded.map(({ length }) => (end += length))]);
    this.#program = this.#records;
    this.#columns = names.length;
    this.#program.begin(
      grammar.kind === "lines" ? grammar.newline : -1,
      Number(grammar.kind === "array"),
      names.length,
    );
    return true;
  }

  /** Finds the fields of the rows that end in `input[0..to)`, at most so many. */
  divide(to: number, mostRows: number): DividedRows {
    const { divide, end, isUnusual } = this.#program;
    const rows = divide(to, Math.min(mostRows, Math.floor(this.#mostFields / Math.max(1, this.#columns))));
    return { rows, end: Number(end.value), isUnusual: Number(isUnusual?.value ?? 0) === 1 };
  }

  /** The values of a wanted column in the first rows that `divide` found. `index` is that of the column or name. */
  gather(index: number, rows: number): FieldValues {
    const { gather, missing } = this.#program;
    const values = new Uint8Array(this.#buffer, this.#values, gather(index, rows));
    if (Number(missing.value) === 0) return { values, present: undefined };
    return { values, present: new Uint8Array(this.#buffer, this.#present, Math.ceil(rows / 8)) };
  }
}

/** The functions for one kind of file, and the numbers that they leave behind. */
interface Program {
  readonly begin: Call;
  readonly divide: Call;
  readonly gather: Call;
  readonly end: WebAssembly.Global;
  readonly missing: WebAssembly.Global;
  readonly isUnusual?: WebAssembly.Global;
}

function programOf(
  exports: WebAssembly.Exports,
  [begin, divide, gather, end, missing]: readonly [string, string, string, string, string],
): Program {
  return {
    ...{ begin: callOf(exports, begin), divide: callOf(exports, divide), gather: callOf(exports, gather) },
    ...{ end: globalOf(exports, end), missing: globalOf(exports, missing) },
  };
}
