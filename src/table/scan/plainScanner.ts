import { requireCountable, requireUsable } from "./findLimits.ts";
import { rowEnd } from "./rowEnds.ts";
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

/** A scanner for systems without WebAssembly. */
export function createPlainScanner(): Scanner {
  return new PlainScanner();
}

class PlainScanner implements Scanner {
  readonly input = new Uint8Array(inputCapacity + longestNeedle);

  scan(grammar: Grammar, state: ScanState, from: number, to: number): Stretch {
    let ended = 0;
    let lastStart = -1;
    for (let at = this.#rowEnd(grammar, state, from, to); at !== -1; at = this.#rowEnd(grammar, state, at, to)) {
      ended++;
      lastStart = at;
    }
    return { ended, lastStart };
  }

  rowStarts(grammar: Grammar, state: ScanState, from: number, to: number, starts: Uint32Array): number {
    let written = 0;
    for (let at = from; written < starts.length; written++) {
      at = this.#rowEnd(grammar, state, at, to);
      if (at === -1) break;
      starts[written] = at;
    }
    return written;
  }

  find(grammar: Grammar, state: ScanState, range: FindRange, needle: Needle, found: Uint32Array): FindAnswer {
    requireUsable(needle, found);
    const { from, to, readable } = range;
    const capacity = Math.floor(found.length / numbersPerMatch) * numbersPerMatch;
    let { skip } = range;
    let at = from;
    let written = 0;
    let ended = 0;
    let lastStart = -1;
    const moveTo = (position: number) => {
      for (let end = this.#rowEnd(grammar, state, at, position); end !== -1;) {
        ended++;
        lastStart = end;
        end = this.#rowEnd(grammar, state, end, position);
      }
      at = position;
    };
    for (let match = this.#nextMatch(needle, Math.max(skip, from), to, readable); match !== -1;) {
      moveTo(match);
      found.set([match, ended, state.column], written);
      written += numbersPerMatch;
      skip = match + needle.bytes.length;
      if (written === capacity) break;
      match = this.#nextMatch(needle, skip, to, readable);
    }
    moveTo(written === capacity ? at + 1 : to);
    return { matches: written / numbersPerMatch, ended, lastStart, at, skip };
  }

  positions(needle: Needle, from: number, to: number, positions: Uint32Array): number {
    requireCountable(needle, positions);
    let count = 0;
    for (let at = this.#nextMatch(needle, from, to, to); at !== -1;) {
      if (count < positions.length) positions[count] = at;
      count++;
      at = this.#nextMatch(needle, at + needle.bytes.length, to, to);
    }
    return count;
  }

  #rowEnd(grammar: Grammar, state: ScanState, from: number, to: number): number {
    return rowEnd(this.input, grammar, state, from, to);
  }

  /** Returns -1 if none begins before `to`. */
  #nextMatch(needle: Needle, from: number, to: number, readable: number): number {
    const end = Math.min(to, readable - needle.bytes.length + 1);
    for (let at = from; at < end; at++) {
      if (this.#matches(needle, at)) return at;
    }
    return -1;
  }

  #matches({ bytes, foldsCase }: Needle, position: number): boolean {
    for (let at = 0; at < bytes.length; at++) {
      const byte = this.input[position + at] ?? 0;
      if ((foldsCase && byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== bytes[at]) return false;
    }
    return true;
  }
}
