/**
 * CRC-64/NVME, reflected, as in `x-amz-checksum-crc64nvme`: S3's default, which Node doesn't have. BigInts would be far
 * too slow, so a remainder is a pair of 32-bit numbers, with the low halves in one table and the high halves in
 * another. With eight tables of 256 remainders, each step processes eight bytes.
 */
const polynomial = { low: 0xac4bc9b5, high: 0x9a6c9329 };
const tables = makeTables();

/** A running CRC-64/NVME. Pass the bytes in order. */
export class Crc64Nvme {
  #low = -1;
  #high = -1;

  update(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const lastWide = bytes.byteLength - 8;
    let low = this.#low;
    let high = this.#high;
    let at = 0;
    for (; at <= lastWide; at += 8) {
      const first = view.getInt32(at, true) ^ low;
      const second = view.getInt32(at + 4, true) ^ high;
      low = eight(tables.low, first, second);
      high = eight(tables.high, first, second);
    }
    for (; at < bytes.byteLength; at++) {
      const byte = low ^ view.getUint8(at);
      low = remainder(tables.low, 0, byte) ^ (low >>> 8) ^ (high << 24);
      high = remainder(tables.high, 0, byte) ^ (high >>> 8);
    }
    this.#low = low;
    this.#high = high;
  }

  /** The checksum so far, 16 digits of lower-case hex. */
  hex(): string {
    return [this.#high, this.#low].map((half) => (~half >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

function eight(table: Int32Array, first: number, second: number): number {
  return (
    remainder(table, 7, first) ^
    remainder(table, 6, first >>> 8) ^
    remainder(table, 5, first >>> 16) ^
    remainder(table, 4, first >>> 24) ^
    remainder(table, 3, second) ^
    remainder(table, 2, second >>> 8) ^
    remainder(table, 1, second >>> 16) ^
    remainder(table, 0, second >>> 24)
  );
}

/** Half of the remainder of the low byte of `value`, followed by `following` zero bytes. */
function remainder(table: Int32Array, following: number, value: number): number {
  return table[(following << 8) | (value & 0xff)] ?? 0;
}

function makeTables(): { low: Int32Array; high: Int32Array } {
  const made = { low: new Int32Array(8 * 256), high: new Int32Array(8 * 256) };
  for (let index = 0; index < made.low.length; index++) {
    let low = index < 256 ? index : (made.low[index - 256] ?? 0);
    let high = index < 256 ? 0 : (made.high[index - 256] ?? 0);
    for (let bit = 0; bit < 8; bit++) {
      const odd = (low & 1) === 1;
      low = (low >>> 1) ^ (high << 31) ^ (odd ? polynomial.low : 0);
      high = (high >>> 1) ^ (odd ? polynomial.high : 0);
    }
    made.low[index] = low;
    made.high[index] = high;
  }
  return made;
}
