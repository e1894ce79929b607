import { type Call, callOf, memoryOf, numberOf } from "./wasmExports.ts";
import { requireCountable, requireUsable } from "./findLimits.ts";
import {
  type FindAnswer,
  type FindRange,
  type Grammar,
  inputCapacity,
  longestNeedle,
  type Needle,
  numbersPerMatch,
  type Scanner,
  type ScanState,
  type Stretch,
} from "./scanner.ts";

/**
 * A scanner with its own memory of 2 MiB, which never grows.
 *
 * @param wasm the output of `scripts/scanner/buildScanner.ts`
 * @throws WebAssembly.CompileError, or an Error if it is another module
 */
export function createWasmScanner(wasm: Uint8Array): Scanner {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {});
  return new WasmScanner(exports);
}

/** Offsets in `Exchange` in assembly/memory.ts, the input and output of each call. */
const slots = { mode: 0, depth: 1, column: 2, ended: 3, lastStart: 4, at: 5, skip: 6 };
const exchangeLength = 7;

/** The options of a grammar as `setGrammar` in assembly/blocks.ts expects them. */
function flagsOf(grammar: Grammar): number {
  switch (grammar.kind) {
    case "delimited":
      return (
        Number(grammar.escapes ?? false) |
        (Number(grammar.skipsSpaces ?? false) << 1) |
        (Number(grammar.skipsBlank ?? false) << 2)
      );
    case "jsonArray":
      return Number(grammar.reopens ?? false) << 3;
    case "jsonValues":
      return 1 << 4;
  }
}

class WasmScanner implements Scanner {
  readonly input: Uint8Array;
  readonly #needle: Uint8Array;
  readonly #output: Uint32Array;
  readonly #exchange: Int32Array;
  readonly #setGrammar: Call;
  readonly #scan: Call;
  readonly #rowStarts: Call;
  readonly #find: Call;
  readonly #positions: Call;

  constructor(exports: WebAssembly.Exports) {
    const { buffer } = memoryOf(exports);
    const at = (name: string) => numberOf(exports, name);
    this.input = new Uint8Array(buffer, at("input"), inputCapacity + longestNeedle);
    this.#needle = new Uint8Array(buffer, at("needle"), longestNeedle);
    this.#output = new Uint32Array(buffer, at("output"), at("outputCapacity"));
    this.#exchange = new Int32Array(buffer, at("exchange"), exchangeLength);
    this.#setGrammar = callOf(exports, "setGrammar");
    this.#scan = callOf(exports, "scan");
    this.#rowStarts = callOf(exports, "rowStarts");
    this.#find = callOf(exports, "find");
    this.#positions = callOf(exports, "positions");
  }

  scan(grammar: Grammar, state: ScanState, from: number, to: number): Stretch {
    this.#begin(grammar, state);
    this.#scan(from, to);
    this.#takeState(state);
    return { ended: this.#read(slots.ended), lastStart: this.#lastStart() };
  }

  rowStarts(grammar: Grammar, state: ScanState, from: number, to: number, starts: Uint32Array): number {
    let written = 0;
    for (let at = from; written < starts.length; at = this.#read(slots.at)) {
      const room = Math.min(starts.length - written, this.#output.length);
      this.#begin(grammar, state);
      const more = this.#rowStarts(at, to, room);
      this.#takeState(state);
      starts.set(this.#output.subarray(0, more), written);
      written += more;
      if (more < room) break;
    }
    return written;
  }

  find(grammar: Grammar, state: ScanState, range: FindRange, needle: Needle, found: Uint32Array): FindAnswer {
    requireUsable(needle, found);
    this.#needle.set(needle.bytes);
    const capacity = Math.floor(found.length / numbersPerMatch);
    let { from: at, skip } = range;
    let matches = 0;
    let ended = 0;
    let lastStart = -1;
    do {
      const room = Math.min(capacity - matches, Math.floor(this.#output.length / numbersPerMatch));
      this.#begin(grammar, state);
      const folds = Number(needle.foldsCase);
      const more = this.#find(at, range.to, range.readable, skip, needle.bytes.length, folds, room);
      this.#takeState(state);
      this.#takeMatches(found, matches, more, ended);
      matches += more;
      ended += this.#read(slots.ended);
      if (this.#lastStart() !== -1) lastStart = this.#lastStart();
      at = this.#read(slots.at);
      skip = this.#read(slots.skip);
    } while (at < range.to && matches < capacity);
    return { matches, ended, lastStart, at, skip };
  }

  positions(needle: Needle, from: number, to: number, positions: Uint32Array): number {
    requireCountable(needle, positions);
    this.#needle.set(needle.bytes);
    const room = positions.length;
    const count = this.#positions(from, to, needle.bytes.length, Number(needle.foldsCase), room);
    positions.set(this.#output.subarray(0, Math.min(count, room)));
    return count;
  }

  #begin(grammar: Grammar, state: ScanState): void {
    if (grammar.kind === "delimited") {
      this.#setGrammar(grammar.delimiter, grammar.quote ?? -1, grammar.newline, flagsOf(grammar));
    } else this.#setGrammar(-1, -1, -1, flagsOf(grammar));
    this.#exchange[slots.mode] = state.mode;
    this.#exchange[slots.depth] = state.depth;
    this.#exchange[slots.column] = state.column;
  }

  #takeState(state: ScanState): void {
    state.mode = this.#read(slots.mode);
    state.depth = this.#read(slots.depth);
    state.column = this.#read(slots.column);
  }

  /** Copies `count` matches. Their rows are counted from those that ended before. */
  #takeMatches(found: Uint32Array, matches: number, count: number, endedBefore: number): void {
    const from = matches * numbersPerMatch;
    found.set(this.#output.subarray(0, count * numbersPerMatch), from);
    if (endedBefore === 0) return;
    for (let at = from + 1; at < from + count * numbersPerMatch; at += numbersPerMatch) {
      found[at] = (found[at] ?? 0) + endedBefore;
    }
  }

  #read(slot: number): number {
    return (this.#exchange[slot] ?? 0) >>> 0;
  }

  #lastStart(): number {
    return this.#exchange[slots.lastStart] ?? -1;
  }
}
