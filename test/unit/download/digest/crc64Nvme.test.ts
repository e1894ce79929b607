import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Crc64Nvme } from "../../../../src/download/digest/crc64Nvme.ts";
import { differentBytes } from "./differentBytes.ts";

const polynomial = 0x9a6c9329ac4bc9b5n;
const ones = 0xffffffffffffffffn;

/** One bit at a time, as in the definition. */
function slowly(bytes: Uint8Array): string {
  let crc = ones;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >> 1n) ^ ((crc & 1n) === 1n ? polynomial : 0n);
  }
  return (crc ^ ones).toString(16).padStart(16, "0");
}

function ofPieces(...pieces: readonly Uint8Array[]): string {
  const crc = new Crc64Nvme();
  for (const piece of pieces) crc.update(piece);
  return crc.hex();
}

describe("CRC-64/NVME", () => {
  it("has the known value of the digits from 1 to 9", () =>
    assert.equal(ofPieces(Buffer.from("123456789")), "ae8b14860a799888"));

  it("is 0 for no bytes", () => assert.equal(ofPieces(), "0".repeat(16)));

  it("is right for bytes of every value and every length, wherever they begin in memory", () => {
    for (let length = 1; length < 40; length += 1) {
      const bytes = differentBytes(length + 3).subarray(3);
      assert.equal(ofPieces(bytes), slowly(bytes), `${length} bytes`);
    }
    const all = Uint8Array.from({ length: 256 }, (_, at) => at);
    assert.equal(ofPieces(all), slowly(all));
    for (const value of [0, 1, 0x80, 0xff]) assert.equal(ofPieces(Uint8Array.of(value)), slowly(Uint8Array.of(value)));
  });

  it("has 16 digits, also if the first or the ninth of them is 0", () => {
    for (let at = 0; at < 100; at += 1) assert.equal(ofPieces(Uint8Array.of(at, 7)), slowly(Uint8Array.of(at, 7)));
  });

  it("is the same for the same bytes in pieces, and can be read in between", () => {
    const bytes = differentBytes(50);
    for (let first = 0; first <= 50; first += 1) {
      const crc = new Crc64Nvme();
      crc.update(bytes.subarray(0, first));
      assert.equal(crc.hex(), slowly(bytes.subarray(0, first)));
      crc.update(bytes.subarray(first));
      assert.equal(crc.hex(), slowly(bytes));
    }
  });
});
