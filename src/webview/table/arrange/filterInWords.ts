import { t } from "@vscode/l10n";
import type { Condition, Filter, SortKey } from "../../../model/queryContract.ts";
import { inPlainSigns } from "../invisibles.ts";
import type { Arrangement } from "../messages.ts";
import { columnPart, type ColumnPart, filterParts } from "../state/arrangement.ts";

/** How columns and numbers are written. */
export interface FilterWording {
  readonly nameOf: (column: number) => string;
  readonly count: (number: number) => string;
}

const longestValue = 40;

/** "amount, descending". */
export function sortKeyInWords({ column, descending }: SortKey, wording: FilterWording): string {
  const name = wording.nameOf(Number(column));
  return descending === true ? t("{0}, descending", name) : t("{0}, ascending", name);
}

/** "country is Belgium". */
export function partInWords(part: Filter, wording: FilterWording): string {
  const own = columnPart(part);
  if (own !== undefined) return conditionInWords(own, wording);
  if ("not" in part) return t("Not: {0}", partInWords(part.not, wording));
  const parts = "all" in part ? part.all : "any" in part ? part.any : [];
  const first = parts[0];
  if (first !== undefined && parts.length === 1) return partInWords(first, wording);
  const count = wording.count(parts.length);
  return "any" in part ? t("Any of {0} conditions", count) : t("All of {0} conditions", count);
}

/** What screen readers say when rows were arranged. */
export function arrangementInWords(arrangement: Arrangement | null, wording: FilterWording): string {
  const sorted = (arrangement?.sort ?? []).map((key) => sortKeyInWords(key, wording));
  const filters = filterParts(arrangement?.filter ?? null).map((part) => partInWords(part, wording));
  const sentences = [
    sorted.length === 0 ? t("In the order of the file.") : t("Sorted by {0}.", sorted.join("; ")),
    ...(filters.length === 0 ? [] : [t("Filtered: {0}.", filters.join("; "))]),
  ];
  return sentences.join(" ");
}

function conditionInWords({ condition, negated }: ColumnPart, wording: FilterWording): string {
  const name = wording.nameOf(Number(condition.column));
  return negated ? negatedInWords(name, condition, wording) : positiveInWords(name, condition, wording);
}

function positiveInWords(name: string, condition: Condition, wording: FilterWording): string {
  switch (condition.is) {
    case "contains":
      return t("{0} contains {1}", name, shown(condition.value));
    case "equals":
      return t("{0} is {1}", name, shown(condition.value));
    case "startsWith":
      return t("{0} starts with {1}", name, shown(condition.value));
    case "endsWith":
      return t("{0} ends with {1}", name, shown(condition.value));
    case "matches":
      return t("{0} matches {1}", name, shown(condition.value));
    case "in":
      return oneOrMany(
        condition.values,
        (value) => t("{0} is {1}", name, value),
        () => t("{0} is one of {1} values", name, wording.count(condition.values.length)),
      );
    case "empty":
      return t("{0} is empty", name);
    case "less":
      return `${name} < ${shown(condition.value)}`;
    case "atMost":
      return `${name} ≤ ${shown(condition.value)}`;
    case "more":
      return `${name} > ${shown(condition.value)}`;
    case "atLeast":
      return `${name} ≥ ${shown(condition.value)}`;
    case "between":
      return t("{0} from {1} to {2}", name, shown(condition.from), shown(condition.to));
  }
}

function negatedInWords(name: string, condition: Condition, wording: FilterWording): string {
  switch (condition.is) {
    case "contains":
      return t("{0} doesn't contain {1}", name, shown(condition.value));
    case "equals":
      return t("{0} is not {1}", name, shown(condition.value));
    case "in":
      return oneOrMany(
        condition.values,
        (value) => t("{0} is not {1}", name, value),
        () => t("{0} is none of {1} values", name, wording.count(condition.values.length)),
      );
    case "empty":
      return t("{0} is not empty", name);
    case "startsWith":
    case "endsWith":
    case "matches":
    case "less":
    case "atMost":
    case "more":
    case "atLeast":
    case "between":
      return t("Not: {0}", positiveInWords(name, condition, wording));
  }
}

function oneOrMany(values: readonly string[], one: (value: string) => string, many: () => string): string {
  const [only] = values;
  return only !== undefined && values.length === 1 ? one(shown(only)) : many();
}

/** A value in quotes, cut if it is long. */
function shown(value: string): string {
  const plain = inPlainSigns(value.slice(0, longestValue * 4));
  return `“${plain.length > longestValue ? `${plain.slice(0, longestValue)}…` : plain}”`;
}
