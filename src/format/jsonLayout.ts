/** Why a text is no JSON, and at which byte, counted from 0. */
export interface JsonProblem {
  readonly byte: number;
  readonly kind: "unclosedString" | "unclosedBracket" | "unopenedBracket";
}

/** Deeper levels are indented like this one: each byte read then gives a bounded number of bytes. */
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
/** 1 for each byte that no number, `true`, `false` or `null` goes on with. */
const endsScalar = Uint8Array.from({ length: 256 }, (_, byte) =>
  [space, tab, newline, carriageReturn, quote, comma, colon, openBracket, closeBracket, openBrace, closeBrace].includes(
    byte,
  )
    ? 1
    : 0,
);

/** What was read last, as far as the next token's place depends on it. */
const after = { start: 0, open: 1, comma: 2, colon: 3, scalar: 4, token: 5, tokenAndBlank: 6 } as const;
type After = (typeof after)[keyof typeof after];

/**
 * Lays JSON out over lines, byte by byte, in memory that does not grow with the text. Only blank space between tokens
 * changes: every other byte is passed on as it came, so that `1.0`, 12345678901234567890 and `\u00e9` stay themselves.
 * That is why no JSON library does this; the streaming ones too answer parsed numbers and strings. What is not JSON
 * (NaN, a comma too many) passes as well; only brackets and quotes that do not match are refused.
 */
export class JsonLayout {
  readonly #indent: number;
  readonly #output: Buffer;
  /** Where the room ends in which any one byte can be handled. */
  readonly #full: number;
  #written = 0;
  /** The place in the whole text of the byte at index 0 of the input at hand. */
  #inputStart = 0;
  #textEnd = 0;
  /** The closing brackets that are due. */
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

  /** What is wrong so far. Nothing is read beyond it. */
  get problem(): JsonProblem | undefined {
    return this.#problem;
  }

  /** Counts bytes of the text that are not to be read. */
  skip(bytes: number): void {
    this.#textEnd += bytes;
  }

  /** Reads from `start` until the input or the room for output ends, or something is wrong. Answers where it stopped. */
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

  /** Call after the last byte: judges what is still open, and ends the last line. */
  end(): void {
    if (this.#inString) this.#problem = { byte: this.#textEnd, kind: "unclosedString" };
    else if (this.#depth > 0) this.#problem = { byte: this.#textEnd, kind: "unclosedBracket" };
    else if (this.#after !== after.start) this.#put(newline);
  }

  /** Copies up to and with the closing quote. */
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

  /** Handles the one byte at `at`, of a scalar as many as follow. */
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

  /** The blank space before a token. Values without a comma between them stay apart, or they would become one. */
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
