import { median, withSpread } from "./statistics.ts";

/** One line of the table: what was measured, and its limit. */
export interface Figure {
  readonly what: string;
  readonly figure: string;
  readonly atMost: number;
  readonly unit: string;
  /** One value per pair or run. */
  readonly values: readonly number[];
  readonly digits: number;
  /** How the values were obtained. */
  readonly from: string;
}

export const figureHead = ["case", "figure", "at most", "median (lowest–highest)", "holds", "from"] as const;

export function figureRow({ what, figure, atMost, unit, values, digits, from }: Figure): string[] {
  const middle = median(values);
  const miss = atMost === 0 ? "no" : `no, ${Math.ceil((middle / atMost - 1) * 100)} % over`;
  const measured = `${withSpread(values, digits)}${unit}`;
  return [what, figure, `${atMost}${unit}`, measured, middle <= atMost ? "yes" : miss, from];
}
