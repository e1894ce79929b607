import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nearestIn, sharedPalette } from "../../../../scripts/pictures/palette.ts";

describe("The palette of a film", () => {
  it("has every color when there is room for all", () => {
    const counts = new Map([
      [0xffffff, 1],
      [0xfffffe, 5],
    ]);
    assert.deepEqual(sharedPalette(counts, 255), [0xfffffe, 0xffffff]);
  });

  it("keeps frequent colors exactly and lets a similar one stand for rare ones", () => {
    const counts = new Map([
      [0x000000, 500],
      [0xf8f8f8, 400],
      [0xfafafa, 1],
      [0x0000ff, 2],
    ]);
    assert.deepEqual(sharedPalette(counts, 3), [0x000000, 0xf8f8f8, 0x0000ff]);
  });

  it("never has more colors than fit, and the same ones on each run", () => {
    const counts = new Map(Array.from({ length: 3000 }, (_, at) => [(at * 5477) % 0x1000000, at % 7] as const));
    const palette = sharedPalette(counts, 255);
    assert.ok(palette.length > 100 && palette.length <= 255, String(palette.length));
    assert.deepEqual(sharedPalette(new Map([...counts].reverse()), 255), palette);
  });

  it("shows each color by the closest one", () => {
    const nearest = nearestIn([0x000000, 0xff0000, 0xffffff]);
    assert.deepEqual([0xfe0303, 0x111111, 0xeeeeee, 0xff0000].map(nearest), [1, 0, 2, 1]);
  });
});
