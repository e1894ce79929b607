/**
 * Turns each UTF-16 code unit into one byte, so that UTF-16 can be scanned like any other text. Characters below 128
 * stay the same, and all others become 0xFF, which is not a structural character. An odd last byte is dropped.
 *
 * @param from UTF-16 without byte order mark
 * @param to has room for `from.length / 2` bytes; may be `from` itself
 * @returns how many units were written
 */
export function narrowUtf16(from: Uint8Array, to: Uint8Array, littleEndian: boolean): number {
  const units = Math.min(from.length >> 1, to.length);
  const low = littleEndian ? 0 : 1;
  const high = 1 - low;
  for (let unit = 0; unit < units; unit++) {
    const start = unit * 2;
    const byte = from[start + low] ?? 0;
    to[unit] = from[start + high] === 0 && byte < 128 ? byte : 0xff;
  }
  return units;
}
