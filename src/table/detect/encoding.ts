import { isUtf8 } from "node:buffer";
import { decodeText } from "../source/textDecoding.ts";
import type { Encoding } from "../tableTypes.ts";

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Length of the byte order mark; 0 without one. */
  readonly bomBytes: number;
}

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** How many bytes are examined to recognize UTF-16 without a byte order mark. */
const utf16Sample = 4_096;

/**
 * Detects the encoding of a text.
 *
 * @param head the file's beginning; it can end within a character unless it is the `whole` file
 * @param chosen the encoding that the user chose; only its own mark is detected
 */
export function detectEncoding(head: Uint8Array, whole: boolean, chosen?: Encoding): DetectedEncoding {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => head[index] === byte));
  if (chosen !== undefined) {
    return { encoding: chosen, bomBytes: marked?.[0] === chosen ? marked[1].length : 0 };
  }
  if (marked !== undefined) return { encoding: marked[0], bomBytes: marked[1].length };
  return { encoding: unmarkedUtf16(head) ?? (isMostlyUtf8(head, whole) ? "utf-8" : "windows-1252"), bomBytes: 0 };
}

/** In UTF-16, every other byte of ASCII text is zero. Even Chinese text has ASCII delimiters and newlines. */
function unmarkedUtf16(head: Uint8Array): Encoding | undefined {
  const units = Math.min(head.length, utf16Sample) >> 1;
  let zerosFirst = 0;
  let zerosSecond = 0;
  for (let unit = 0; unit < units; unit++) {
    if (head[unit * 2] === 0) zerosFirst++;
    if (head[unit * 2 + 1] === 0) zerosSecond++;
  }
  const many = Math.max(units * 0.15, 1);
  const few = units * 0.01;
  if (zerosSecond >= many && zerosFirst <= few) return "utf-16le";
  if (zerosFirst >= many && zerosSecond <= few) return "utf-16be";
  return undefined;
}

/** A few invalid bytes in text that is otherwise full of valid characters don't mean another encoding. */
function isMostlyUtf8(head: Uint8Array, whole: boolean): boolean {
  // At the end of the head, a character of four bytes can lack up to three of them.
  const possibleEnds = whole ? [0] : [0, 1, 2, 3];
  if (possibleEnds.some((missing) => isUtf8(head.subarray(0, Math.max(head.length - missing, 0))))) return true;
  const text = decodeText(head, "utf-8");
  return count(text, /[\u0080-\ufffc]/g) > 2 * count(text, /\ufffd/g);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
