/** One picture of a film. Each pixel is a number, 0xRRGGBB; rows from top to bottom. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** A picture and how long it is shown. */
export interface Frame {
  readonly picture: Picture;
  readonly ms: number;
}

/** The same film without a picture that repeats the one before it; that one is shown longer instead. */
export function withoutRepeats(frames: readonly Frame[]): Frame[] {
  const kept: Frame[] = [];
  for (const frame of frames) {
    const last = kept.at(-1);
    if (last !== undefined && isSame(last.picture, frame.picture)) {
      kept[kept.length - 1] = { picture: last.picture, ms: last.ms + frame.ms };
    } else kept.push(frame);
  }
  return kept;
}

function isSame(one: Picture, other: Picture): boolean {
  return (
    one.width === other.width &&
    one.height === other.height &&
    Buffer.from(one.pixels.buffer, one.pixels.byteOffset, one.pixels.byteLength).equals(
      Buffer.from(other.pixels.buffer, other.pixels.byteOffset, other.pixels.byteLength),
    )
  );
}

/** How long the whole film takes. */
export function lengthOf(frames: readonly Frame[]): number {
  return frames.reduce((sum, { ms }) => sum + ms, 0);
}

/**
 * The times of the frames in hundredths of a second, which is what a GIF stores. What rounding takes from one frame it
 * gives to the next, so that the whole film keeps its length.
 */
export function inHundredths(frames: readonly Frame[]): number[] {
  let shown = 0;
  let exact = 0;
  return frames.map(({ ms }) => {
    exact += ms / 10;
    const own = Math.round(exact) - shown;
    shown += own;
    return own;
  });
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the mouse is at each step of a move: it starts and stops gently, as a hand does. The last step is the end. */
export function gentleMove(from: Point, to: Point, steps: number): Point[] {
  return Array.from({ length: steps }, (_, step) => {
    const part = (1 - Math.cos((Math.PI * (step + 1)) / steps)) / 2;
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
  });
}
