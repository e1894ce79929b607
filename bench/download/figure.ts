import type { Figure } from "../figure.ts";
import { withSpread } from "../statistics.ts";

export interface Pair<Reading> {
  readonly ours: Reading;
  readonly curls: Reading;
}

/** The ratio within each pair, so that a slow minute of the machine affects both sides. */
export function ratioFigure<Key extends string>(
  about: Pick<Figure, "what" | "figure" | "atMost">,
  pairs: readonly Pair<Readonly<Record<Key, number>>>[],
  key: Key,
): Figure {
  const [ours, curls] = [pairs.map((pair) => pair.ours[key]), pairs.map((pair) => pair.curls[key])];
  return {
    ...about,
    unit: "",
    values: pairs.map((pair) => pair.ours[key] / pair.curls[key]),
    digits: 2,
    from: `ours ${withSpread(ours, 2)} s, curl ${withSpread(curls, 2)} s`,
  };
}
