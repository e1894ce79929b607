import * as v from "valibot";
import { boundedList } from "./boundedShapes.ts";
import type { Condition, Filter, SortKey } from "./queryContract.ts";
import { fields } from "./requestShapes.ts";

const longestValue = 100_000;
const mostKeys = 100;
const mostValues = 100_000;
/** Filters at one level, and levels of filters in filters. Nobody writes that many by hand. */
const mostFilters = 1_000;
const mostLevels = 20;

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const value = v.pipe(v.string(), v.maxLength(longestValue));

/** A column by its name, or by its index. */
export const columnShape = v.union([value, wholeNumber]);

export const sortShape: v.GenericSchema<unknown, SortKey[]> = boundedList(
  fields({ column: columnShape, descending: v.optional(v.boolean()) }),
  mostKeys,
);

const conditionShape: v.GenericSchema<unknown, Condition> = v.variant("is", [
  fieldsOfText(),
  v.object({ column: columnShape, is: v.literal("in"), values: boundedList(value, mostValues) }),
  v.object({ column: columnShape, is: v.picklist(["less", "atMost", "more", "atLeast"]), value }),
  v.object({ column: columnShape, is: v.literal("between"), from: value, to: value }),
  v.object({ column: columnShape, is: v.literal("empty") }),
]);

export const filterShape: v.GenericSchema<unknown, Filter> = filterOf(mostLevels);

function fieldsOfText() {
  return v.object({
    column: columnShape,
    is: v.picklist(["contains", "equals", "startsWith", "endsWith", "matches"]),
    value,
    caseSensitive: v.exactOptional(v.boolean()),
  });
}

/** @param levels how many filters can be inside of each other */
function filterOf(levels: number): v.GenericSchema<unknown, Filter> {
  if (levels === 0) return conditionShape;
  const inner = v.lazy(() => filterOf(levels - 1));
  const several = boundedList(inner, mostFilters);
  return v.union([
    conditionShape,
    v.strictObject({ all: several }),
    v.strictObject({ any: several }),
    v.strictObject({ not: inner }),
  ]);
}
