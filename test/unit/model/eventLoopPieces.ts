/** How work used the event loop, in milliseconds. */
export interface LoopUse {
  readonly wholeMs: number;
  /** The longest time in which nothing else could run. */
  readonly longestMs: number;
}

/** Runs work, and measures in which pieces it used the event loop. */
export async function loopUse(work: () => Promise<unknown>): Promise<LoopUse> {
  const began = performance.now();
  let longestMs = 0;
  let last = began;
  let isDone = false;
  const tick = (): void => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (!isDone) setImmediate(tick);
  };
  const ticking = new Promise((resolve) => setImmediate(resolve)).then(tick);
  try {
    await work();
  } finally {
    isDone = true;
    tick();
  }
  await ticking;
  return { wholeMs: last - began, longestMs };
}

/** How long work takes in one piece on this machine: the shortest of three times. */
export function msOf(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return Math.min(...times);
}
