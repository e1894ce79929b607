import type { Condition, Filter } from "../../../model/queryContract.ts";
import { partsOfColumn, withColumnParts } from "../state/arrangement.ts";

/** What a bar of a profile stands for. */
export type Bar =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "range"; readonly from: string; readonly to: string };

/** Only rows that a bar counts. What was chosen by an earlier bar of the column no longer counts; other conditions stay. */
export function filteredByBar(filter: Filter | null, column: number, bar: Bar): Filter | null {
  const others = partsOfColumn(filter, column).filter(({ condition, negated }) => negated || !isOfBar(condition));
  const condition: Condition =
    bar.kind === "range"
      ? { column, is: "between", from: bar.from, to: bar.to }
      : { column, is: "equals", value: bar.value, caseSensitive: true };
  return withColumnParts(filter, column, [...others, { condition, negated: false }]);
}

function isOfBar(condition: Condition): boolean {
  return condition.is === "between" || (condition.is === "equals" && condition.caseSensitive === true);
}
