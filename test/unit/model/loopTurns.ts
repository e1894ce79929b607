/** How work used the event loop. */
export interface LoopUse {
  /** How often other work had its turn meanwhile. */
  readonly turns: number;
  readonly steps: number;
  /** The most steps without a turn for other work. */
  readonly longest: number;
}

/**
 * Runs work on a clock on which each look takes a millisecond and nothing else takes any time. So it is the same on every
 * machine. The clock is not a mock of the test, because those remember each of a million looks.
 *
 * @param work calls its argument for each step
 */
export async function loopUse(work: (step: () => void) => Promise<unknown>): Promise<LoopUse> {
  let now = 0;
  Object.defineProperty(performance, "now", { configurable: true, value: () => (now += 1) });
  let [turns, steps, longest, last] = [0, 0, 0, 0];
  let isDone = false;
  const turn = (): void => {
    longest = Math.max(longest, steps - last);
    last = steps;
    if (isDone) return;
    turns += 1;
    setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await work(() => (steps += 1));
  } finally {
    isDone = true;
    Reflect.deleteProperty(performance, "now");
  }
  turn();
  return { turns, steps, longest };
}
