const firstMs = 500;
const longestMs = 30_000;

/**
 * The pause before another try, with full jitter: any time between none and a ceiling that doubles with each try, so
 * that many who failed together do not come back together.
 *
 * @param attempt how many tries have failed since the last progress, from 1.
 * @param random answers a number from 0 up to, not including, 1.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.round(random() * ceiling);
}
