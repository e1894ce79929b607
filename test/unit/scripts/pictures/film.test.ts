import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gentleMove, inHundredths, lengthOf, type Picture, withoutRepeats } from "../../../../scripts/pictures/film.ts";

const picture = (...pixels: number[]): Picture => ({
  width: pixels.length,
  height: 1,
  pixels: Uint32Array.from(pixels),
});

describe("A film", () => {
  it("shows a picture longer instead of twice in a row", () => {
    const [red, green] = [picture(0xff0000), picture(0x00ff00)];
    const film = [
      { picture: red, ms: 100 },
      { picture: picture(0xff0000), ms: 50 },
      { picture: green, ms: 30 },
      { picture: red, ms: 20 },
    ];
    assert.deepEqual(withoutRepeats(film), [
      { picture: red, ms: 150 },
      { picture: green, ms: 30 },
      { picture: red, ms: 20 },
    ]);
    assert.equal(lengthOf(withoutRepeats(film)), lengthOf(film));
  });

  it("distinguishes pictures of different sizes, even if their pixels are the same", () => {
    const wide = { width: 2, height: 1, pixels: Uint32Array.of(1, 1) };
    const high = { width: 1, height: 2, pixels: Uint32Array.of(1, 1) };
    const film = [wide, high].map((each) => ({ picture: each, ms: 10 }));
    assert.equal(withoutRepeats(film).length, 2);
  });

  it("keeps its length when the times of its frames are rounded to hundredths of a second", () => {
    const film = Array.from({ length: 7 }, () => ({ picture: picture(1), ms: 45 }));
    const times = inHundredths(film);
    assert.deepEqual(times, [5, 4, 5, 4, 5, 4, 5]);
    assert.equal(
      times.reduce((sum, time) => sum + time),
      32,
    );
  });
});

describe("The move of the mouse", () => {
  it("ends exactly at its end, and is slower at both ends than in the middle", () => {
    const points = gentleMove({ x: 0, y: 10 }, { x: 100, y: 10 }, 10);
    assert.deepEqual(points.at(-1), { x: 100, y: 10 });
    const ways = points.map(({ x }, at) => x - (points[at - 1]?.x ?? 0));
    assert.ok((ways[0] ?? 0) < 5 && (ways[9] ?? 0) < 5 && (ways[5] ?? 0) > 10, ways.join(" "));
    assert.ok(points.every(({ y }) => y === 10));
  });
});
