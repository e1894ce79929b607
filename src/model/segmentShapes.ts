import * as v from "valibot";
import type { SpaazaSegment } from "./contract.ts";
import { boundedList } from "./boundedShapes.ts";
import { defined } from "./defined.ts";
import { spaazaIndexes } from "./exportOptions.ts";
import { momentOf } from "./outsideNumbers.ts";

/**
 * A segment made of rules, as Spaaza documents it. A field that isn't documented is an error and not ignored: without the
 * rule that it was meant for, an export would contain other people.
 */

const longestText = 2000;
/** Nobody writes more, and each of them is shown before the request is sent. */
const mostRules = 100;

const text = v.pipe(v.string(), v.nonEmpty(), v.maxLength(longestText));
const date = v.pipe(
  text,
  v.check((given) => momentOf(given) !== undefined),
);
const amount = v.pipe(v.number(), v.finite());

const ruleFields = {
  field_name: text,
  field_type: v.optional(text),
  nested: v.optional(v.boolean()),
  nesting_path: v.optional(text),
};

/** The values of a rule by its operator. */
const values = {
  value: { value: v.union([text, amount, v.boolean()]) },
  dateValue: { value: date },
  after: { start_date: date },
  before: { end_date: date },
  between: { start_date: date, end_date: date },
  relative: { time_factor: text, time_amount: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) },
  range: { min: amount, max: amount },
} as const;

export const valueOperators = ["is", "is_not", "contains", "does_not_contain"] as const;
const relativeOperator = /^relative_[a-z_]{1,100}$/;

function rule<const Operator extends v.GenericSchema, const Values extends v.ObjectEntries>(
  operator: Operator,
  entries: Values,
) {
  return v.pipe(
    v.strictObject({ ...ruleFields, operator, ...entries }),
    v.transform((given) => defined(given)),
  );
}

const ruleOf = {
  value: rule(v.picklist(valueOperators), values.value),
  dateValue: rule(v.literal("is_date"), values.dateValue),
  after: rule(v.literal("is_after_date"), values.after),
  before: rule(v.literal("is_before_date"), values.before),
  between: rule(v.literal("is_between_date"), values.between),
  relative: rule(v.pipe(v.string(), v.regex(relativeOperator)), values.relative),
  range: rule(v.literal("is_between_number"), values.range),
};

type RuleKind = keyof typeof ruleOf;

/** Which values a rule needs. Undefined for an operator that isn't documented. */
export function ruleKind(operator: unknown): RuleKind | undefined {
  if (typeof operator !== "string") return undefined;
  if (valueOperators.some((known) => known === operator)) return "value";
  if (relativeOperator.test(operator)) return "relative";
  switch (operator) {
    case "is_date":
      return "dateValue";
    case "is_after_date":
      return "after";
    case "is_before_date":
      return "before";
    case "is_between_date":
      return "between";
    case "is_between_number":
      return "range";
    default:
      return undefined;
  }
}

/** A rule as a plain copy, so that its operator and its values are read only once. An issue names the wrong field. */
const ruleSchema = v.pipe(
  v.custom<object>((given) => typeof given === "object" && given !== null),
  v.transform((given): Record<string, unknown> => ({ ...given })),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const kind = ruleKind(dataset.value["operator"]);
    const parsed = v.safeParse(ruleOf[kind ?? "value"], dataset.value, { abortEarly: true });
    if (parsed.success) return parsed.output;
    addIssue(defined({ received: "unknown", path: parsed.issues[0].path }));
    return NEVER;
  }),
);

export const segmentShape = v.pipe(
  v.strictObject({
    entity: v.literal("people"),
    index: v.picklist(spaazaIndexes),
    join: v.picklist(["all", "any"]),
    chain_id: v.optional(v.union([text, v.pipe(v.number(), v.safeInteger())])),
    rules: v.pipe(boundedList(ruleSchema, mostRules), v.minLength(1)),
  }),
  v.transform((given): SpaazaSegment => defined(given)),
);
export type Segment = SpaazaSegment;
