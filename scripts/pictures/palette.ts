/** How far a color may be from the one shown in its place grows by this with each try. */
const distanceStep = 3;

/** How often each color occurs, by its number (0xRRGGBB). */
export type ColorCounts = ReadonlyMap<number, number>;

/**
 * The colors for a film, at most so many: frequent ones exactly as they are, rare ones by a similar color. Text has
 * hundreds of shades at its edges, which look the same when they are a little off; a background doesn't.
 */
export function sharedPalette(counts: ColorCounts, size: number): number[] {
  const byFrequency = [...counts].sort(([a, timesA], [b, timesB]) => timesB - timesA || a - b).map(([color]) => color);
  for (let distance = 0; ; distance += distanceStep) {
    const chosen = spreadOut(byFrequency, distance, size);
    if (chosen !== undefined) return chosen;
  }
}

/** The colors that are further than this from every one chosen before; undefined if there are more than fit. */
function spreadOut(colors: readonly number[], distance: number, size: number): number[] | undefined {
  const chosen: number[] = [];
  for (const color of colors) {
    if (chosen.some((other) => distanceBetween(color, other) <= distance)) continue;
    if (chosen.length === size) return undefined;
    chosen.push(color);
  }
  return chosen;
}

/** Finds the place in a palette of the color that is closest to a given one. */
export function nearestIn(palette: readonly number[]): (color: number) => number {
  const known = new Map<number, number>();
  return (color) => {
    const before = known.get(color);
    if (before !== undefined) return before;
    let nearest = 0;
    for (const [index, other] of palette.entries()) {
      if (distanceBetween(color, other) < distanceBetween(color, palette[nearest] ?? 0)) nearest = index;
    }
    known.set(color, nearest);
    return nearest;
  };
}

function distanceBetween(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return Math.hypot(red, green, blue);
}
