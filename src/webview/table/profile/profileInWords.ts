import { t } from "@vscode/l10n";
import type { ColumnProfile } from "../../../model/queryContract.ts";
import { inPlainSigns } from "../invisibles.ts";
import { numberInWords, shareInWords, shortNumberInWords } from "../wording.ts";

const longestShown = 80;
/** The shares that the quantiles of a profile are about. */
const shares = [0.05, 0.25, 0.5, 0.75, 0.95];

/** A fact about a column: its name and what it is. */
export type Fact = readonly [string, string];

/** What a profile says, except for its bars. */
export function factsOf(profile: ColumnProfile): Fact[] {
  const { empty, count, distinct, distinctIsExact, min, max, mean, quantiles, lengths } = profile;
  const different = numberInWords(distinct);
  return [
    [t("Empty"), t("{0} ({1})", numberInWords(empty), shareInWords(count === 0 ? 0 : empty / count))],
    [t("Different values"), distinctIsExact ? different : t("about {0}", different)],
    ...fact(t("Smallest"), min, valueInWords),
    ...fact(t("Largest"), max, valueInWords),
    ...fact(t("Mean"), mean, shortNumberInWords),
    ...fact(t("Quantiles"), quantiles, quantilesInWords),
    ...fact(t("Characters"), lengths, (length) =>
      t(
        "{0} to {1}, on average {2}",
        numberInWords(length.min),
        numberInWords(length.max),
        shortNumberInWords(length.mean),
      ),
    ),
  ];
}

/** The kind of the values of a column. */
export function profileTypeInWords(type: string): string {
  if (type === "BIGINT") return t("Whole numbers");
  if (type === "TIMESTAMP") return t("Dates");
  if (type === "BOOLEAN") return t("True or false");
  return type === "VARCHAR" ? t("Text") : t("Decimal numbers");
}

/** On one line, cut if it is long. */
export function valueInWords(value: string): string {
  const shown = inPlainSigns(value.slice(0, longestShown * 4));
  return shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown;
}

function quantilesInWords(quantiles: readonly number[]): string {
  const each = quantiles.map(
    (quantile, place) => `${shareInWords(shares[place] ?? 0)}:\u00a0${shortNumberInWords(quantile)}`,
  );
  return each.join(" · ");
}

function fact<Value>(name: string, value: Value | undefined, inWords: (value: Value) => string): Fact[] {
  return value === undefined ? [] : [[name, inWords(value)]];
}
