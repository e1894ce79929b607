import gifenc from "gifenc";
import { type Frame, inHundredths, withoutRepeats } from "./film.ts";
import { nearestIn, sharedPalette } from "./palette.ts";

/** The place in the palette that stands for "as in the frame before". */
const unchanged = 0;
const paletteSize = 255;

/** Encodes a film as a GIF that starts again for ever. Frames share one palette, and each holds only what has changed. */
export function encodeGif(film: readonly Frame[]): Uint8Array {
  const frames = withoutRepeats(film);
  const palette = sharedPalette(changedColors(frames), paletteSize);
  const nearest = nearestIn(palette);
  const times = inHundredths(frames);
  const encoder = gifenc.GIFEncoder();
  let before: Uint8Array | undefined;
  for (const [at, { picture }] of frames.entries()) {
    const indexes = Uint8Array.from(picture.pixels, (color) => nearest(color) + 1);
    encoder.writeFrame(changesSince(before, indexes), picture.width, picture.height, {
      ...(at === 0 && { palette: [[0, 0, 0], ...palette.map(channels)] }),
      delay: (times[at] ?? 0) * 10,
      transparent: true,
      transparentIndex: unchanged,
      dispose: 1,
      repeat: 0,
    });
    before = indexes;
  }
  encoder.finish();
  return encoder.bytes();
}

/** The places in the palette of a frame, without those that are as in the frame before. */
export function changesSince(before: Uint8Array | undefined, indexes: Uint8Array): Uint8Array {
  return before === undefined ? indexes : indexes.map((index, at) => (index === before[at] ? unchanged : index));
}

/** How often each color appears or comes in place of another one. */
function changedColors(frames: readonly Frame[]): Map<number, number> {
  const counts = new Map<number, number>();
  let before: Uint32Array | undefined;
  for (const { picture } of frames) {
    for (const [at, color] of picture.pixels.entries()) {
      if (before?.[at] !== color) counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    before = picture.pixels;
  }
  return counts;
}

function channels(color: number): [number, number, number] {
  return [color >> 16, (color >> 8) & 255, color & 255];
}
