import { arrayEnd, closingBracket, isClosed } from "../scan/arrayEnd.ts";
import { afterAll, inField } from "../scan/modes.ts";
import { freshState } from "../scan/rowEnds.ts";
import { inputCapacity, type ScanState } from "../scan/scanner.ts";
import { hasText, readCharacters, type ScannedFile } from "./scannedFile.ts";

/** Where a walk is, so that another one can continue there. */
export interface WalkState {
  readonly byte: number;
  readonly rowStart: number;
  readonly hasOpenRow: boolean;
  readonly end: number | undefined;
  readonly state: Readonly<ScanState>;
}

/** What can be between values that follow one another, and after the last one. */
const comma = 0x2c;

/**
 * Goes through a file from the beginning of a row: first `load`, then everything that was loaded, stretch by stretch,
 * in order. Positions are those in `scanner.input`.
 */
export class RowWalk {
  readonly state: ScanState = freshState();
  readonly #file: ScannedFile;
  /** The first byte of the row that has not ended. */
  rowStart: number;
  /** Whether that row has any bytes. */
  hasOpenRow = false;
  /** The bracket that closes a JSON array, once it was reached. */
  end: number | undefined;
  /** The first byte that was not processed. */
  byte: number;
  #loadedFrom: number;

  constructor(file: ScannedFile, byte: number) {
    this.#file = file;
    this.byte = byte;
    this.rowStart = byte;
    this.#loadedFrom = byte;
  }

  get position(): WalkState {
    const { byte, rowStart, hasOpenRow, end, state } = this;
    return { byte, rowStart, hasOpenRow, end, state: { ...state } };
  }

  /** Continues where another walk of the same file is. */
  goTo({ byte, rowStart, hasOpenRow, end, state }: WalkState): void {
    Object.assign(this.state, state);
    this.byte = byte;
    this.rowStart = rowStart;
    this.hasOpenRow = hasOpenRow;
    this.end = end;
  }

  /**
   * Reads the next bytes.
   *
   * @returns how many characters were read; 0 at the end of the file
   */
  load(bytes: number): number {
    const { scanner } = this.#file;
    this.#loadedFrom = this.byte;
    return readCharacters(this.#file, scanner.input.subarray(0, Math.min(bytes, inputCapacity)), this.byte);
  }

  byteAt(position: number): number {
    return this.#loadedFrom + position * this.#file.bytesPerCharacter;
  }

  /** Returns how many rows ended. */
  pass(from: number, to: number): number {
    const { scanner, grammar } = this.#file;
    const before = { ...this.state };
    const { ended, lastStart } = scanner.scan(grammar, this.state, from, to);
    this.#passed(before, from, to, lastStart);
    return ended;
  }

  /** Like `Scanner.rowStarts`. Stops at the last row start if `starts` is full. */
  passStarts(from: number, to: number, starts: Uint32Array): number {
    const { scanner, grammar } = this.#file;
    const before = { ...this.state };
    const count = scanner.rowStarts(grammar, this.state, from, to, starts);
    const lastStart = starts[count - 1] ?? -1;
    this.#passed(before, from, count === starts.length ? lastStart : to, lastStart);
    return count;
  }

  #passed(stateBefore: ScanState, from: number, to: number, lastStart: number): void {
    const { scanner, grammar } = this.#file;
    this.byte = this.byteAt(to);
    if (lastStart !== -1) {
      this.rowStart = this.byteAt(lastStart);
      this.hasOpenRow = false;
    }
    const rest = lastStart === -1 ? from : lastStart;
    if (this.end !== undefined) return;
    const before = lastStart === -1 ? stateBefore : freshState();
    const end = arrayEnd(scanner, grammar, { from: rest, to, before, after: this.state });
    if (end !== undefined) this.end = this.byteAt(end);
    const restEnd = end ?? to;
    this.hasOpenRow ||= this.#isRow(rest, restEnd, before);
  }

  /** Whether what follows the last row's end is a row. */
  #isRow(from: number, to: number, before: Readonly<ScanState>): boolean {
    const { scanner, grammar } = this.#file;
    if (grammar.kind === "delimited") return grammar.skipsBlank === true ? this.state.mode === inField : to > from;
    if (grammar.kind === "jsonValues") return hasText(scanner.input, from, to, comma);
    if (grammar.reopens !== true) return hasText(scanner.input, from, to);
    if (this.state.mode === afterAll) return true;
    if (!isClosed(this.state)) return hasText(scanner.input, from, to);
    if (isClosed(before)) return false;
    return hasText(scanner.input, from, closingBracket(scanner, grammar, { from, to, before, after: this.state }));
  }
}
