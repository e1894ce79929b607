/**
 * Makes one byte of each UTF-16 code unit, so that text of two bytes a character is scanned like any other: characters
 * below 128 become themselves, all others 0xFF, which is no structural character. A last odd byte is left out.
 *
 * @param from UTF-16 without byte order mark
 * @param to takes `from.length / 2` bytes; may be `from` itself
 * @returns units that were written
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
