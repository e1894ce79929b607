import { guessElements } from "./guessedElements.ts";
import { guessLines } from "./guessedLines.ts";
import { guessValues } from "./guessedValues.ts";
import type { Grammar } from "../scan/scanner.ts";
import type { GuessedRows, TextWindow } from "./textWindow.ts";
import { hasText, readCharacters, type RowSpan, type ScannedFile, wholeBytes } from "./scannedFile.ts";

export interface NearFile extends ScannedFile {
  /** First byte of the first row. */
  readonly begin: number;
}

export interface NearRequest {
  readonly byte: number;
  readonly count: number;
  /** `before`: the last rows that end at or before `byte`; `after`: the first rows that begin at or after it. */
  readonly direction: "before" | "after";
  /** The expected number of fields of a delimited row. */
  readonly expectedColumns: number;
}

const firstWindow = 1 << 18;
const largestWindow = 1 << 22;
/** How many bytes are read before the rows, because a wrong guess often becomes right after a few rows. */
const leadIn = 1 << 16;

/**
 * Estimates rows around a byte beyond the index, without knowing what the byte is part of. The result may be wrong if
 * text looks like rows. Reads 256 KiB, and up to 4 MiB if that contains too few rows.
 *
 * @returns spans in file order, `count` at most; empty if the rows are longer than what was read
 */
export function spansNear(file: NearFile, request: NearRequest): RowSpan[] {
  const byte = Math.max(file.begin, file.begin + wholeBytes(file, request.byte - file.begin));
  for (let length = firstWindow; ; length *= 4) {
    const from = Math.max(file.begin, request.direction === "before" ? byte - length : byte - leadIn);
    const to = request.direction === "before" ? byte : byte + length;
    const { spans, isWhole } = spansWithin(file, from, to, request);
    const wanted =
      request.direction === "before" ? spans.slice(-request.count) : spans.filter(({ start }) => start >= request.byte);
    if (wanted.length >= request.count || isWhole || length >= largestWindow) return wanted.slice(0, request.count);
  }
}

function guessed(window: TextWindow, grammar: Grammar, expectedColumns: number): GuessedRows {
  switch (grammar.kind) {
    case "delimited":
      return guessLines(window, grammar, expectedColumns);
    case "jsonArray":
      return guessElements(window);
    case "jsonValues":
      return guessValues(window);
  }
}

/** `isWhole`: reading more would not find more rows. */
function spansWithin(file: NearFile, from: number, to: number, { direction, expectedColumns }: NearRequest) {
  const bytes = new Uint8Array(to - from);
  let characters = 0;
  const wanted = (to - from) / file.bytesPerCharacter;
  for (let read = 1; read > 0 && characters < wanted; characters += read) {
    read = readCharacters(file, bytes.subarray(characters), from + characters * file.bytesPerCharacter);
  }
  const atBegin = from === file.begin;
  const atEnd =
    from + characters * file.bytesPerCharacter >= file.begin + wholeBytes(file, file.source.size - file.begin);
  const window = { bytes: bytes.subarray(0, characters), atBegin, atEnd };
  const { starts, end } = guessed(window, file.grammar, expectedColumns);
  const isJson = file.grammar.kind !== "delimited";
  const ends = [...starts.slice(1), end];
  const spans = starts.flatMap((start, place) => {
    const rowEnd = ends[place] ?? end;
    const isOpen = place === starts.length - 1;
    if (isOpen && end === characters && !atEnd) return [];
    if (isOpen && !(isJson ? hasText(window.bytes, start, rowEnd) : rowEnd > start)) return [];
    return [{ start: from + start * file.bytesPerCharacter, end: from + rowEnd * file.bytesPerCharacter }];
  });
  return { spans, isWhole: direction === "before" ? atBegin : atEnd };
}
