import type { Encoding } from "../tableTypes.ts";

/** How many bytes are examined. */
const sampleBytes = 8_192;

interface Units {
  /** Characters of ASCII text, which all tables have between their values. */
  readonly ascii: number;
  readonly newlines: number;
  /** Units that no text has: other control characters, half pairs, and what is no character. */
  readonly wrong: number;
}

/**
 * Recognizes UTF-16 without a byte order mark, in any script: delimiters and newlines are ASCII in each of them, so they
 * have a zero byte, always on the same side.
 */
export function unmarkedUtf16(head: Uint8Array): Encoding | undefined {
  const sample = head.subarray(0, Math.min(head.length, sampleBytes) & ~1);
  if (!sample.includes(0) || isAsciiWithZeros(sample)) return undefined;
  const little = survey(sample, 0);
  const big = survey(sample, 1);
  if (isText(little, sample.length >> 1) && isLikelier(little, big)) return "utf-16le";
  return isText(big, sample.length >> 1) && isLikelier(big, little) ? "utf-16be" : undefined;
}

/** Single-byte text in which only a few bytes are zero: in fields that are filled up with them, for example. */
function isAsciiWithZeros(sample: Uint8Array): boolean {
  if (hasWideNewlines(sample)) return false;
  const zeros = sample.filter((byte) => byte === 0).length;
  const ascii = sample.filter(isAsciiText).length;
  const pairs = sample.filter((byte, index) => byte === 0 && sample[index + 1] === 0).length;
  const isMostlyAscii = ascii >= (sample.length - zeros) * 0.97;
  return isMostlyAscii && (zeros < sample.length * 0.3 || pairs > 0);
}

/** Whether each newline has its zero byte, on the same side: some scripts have only bytes that are also ASCII. */
function hasWideNewlines(sample: Uint8Array): boolean {
  const newlines = [...sample.keys()].filter((at) => sample[at] === 0x0a);
  const little = (at: number): boolean => at % 2 === 0 && sample[at + 1] === 0;
  const big = (at: number): boolean => at % 2 === 1 && sample[at - 1] === 0;
  return newlines.length > 0 && (newlines.every(little) || newlines.every(big));
}

function survey(sample: Uint8Array, low: 0 | 1): Units {
  let ascii = 0;
  let newlines = 0;
  let wrong = 0;
  let pairOpen = false;
  for (let at = 0; at < sample.length; at += 2) {
    const unit = (sample[at + low] ?? 0) + (sample[at + 1 - low] ?? 0) * 256;
    const isSecond = unit >= 0xdc00 && unit < 0xe000;
    if (pairOpen !== isSecond) wrong++;
    pairOpen = unit >= 0xd800 && unit < 0xdc00;
    if (unit < 128 && isAsciiText(unit)) ascii++;
    else if (unit < 0x20 || unit >= 0xfffe) wrong++;
    if (unit === 0x0a || unit === 0x0d) newlines++;
  }
  return { ascii, newlines, wrong };
}

/** In the wrong order, some letters look like ASCII, but hardly any like newlines. */
function isLikelier(one: Units, other: Units): boolean {
  return one.newlines === other.newlines ? one.ascii > other.ascii * 2 : one.newlines > other.newlines;
}

function isText({ ascii, newlines, wrong }: Units, units: number): boolean {
  const least = Math.max(1, units * 0.01);
  return ascii >= least && wrong <= units * 0.01 && (newlines > 0 || ascii >= units * 0.1);
}

function isAsciiText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
}
