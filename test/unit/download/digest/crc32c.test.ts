import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { crc32c } from "../../../../src/download/digest/crc32c.ts";
import { differentBytes } from "./differentBytes.ts";

/** One bit at a time, as in the definition. */
function slowly(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe("CRC-32C", () => {
  it("has the known value of the digits from 1 to 9", () => assert.equal(crc32c(Buffer.from("123456789")), 0xe3069283));

  it("is 0 for no bytes", () => assert.equal(crc32c(new Uint8Array(0)), 0));

  it("is right for bytes of every value and every length, wherever they begin in memory", () => {
    for (let length = 1; length < 40; length += 1) {
      const bytes = differentBytes(length + 3).subarray(3);
      assert.equal(crc32c(bytes), slowly(bytes), `${length} bytes`);
    }
    const all = Uint8Array.from({ length: 256 }, (_, at) => at);
    assert.equal(crc32c(all), slowly(all));
    for (const value of [0, 1, 0x80, 0xff]) assert.equal(crc32c(Uint8Array.of(value)), slowly(Uint8Array.of(value)));
  });

  it("can be continued after any number of bytes", () => {
    const bytes = differentBytes(50);
    for (let first = 0; first <= 50; first += 1) {
      assert.equal(crc32c(bytes.subarray(first), crc32c(bytes.subarray(0, first))), slowly(bytes));
    }
  });
});
