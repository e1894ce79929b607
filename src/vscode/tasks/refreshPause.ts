/** A shorter setting counts as this: more often would only be a burden for the service. */
const shortestPauseMs = 5000;
const longestPauseMs = 10 * 60_000;

/**
 * The time until the next automatic refresh, in milliseconds. After a failure it doubles, up to ten minutes.
 *
 * @param seconds as set by the user; above 0
 * @param failures how many refreshes have failed since the last good one
 */
export function refreshPauseMs(seconds: number, failures: number): number {
  const pause = Math.max(shortestPauseMs, seconds * 1000);
  return Math.max(pause, Math.min(longestPauseMs, pause * 2 ** failures));
}
