import { isAscii, isUtf8 } from "node:buffer";
import { decodeText } from "../source/textDecoding.ts";
import type { Encoding } from "../tableTypes.ts";
import { unmarkedUtf16 } from "./utf16.ts";

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Length of the byte order marks; 0 without one. */
  readonly bomBytes: number;
  /** Whether the text is in an encoding that only its letters could tell: `encoding` is a usual one. */
  readonly isUnknown: boolean;
}

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * Detects the encoding of a text.
 *
 * @param head the file's beginning; it can end within a character unless it is the `whole` file
 * @param chosen the encoding that the user chose; only its own mark is detected
 */
export function detectEncoding(head: Uint8Array, whole: boolean, chosen?: Encoding): DetectedEncoding {
  const marked = marks.find(([, mark]) => hasMark(head, mark, 0));
  if (chosen !== undefined) {
    const bomBytes = marked?.[0] === chosen ? marksLength(head, marked[1]) : 0;
    return { encoding: chosen, bomBytes, isUnknown: false };
  }
  if (marked !== undefined) {
    return { encoding: marked[0], bomBytes: marksLength(head, marked[1]), isUnknown: false };
  }
  const wide = unmarkedUtf16(head);
  if (wide !== undefined) return { encoding: wide, bomBytes: 0, isUnknown: false };
  if (isEscaped(head)) return { encoding: "iso-2022-jp", bomBytes: 0, isUnknown: false };
  const isUnknown = !isMostlyUtf8(head, whole);
  return { encoding: isUnknown ? "windows-1252" : "utf-8", bomBytes: 0, isUnknown };
}

function hasMark(head: Uint8Array, mark: readonly number[], at: number): boolean {
  return mark.every((byte, index) => head[at + index] === byte);
}

/** Some programs write a second mark before a text that has one. */
function marksLength(head: Uint8Array, mark: readonly number[]): number {
  let length = 0;
  while (hasMark(head, mark, length)) length += mark.length;
  return length;
}

/** How many bytes are searched for escape sequences. */
const escapesWithin = 64 * 1024;
/** What ISO-2022-JP has before and after Japanese characters. No other text has both. */
const toJapanese = /\u001b\$[@B][!-~]{2}/;
const toAscii = /\u001b\([BJ]/;

/** Whether a text of bytes below 128 only has the escape sequences of ISO-2022-JP. */
function isEscaped(head: Uint8Array): boolean {
  const start = head.subarray(0, escapesWithin);
  if (!start.includes(0x1b) || !isAscii(start)) return false;
  const text = Buffer.from(start.buffer, start.byteOffset, start.length).toString("latin1");
  return toJapanese.test(text) && toAscii.test(text);
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
