import { defined } from "../../model/defined.ts";
import type { Slice } from "../cells/jsonSlices.ts";
import { decodeString } from "../cells/jsonText.ts";
import type { FoundArray } from "./arrayChoice.ts";
import type { Newline } from "../scan/scanner.ts";
import { decodeText, unitBytes } from "../source/textDecoding.ts";
import { maskMixed, mixedEncoding } from "../source/mixedText.ts";
import { narrowUtf16 } from "../source/narrow.ts";
import type { Encoding, ReadAs, Reading, TableProblem } from "../tableTypes.ts";
import { columnsOf, detectDialect } from "./dialect.ts";
import { detectEncoding } from "./encoding.ts";
import { jsonKind, type JsonKind } from "./jsonKind.ts";
import { layOutJson } from "./jsonLayout.ts";
import type { LineEnding } from "./lineEnding.ts";
import { isPage, looksBinary, packedAs } from "./signature.ts";

/** How many bytes are read to find out what a file is. */
export const headBytes = 1 << 20;
/** How many bytes are used to detect delimiter and header: enough rows, and still fast. */
const dialectBytes = 64 * 1_024;
/** How many characters are shown of JSON that isn't a table. */
const shownJsonLength = 200_000;

export interface HeadOptions {
  readonly fileName: string;
  /** Whether the head is the whole file, and the file doesn't grow. */
  readonly whole: boolean;
  readonly readAs: ReadAs;
  /** Guesses the encoding of text that isn't Unicode. Without it, such text is read as Windows-1252. */
  readonly guessEncoding?: GuessEncoding;
}

export type GuessEncoding = (bytes: Uint8Array) => Encoding;

export interface DetectedTable {
  readonly reading: Reading;
  /** Length of the byte order mark; 0 without one. */
  readonly bomBytes: number;
  /**
   * The byte at which the first row begins: the header row of delimited text, if it has one; the first value of JSON
   * lines; the byte after the opening bracket of an array.
   */
  readonly begin: number;
  /** The byte after the header row, if the header ends with another character than the rows. */
  readonly headerEnd?: number;
  /** The character that ends rows. */
  readonly newline: Newline;
}

/** `needsGuess`: the encoding is unknown, and nothing was there to guess it. */
export type Detected = (DetectedTable | { readonly problem: TableProblem }) & { readonly needsGuess?: true };

/** The head as text with one character per byte or UTF-16 unit, in which every structural character can be found. */
interface Head {
  /** Without the byte order mark. */
  readonly bytes: Uint8Array;
  readonly narrow: Uint8Array;
  readonly encoding: Encoding;
  readonly bomBytes: number;
  readonly options: HeadOptions;
}

/**
 * Decides from a file's first bytes what it is and how its rows are read. While a file grows, `empty`, `brokenJson` and
 * `jsonText` can still turn out to be a table.
 *
 * @param bytes the beginning, up to `headBytes`
 */
export function detectContent(bytes: Uint8Array, options: HeadOptions): Detected {
  const packed = packedAs(bytes);
  const { anyBytes = false } = options.readAs;
  if (packed !== undefined && !(anyBytes && packed.kind === "binary")) return { problem: packed };
  const found = detectEncoding(bytes, options.whole, options.readAs.encoding);
  const { bomBytes, isUnknown } = found;
  const encoding = (isUnknown ? options.guessEncoding?.(bytes) : undefined) ?? found.encoding;
  const head = { ...narrowed(bytes.subarray(bomBytes), encoding), encoding, bomBytes, options };
  const first = head.narrow.findIndex((byte) => !isBlank(byte));
  if (first < 0) return { problem: { kind: "empty" } };
  if (!anyBytes && looksBinary(head.narrow)) return { problem: { kind: "binary" } };
  if (isPage(head.narrow)) return { problem: { kind: "page" } };
  const detected = detectJson(head, head.narrow[first] ?? 0) ?? detectDelimited(head);
  return isUnknown && options.guessEncoding === undefined ? { ...detected, needsGuess: true } : detected;
}

