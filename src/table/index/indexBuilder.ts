import { defined } from "../../model/defined.ts";
import { isClosed } from "../scan/arrayEnd.ts";
import { afterArray, afterEscape, inQuotes } from "../scan/modes.ts";
import type { Grammar } from "../scan/scanner.ts";
import { anchorSpacing, RowIndex } from "./rowIndex.ts";
import { RowWalk, type WalkState } from "./rowWalk.ts";
import type { Utf8Check } from "./utf8Check.ts";
import { type ScannedFile, wholeBytes } from "./scannedFile.ts";

export interface IndexBuilderOptions extends ScannedFile {
  /** The first byte of the first row: after byte order mark, header row, or opening bracket. */
  readonly begin: number;
  /** Whether rows are JSON values, so that an incomplete last row can be recognized. */
  readonly jsonLines?: boolean;
  /** Looks at every byte that is indexed. */
  readonly utf8?: Utf8Check;
}

/** An index that begins at a row within the file. Can be copied to another thread. */
export interface IndexedTail {
  /** Byte and row of each anchor. The first one is the row at which the index begins, and rows are counted from there. */
  readonly anchors: Float64Array;
  readonly endedRows: number;
  readonly walk: WalkState;
  /** As in `Utf8Check`. */
  readonly wrongFrom?: number;
  readonly hasCharacters?: boolean;
}

/** How many bytes are read at once: few enough to stay in the processor's cache until they are scanned. */
const readBytes = 1 << 18;
/** A longer last line is not checked for complete JSON. */
const longestCheckedLine = 1 << 24;

/** Indexes a file in steps, and continues if the file grows. */
export class IndexBuilder {
  readonly index: RowIndex;
  readonly #file: IndexBuilderOptions;
  readonly #walk: RowWalk;
  readonly #firstStart = new Uint32Array(1);
  /** The known size of the file. */
  #size: number;
  /** The number of the 64 KiB section with the last anchor. */
  #anchored = -1;
  #endedRows = 0;

  constructor(options: IndexBuilderOptions) {
    this.#file = options;
    this.#size = options.source.size;
    this.#walk = new RowWalk(options, options.begin);
    this.index = new RowIndex(options.begin);
  }

  /** The first byte that is not indexed; the file's size when all bytes are. */
  get indexedBytes(): number {
    return this.complete ? this.#size : this.#walk.byte;
  }

  get complete(): boolean {
    return this.#walk.end !== undefined || wholeBytes(this.#file, this.#size - this.#walk.byte) === 0;
  }

  /** The rows that ended and, at the end of the file, a last one without an end. */
  get rows(): number {
    return this.#endedRows + (this.complete && this.#walk.hasOpenRow ? 1 : 0);
  }

  /** The rows that ended. */
  get endedRows(): number {
    return this.#endedRows;
  }

  /** Whether the indexed bytes end within a record: in quotes, or in incomplete JSON. */
  get endsInRecord(): boolean {
    const { grammar, jsonLines = false } = this.#file;
    const { state, end } = this.#walk;
    if (grammar.kind === "jsonArray") return end === undefined && !isClosed(state);
    if (grammar.kind === "jsonValues") return state.depth > 0;
    if (jsonLines) return this.#endsInLine();
    return state.mode === inQuotes || state.mode === afterEscape;
  }

  /** Everything that was indexed, for a builder that indexes what comes before. */
  get tail(): IndexedTail {
    const { utf8 } = this.#file;
    return {
      anchors: this.index.all,
      endedRows: this.#endedRows,
      walk: this.#walk.position,
      ...defined({ wrongFrom: utf8?.wrongFrom, hasCharacters: utf8?.hasCharacters }),
    };
  }

  /**
   * Continues at the end of what another builder has indexed from a row on.
   *
   * @returns false if that row doesn't begin where this index ends
   */
  adopt({ anchors, endedRows, walk, wrongFrom, hasCharacters = false }: IndexedTail): boolean {
    const [from] = anchors;
    if (from !== this.#walk.byte || from !== this.#walk.rowStart || this.#walk.hasOpenRow) return false;
    for (let at = 2; at < anchors.length; at += 2) {
      const [byte = 0, row = 0] = anchors.subarray(at);
      // The row before ended in this section, and the first one that did has the anchor.
      const section = Math.floor((byte - this.#file.bytesPerCharacter) / anchorSpacing);
      if (section <= this.#anchored) continue;
      this.#anchored = section;
      this.index.add({ byte, row: this.#endedRows + row });
    }
    this.#endedRows += endedRows;
    this.#walk.goTo(walk);
    this.#file.utf8?.passed(from, wrongFrom, hasCharacters);
    this.#cover();
    return true;
  }

  /** Checks the size of the file again. */
  grow(): void {
    this.#size = this.#file.source.size;
  }

  /**
   * Indexes more bytes.
   *
   * @param maxBytes a few MiB take a few milliseconds
   * @param limit a byte that the index doesn't go beyond
   * @returns whether there is more to do
   * @throws ExportError `fileChanged` as `ByteSource.read` does
   */
  step(maxBytes: number, limit = Infinity): boolean {
    const walk = this.#walk;
    const until = Math.min(this.#size, limit, walk.byte + Math.max(maxBytes, anchorSpacing));
    while (!this.complete && walk.byte < until) {
      const length = walk.load(wholeBytes(this.#file, Math.min(readBytes, until - walk.byte)));
      if (length === 0) break;
      this.#file.utf8?.pass(this.#file.scanner.input.subarray(0, length), walk.byte);
      this.#passLoaded(length);
    }
    this.#cover();
    return !this.complete;
  }

  #cover(): void {
    const { hasOpenRow, end } = this.#walk;
    this.index.covered = { bytes: this.indexedBytes, endedRows: this.#endedRows, hasOpenRow, end };
  }

  /** Stretches end at multiples of 64 KiB of the file, however it is read, so that the anchors are always the same. */
  #passLoaded(length: number): void {
    for (let from = 0; from < length;) {
      const byte = this.#walk.byteAt(from);
      const spacing = Math.floor(byte / anchorSpacing);
      const room = ((spacing + 1) * anchorSpacing - byte) / this.#file.bytesPerCharacter;
      const to = Math.min(length, from + Math.ceil(room));
      this.#passStretch(from, to, spacing);
      from = to;
    }
  }

  #passStretch(from: number, to: number, spacing: number): void {
    let rest = from;
    if (spacing > this.#anchored) {
      if (this.#walk.passStarts(from, to, this.#firstStart) === 0) return;
      this.#endedRows++;
      this.#anchored = spacing;
      this.index.add({ byte: this.#walk.rowStart, row: this.#endedRows });
      rest = this.#firstStart[0] ?? to;
    }
    this.#endedRows += this.#walk.pass(rest, to);
  }

  #endsInLine(): boolean {
    const { rowStart, byte } = this.#walk;
    if (byte - rowStart > longestCheckedLine) return false;
    const grammar: Grammar = { kind: "jsonArray" };
    const line = new RowWalk({ ...this.#file, grammar }, rowStart);
    for (let left = byte - rowStart; left > 0; left = byte - line.byte) line.pass(0, line.load(left));
    return line.state.depth > 0 || (line.state.mode !== 0 && line.state.mode !== afterArray);
  }
}
