/** Why a text is not JSON, and at which byte, from 0. */
export interface JsonProblem {
  readonly byte: number;
  readonly kind: "unclosedString" | "unclosedBracket" | "unopenedBracket";
}

/** Deeper levels are indented like this one, so that the output per input byte is limited. */
const deepestIndent = 100;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const space = 0x20;
const tab = 0x09;
const newline = 0x0a;
const carriageReturn = 0x0d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** 1 for each byte that ends a number, `true`, `false` or `null`. */
const endsScalar = Uint8Array.from({ length: 256 }, (_, byte) =>
  [space, tab, newline, carriageReturn, quote, comma, colon, openBracket, closeBracket, openBrace, closeBrace].includes(
    byte,
  )
    ? 1
    : 0,
);

/** What was read last, which decides where the next token goes. */
const after = { start: 0, open: 1, comma: 2, colon: 3, scalar: 4, token: 5, tokenAndBlank: 6 } as const;
type After = (typeof after)[keyof typeof after];

/**
 * Formats JSON byte by byte, in memory that does not grow with the text. Only white space between tokens changes. Every
 * other byte stays the same, so that `1.0`, 12345678901234567890 and `\u00e9` are not altered. JSON libraries can't do
 * this, because even streaming ones parse numbers and strings. Invalid tokens (NaN, an extra comma) are passed through;
 * only brackets and quotes that don't match are rejected.
 */
export class JsonLayout {
  readonly #indent: number;
  readonly #output: Buffer;
  /** The output size from which there may not be enough space for the next byte. */
  readonly #full: number;
  #written = 0;
  /** The offset in the whole text of the first byte of the current input. */
  #inputStart = 0;
  #textEnd = 0;
  /** The closing brackets that are still expected. */
  #due = new Uint8Array(64);
  #depth = 0;
  #after: After = after.start;
  #inString = false;
  #escaped = false;
  #problem: JsonProblem | undefined;

  constructor(indent: number, outputBytes = 1024 * 1024) {
    this.#indent = indent;
    const mostPerByte = 3 + indent * deepestIndent;
    this.#output = Buffer.allocUnsafe(outputBytes + mostPerByte);
    this.#full = outputBytes;
  }

  /** The first problem, if any. Nothing is read beyond it. */
  get problem(): JsonProblem | undefined {
    return this.#problem;
  }

  /** Counts bytes of the text that are skipped. */
  skip(bytes: number): void {
    this.#textEnd += bytes;
  }

  /** Reads from `start` until the input ends, the output is full, or there is a problem. Returns where it stopped. */
  read(input: Uint8Array, start: number): number {
    this.#inputStart = this.#textEnd - start;
    let at = start;
    while (at < input.length && this.#written < this.#full && this.#problem === undefined) {
      at = this.#inString ? this.#readString(input, at) : this.#readToken(input, at);
    }
    this.#textEnd = this.#inputStart + at;
    return at;
  }

  /** The output since the last call. It is valid until the next `read`. */
  take(): Buffer {
    const taken = this.#output.subarray(0, this.#written);
    this.#written = 0;
    return taken;
  }

  /** Call after the last byte: reports what is still open, and ends the last line. */
  end(): void {
    if (this.#inString) this.#problem = { byte: this.#textEnd, kind: "unclosedString" };
    else if (this.#depth > 0) this.#problem = { byte: this.#textEnd, kind: "unclosedBracket" };
    else if (this.#after !== after.start) this.#put(newline);
  }

  /** Copies up to and including the closing quote. */
  #readString(input: Uint8Array, start: number): number {
    const output = this.#output;
    let written = this.#written;
    let escaped = this.#escaped;
    let at = start;
    while (at < input.length && written < this.#full) {
      const byte = input[at++] ?? 0;
      output[written++] = byte;
      if (escaped) {
        escaped = false;
      } else if (byte === backslash) {
        escaped = true;
      } else if (byte === quote) {
        this.#inString = false;
        this.#after = after.token;
        break;
      }
    }
    this.#written = written;
    this.#escaped = escaped;
    return at;
  }

  /** Handles the byte at `at`, or all bytes of a scalar. */
  #readToken(input: Uint8Array, at: number): number {
    const byte = input[at] ?? 0;
    switch (byte) {
      case space:
      case newline:
      case carriageReturn:
      case tab:
        if (this.#after === after.token || this.#after === after.scalar) this.#after = after.tokenAndBlank;
        return at + 1;
      case quote:
        this.#startToken();
        this.#inString = true;
        this.#put(byte);
        return at + 1;
      case openBrace:
      case openBracket:
        this.#open(byte);
        return at + 1;
      case closeBrace:
      case closeBracket:
        return this.#close(byte, at);
      case comma:
        this.#put(byte);
        this.#after = after.comma;
        return at + 1;
      case colon:
        this.#put(byte);
        this.#put(space);
        this.#after = after.colon;
        return at + 1;
      default:
        return this.#readScalar(input, at);
    }
  }

  #readScalar(input: Uint8Array, start: number): number {
    if (this.#after !== after.scalar) this.#startToken();
    this.#after = after.scalar;
    let at = start;
    while (at < input.length && this.#written < this.#full) {
      const byte = input[at] ?? 0;
      if (endsScalar[byte] === 1) break;
      this.#put(byte);
      at++;
    }
    return at;
  }

  #open(byte: number): void {
    this.#startToken();
    this.#put(byte);
    if (this.#depth === this.#due.length) {
      const deeper = new Uint8Array(this.#due.length * 2);
      deeper.set(this.#due);
      this.#due = deeper;
    }
    this.#due[this.#depth++] = byte === openBrace ? closeBrace : closeBracket;
    this.#after = after.open;
  }

  #close(byte: number, at: number): number {
    if (this.#depth === 0 || this.#due[this.#depth - 1] !== byte) {
      this.#problem = { byte: this.#inputStart + at, kind: "unopenedBracket" };
      return at;
    }
    this.#depth--;
    if (this.#after !== after.open) this.#breakLine();
    this.#put(byte);
    this.#after = after.token;
    return at + 1;
  }

  /** Writes the white space before a token. Values without a comma between them stay apart, so that they don't merge. */
  #startToken(): void {
    switch (this.#after) {
      case after.start:
      case after.colon:
        return;
      case after.open:
      case after.comma:
        this.#breakLine();
        return;
      case after.scalar:
      case after.token:
        if (this.#depth === 0) this.#breakLine();
        return;
      case after.tokenAndBlank:
        if (this.#depth === 0) this.#breakLine();
        else this.#put(space);
    }
  }

  #breakLine(): void {
    const start = this.#written + 1;
    this.#put(newline);
    this.#written = start + this.#indent * Math.min(this.#depth, deepestIndent);
    for (let at = start; at < this.#written; at++) this.#output[at] = space;
  }

  #put(byte: number): void {
    this.#output[this.#written++] = byte;
  }
}
