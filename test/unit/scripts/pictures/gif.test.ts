import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changesSince, encodeGif } from "../../../../scripts/pictures/gif.ts";

const side = 64;

function square(color: (at: number) => number, ms: number) {
  return {
    picture: { width: side, height: side, pixels: Uint32Array.from({ length: side * side }, (_, at) => color(at)) },
    ms,
  };
}

/** What a frame adds to the film: the bytes of a GIF with it and without it. */
function bytesOf(...films: ReturnType<typeof square>[][]): number[] {
  return films.map((film) => encodeGif(film).length);
}

describe("A GIF", () => {
  it("has the size of its frames, and repeats forever", () => {
    const gif = Buffer.from(encodeGif([square(() => 0x336699, 100)]));
    assert.equal(gif.toString("latin1", 0, 6), "GIF89a");
    assert.deepEqual([gif.readUInt16LE(6), gif.readUInt16LE(8)], [side, side]);
    const loop = gif.indexOf("NETSCAPE2.0");
    assert.equal(gif.readUInt16LE(loop + 13), 0);
    assert.equal(gif.at(-1), 0x3b);
  });

  it("stores only the area of a frame that has changed", () => {
    const noise = (at: number): number => (at * 7919) % 200;
    const first = square(noise, 40);
    const [one = 0, oneDot = 0, allNew = 0] = bytesOf(
      [first],
      [first, square((at) => (at === 100 ? 199 : noise(at)), 40)],
      [first, square((at) => 199 - noise(at), 40)],
    );
    assert.ok(oneDot - one < 200, `one dot: ${oneDot - one} bytes`);
    assert.ok(allNew - one > 1000, `everything: ${allNew - one} bytes`);
  });

  it("leaves out each pixel that hasn't changed", () => {
    assert.deepEqual(changesSince(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 9, 3)), Uint8Array.of(0, 9, 0));
    assert.deepEqual(changesSince(undefined, Uint8Array.of(1, 2)), Uint8Array.of(1, 2));
  });
});
