/**
 * CRC-32C (Castagnoli), reflected, as in `x-goog-hash` and `x-amz-checksum-crc32c`. Node's `zlib.crc32` uses another
 * polynomial. With eight tables of 256 remainders, each step processes eight bytes, which is as fast as a disk.
 */
const polynomial = 0x82f63b78;
const table = makeTable();

/**
 * The checksum after more bytes, as an unsigned number. `before` is the checksum of the bytes before them; 0 at the
 * beginning.
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lastWide = bytes.byteLength - 8;
  let crc = ~before;
  let at = 0;
  for (; at <= lastWide; at += 8) {
    const low = view.getInt32(at, true) ^ crc;
    const high = view.getInt32(at + 4, true);
    crc =
      remainder(7, low) ^
      remainder(6, low >>> 8) ^
      remainder(5, low >>> 16) ^
      remainder(4, low >>> 24) ^
      remainder(3, high) ^
      remainder(2, high >>> 8) ^
      remainder(1, high >>> 16) ^
      remainder(0, high >>> 24);
  }
  for (; at < bytes.byteLength; at++) crc = remainder(0, crc ^ view.getUint8(at)) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** The remainder of the low byte of `value`, followed by `following` zero bytes. */
function remainder(following: number, value: number): number {
  return table[(following << 8) | (value & 0xff)] ?? 0;
}

function makeTable(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? polynomial : 0);
    made[byte] = rest;
  }
  for (let index = 256; index < made.length; index++) {
    const rest = made[index - 256] ?? 0;
    made[index] = (rest >>> 8) ^ (made[rest & 0xff] ?? 0);
  }
  return made;
}
