import type { Encoding } from "../tableTypes.ts";

/** Encodings in which a character can have two bytes, in the order in which they are preferred. */
export const wideEncodings = [
  "gb18030",
  "shift_jis",
  "big5",
  "euc-kr",
  "euc-jp",
] as const satisfies readonly Encoding[];

export type WideEncoding = (typeof wideEncodings)[number];

export function isWide(encoding: Encoding): encoding is WideEncoding {
  return wideEncodings.some((wide) => wide === encoding);
}

type Ranges = readonly (readonly [first: number, last: number])[];

/**
 * The first bytes of the characters that texts consist of. Each standard puts them before the rare ones: GB 2312 has its
 * first level in rows 16 to 55, JIS X 0208 in rows 16 to 47, Big5 up to C6, and KS X 1001 its syllables in rows 16 to 40.
 * Punctuation, wide letters and kana come before them.
 */
const commonLeads: Readonly<Record<WideEncoding, Ranges>> = {
  gb18030: [
    [0xa1, 0xa1],
    [0xa3, 0xa3],
    [0xb0, 0xd7],
  ],
  shift_jis: [
    [0x81, 0x83],
    [0x88, 0x98],
  ],
  big5: [[0xa1, 0xc6]],
  "euc-kr": [
    [0xa1, 0xa1],
    [0xa3, 0xa3],
    [0xb0, 0xc8],
  ],
  "euc-jp": [
    [0xa1, 0xa5],
    [0xb0, 0xcf],
  ],
};

/** In Shift JIS these are characters of one byte: katakana of half the width. */
const halfWidth: readonly [number, number] = [0xa1, 0xdf];

/** How many of a text's characters of two bytes are common ones, from 0 to 1; 0 without any. */
export function commonShare(bytes: Uint8Array, encoding: WideEncoding): number {
  let characters = 0;
  let common = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80 || (encoding === "shift_jis" && isBetween(byte, halfWidth))) continue;
    characters += 1;
    if (commonLeads[encoding].some((range) => isBetween(byte, range))) common += 1;
    at += 1;
  }
  return characters === 0 ? 0 : common / characters;
}

function isBetween(byte: number, [first, last]: readonly [number, number]): boolean {
  return byte >= first && byte <= last;
}
