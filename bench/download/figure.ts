import { median, withSpread } from "../statistics.ts";

/** One line of the table: what was measured, and what it has to be. */
export interface Figure {
  readonly what: string;
  readonly figure: string;
  readonly atMost: number;
  readonly unit: string;
  /** One value a pair, or a run. */
  readonly values: readonly number[];
  readonly digits: number;
  /** What the values were made of. */
  readonly from: string;
}

export const figureHead = ["case", "figure", "at most", "median (lowest–highest)", "holds", "from"] as const;

export function figureRow({ what, figure, atMost, unit, values, digits, from }: Figure): string[] {
  const middle = median(values);
  const miss = `no, ${Math.ceil((middle / atMost - 1) * 100)} % over`;
  const measured = `${withSpread(values, digits)}${unit}`;
  return [what, figure, `${atMost}${unit}`, measured, middle <= atMost ? "yes" : miss, from];
}

export interface Pair<Reading> {
  readonly ours: Reading;
  readonly curls: Reading;
}

/** The ratio within each pair, so that a slow minute of the machine slows both sides of it. */
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