function narrowed(bytes: Uint8Array, encoding: Encoding): Pick<Head, "bytes" | "narrow"> {
  const mixed = mixedEncoding(encoding);
  if (mixed !== undefined) {
    const narrow = Uint8Array.from(bytes);
    maskMixed(narrow, mixed);
    return { bytes, narrow };
  }
  if (unitBytes(encoding) === 1) return { bytes, narrow: bytes };
  const narrow = new Uint8Array(bytes.length >> 1);
  narrowUtf16(bytes, narrow, encoding === "utf-16le");
  return { bytes, narrow };
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function nameSays(fileName: string): "json" | "jsonLines" | "other" {
  if (/\.(?:jsonl|ndjson|jsonlines)$/i.test(fileName)) return "jsonLines";
  return /\.(?:json|geojson)$/i.test(fileName) ? "json" : "other";
}

/** Undefined if it isn't JSON. A delimiter chosen by the user means that it isn't, unless the file's name says JSON. */
function detectJson(head: Head, first: number): Detected | undefined {
  const { fileName, readAs, whole } = head.options;
  const named = nameSays(fileName);
  const opens = first === 0x7b || first === 0x5b;
  if (named === "other" && (!opens || readAs.delimiter !== undefined)) return undefined;
  const text = Buffer.from(head.narrow.buffer, head.narrow.byteOffset, head.narrow.length).toString("latin1");
  const decode = ({ from, to }: Slice): string => decodeString(textOf(head, from, to));
  const found = jsonKind({ text, decode, whole, named });
  if (found !== undefined) return fromJsonKind(head, found);
  if (named === "other" || columnsOf(sampleOf(head), isSampleWhole(head)) > 1) return undefined;
  return { problem: { kind: "brokenJson" } };
}

/** The decoded text between two positions of the narrow text. */
function textOf({ bytes, encoding }: Head, from: number, to?: number): string {
  const unit = unitBytes(encoding);
  return decodeText(bytes.subarray(from * unit, to === undefined ? undefined : to * unit), encoding);
}

function fromJsonKind(head: Head, found: JsonKind): Detected {
  const { encoding, bomBytes, options } = head;
  const begin = (at: number): number => bomBytes + at * unitBytes(encoding);
  const flat = options.readAs.flat ?? false;
  const reading = { delimiter: ",", quote: '"', header: false, encoding, flat, arrayPath: [] };
  switch (found.kind) {
    case "broken":
      return { problem: { kind: "brokenJson" } };
    case "other": {
      const shown = layOutJson(textOf(head, found.begin), shownJsonLength);
      return { problem: { kind: "jsonText", text: shown.text, cut: shown.cut || !options.whole } };
    }
    case "jsonLines": {
      const { newline } = found;
      return { reading: { ...reading, kind: found.kind }, bomBytes, begin: begin(found.begin), newline };
    }
    case "joined": {
      const joined: Reading = { ...reading, kind: "jsonLines", layout: "joined" };
      return { reading: joined, bomBytes, begin: begin(found.begin), newline: 10 };
    }
    case "jsonArray": {
      const chosen = chosenArray(found.arrays, options.readAs.arrayPath);
      const paths = found.arrays.length > 1 ? found.arrays.map(({ path }) => path) : undefined;
      const array: Reading = {
        ...reading,
        kind: found.kind,
        arrayPath: chosen.path,
        ...defined({ arrays: paths, names: chosen.names, textBehind: found.textBehind }),
      };
      return { reading: array, bomBytes, begin: begin(chosen.begin), newline: 10 };
    }
  }
}

function chosenArray(arrays: readonly [FoundArray, ...FoundArray[]], path: readonly string[] | undefined): FoundArray {
  const key = JSON.stringify(path);
  return arrays.find((array) => JSON.stringify(array.path) === key) ?? arrays[0];
}

function detectDelimited(head: Head): DetectedTable {
  const { encoding, bomBytes, options } = head;
  const found = detectDialect(sampleOf(head), isSampleWhole(head), options.fileName, options.readAs);
  const { delimiter, quote, header, before, newline, firstEnd } = found;
  const unit = unitBytes(encoding);
  const first = afterLines(head.narrow, 0, before?.count ?? 0, found);
  const begin = bomBytes + first * unit;
  const headerEnd =
    header && before === undefined && firstEnd !== undefined ? afterByte(head.narrow, 0, firstEnd) : undefined;
  const optional = defined({
    escape: found.escape === "backslash" ? found.escape : undefined,
    skipsSpaces: found.skipsSpaces ? (true as const) : undefined,
    before,
  });
  return {
    reading: { kind: "delimited", delimiter, quote, header, encoding, flat: false, arrayPath: [], ...optional },
    bomBytes,
    begin,
    newline,
    ...defined({ headerEnd: headerEnd === undefined ? undefined : bomBytes + headerEnd * unit }),
  };
}

/** The position after a number of lines. */
function afterLines(narrow: Uint8Array, from: number, count: number, { newline, firstEnd }: LineEnding): number {
  let at = from;
  for (let line = 0; line < count; line++) at = afterByte(narrow, at, line === 0 ? (firstEnd ?? newline) : newline);
  return at;
}

function afterByte(narrow: Uint8Array, from: number, byte: number): number {
  const at = narrow.indexOf(byte, from);
  return at < 0 ? narrow.length : at + 1;
}

function sampleOf(head: Head): string {
  return decodeText(head.bytes.subarray(0, sampleBytes(head)), head.encoding);
}

function isSampleWhole(head: Head): boolean {
  return head.options.whole && head.bytes.length <= sampleBytes(head);
}

/** A first row may be longer than what is usually enough, and then says nothing about the ends of rows. */
function sampleBytes({ bytes, narrow }: Head): number {
  const usual = narrow.subarray(0, dialectBytes);
  return usual.includes(10) || usual.includes(13) ? dialectBytes : bytes.length;
}
