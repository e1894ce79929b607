const firstMs = 500;
const longestMs = 30_000;

/**
 * The pause before the next attempt, with full jitter: a random time up to a limit that doubles with each attempt, so
 * that clients that failed at the same time do not all retry at the same time.
 *
 * @param attempt how many attempts have failed since the last progress, from 1.
 * @param random returns a number from 0 up to, but not including, 1.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.round(random() * ceiling);
}
