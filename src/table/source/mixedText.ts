import type { Encoding } from "../tableTypes.ts";
import type { ByteSource } from "./byteSource.ts";
import { decodeText } from "./textDecoding.ts";

/** Encodings in which a byte below 128 can be part of another character. */
const mixedEncodings = ["gbk", "gb18030", "big5", "iso-2022-jp", "shift_jis", "euc-kr"] as const;

export type MixedEncoding = (typeof mixedEncodings)[number];

export function mixedEncoding(encoding: Encoding): MixedEncoding | undefined {
  return mixedEncodings.find((mixed) => mixed === encoding);
}

/** What is put in the place of such a byte. It is no structural character. */
const masked = 0xff;
/** Bytes below are never part of another character, so a character begins after them. */
const firstTrail = 0x30;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const escape = 0x1b;
/** How many bytes are read to find where a character begins: first a few, then up to this many. */
const fewBefore = 1 << 12;
const mostBefore = 1 << 20;

/**
 * Replaces bytes below 128 that are part of other characters, so that a scanner doesn't take them for backslashes or
 * delimiters.
 *
 * @param text begins with a character
 */
export function maskMixed(text: Uint8Array, encoding: MixedEncoding): void {
  if (encoding === "iso-2022-jp") maskEscaped(text);
  else maskTrails(text, encoding);
}

/** The same for bytes that were read from anywhere in a file. */
export function maskRead(source: ByteSource, bytes: Uint8Array, byte: number, encoding: MixedEncoding): void {
  const before = bytesBefore(source, byte, encoding);
  if (before.length === 0) {
    maskMixed(bytes, encoding);
    return;
  }
  const text = Buffer.concat([before, bytes]);
  maskMixed(text, encoding);
  bytes.set(text.subarray(before.length));
}

/** The bytes before a position, from where a character begins. */
function bytesBefore(source: ByteSource, byte: number, encoding: MixedEncoding): Uint8Array {
  const begins =
    encoding === "iso-2022-jp"
      ? (code: number) => code === lineFeed || code === carriageReturn
      : (code: number) => code < firstTrail;
  for (let length = Math.min(byte, fewBefore); ; length = Math.min(byte, length * 4)) {
    const before = new Uint8Array(length);
    source.read(before, byte - length);
    const last = before.findLastIndex(begins);
    if (last >= 0 || length === byte || length >= mostBefore) return before.subarray(last + 1);
  }
}

function maskTrails(text: Uint8Array, encoding: MixedEncoding): void {
  const isPair = pairsOf(encoding);
  for (let at = 0; at < text.length - 1; at++) {
    const lead = text[at] ?? 0;
    if (lead < 0x80 || !isLead(lead, encoding)) continue;
    const trail = text[at + 1] ?? 0;
    if (trail < 0x80) {
      if (isPair[((lead & 0x7f) << 7) | trail] === 0) continue;
      text[at + 1] = masked;
    }
    at++;
  }
}

function isLead(byte: number, encoding: MixedEncoding): boolean {
  if (encoding === "shift_jis") return (byte > 0x80 && byte < 0xa0) || (byte > 0xdf && byte < 0xfd);
  return byte > 0x80 && byte < 0xff;
}

const pairs = new Map<MixedEncoding, Uint8Array>();

/** For each byte above 127 and each one below: whether both together are one character, and not the second one alone. */
function pairsOf(encoding: MixedEncoding): Uint8Array {
  const known = pairs.get(encoding);
  if (known !== undefined) return known;
  const isPair = new Uint8Array(1 << 14);
  for (let lead = 0x80; lead < 0x100; lead++) {
    for (let trail = firstTrail; trail < 0x80; trail++) {
      const text = decodeText(Uint8Array.of(lead, trail), encoding);
      if (!text.endsWith(String.fromCharCode(trail))) isPair[((lead & 0x7f) << 7) | trail] = 1;
    }
  }
  pairs.set(encoding, isPair);
  return isPair;
}

/** Escape sequences say what the bytes after them mean, up to the end of the line. */
function maskEscaped(text: Uint8Array): void {
  let isAscii = true;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    if (byte === lineFeed || byte === carriageReturn) isAscii = true;
    else if (byte === escape) {
      // ESC ( B and ESC ( J: ASCII. ESC ( I, ESC $ B and ESC $ @: other characters.
      isAscii = text[at + 1] === 0x28 && (text[at + 2] === 0x42 || text[at + 2] === 0x4a);
      for (const end = Math.min(at + 2, text.length - 1); at < end;) text[++at] = masked;
    } else if (!isAscii) text[at] = masked;
  }
}
