import type { TestContext } from "node:test";

/** A number from the environment, for a longer or larger run. */
export function chosenNumber(variable: string, otherwise: number): number {
  return Number(process.env[variable] ?? String(otherwise));
}

/** The seed of a run, told in its output; TASK_EXPORTS_SEED makes the same run again. */
export function seedOf(context: TestContext): number {
  const seed = chosenNumber("TASK_EXPORTS_SEED", Date.now() % 1_000_000);
  context.diagnostic(`seed ${seed}`);
  return seed;
}

/** Numbers from 0 up to, not including, 1; the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
