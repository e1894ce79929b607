import * as v from "valibot";

/** A segment made of rules, as far as it is documented. That anything else is refused is assumed. */

const text = v.pipe(v.string(), v.minLength(1));
const date = v.pipe(
  text,
  v.check((given) => !Number.isNaN(Date.parse(given))),
);
const described = {
  field_name: text,
  field_type: v.optional(text),
  nested: v.optional(v.boolean()),
  nesting_path: v.optional(text),
};

const rule = v.variant("operator", [
  v.strictObject({
    ...described,
    operator: v.picklist(["is", "is_not", "contains", "does_not_contain"]),
    value: v.union([text, v.number(), v.boolean()]),
  }),
  v.strictObject({ ...described, operator: v.literal("is_date"), value: date }),
  v.strictObject({ ...described, operator: v.literal("is_after_date"), start_date: date }),
  v.strictObject({ ...described, operator: v.literal("is_before_date"), end_date: date }),
  v.strictObject({ ...described, operator: v.literal("is_between_date"), start_date: date, end_date: date }),
  v.strictObject({
    ...described,
    operator: v.picklist(["relative_less_than", "relative_more_than"]),
    time_factor: v.picklist(["hour", "day", "week", "month"]),
    time_amount: v.pipe(v.number(), v.minValue(0)),
  }),
  v.strictObject({ ...described, operator: v.literal("is_between_number"), min: v.number(), max: v.number() }),
]);

export const segment = v.strictObject({
  entity: v.literal("people"),
  index: v.picklist(["users", "transactions", "vouchers", "wallet-ledger", "products", "product-variants"]),
  join: v.picklist(["all", "any"]),
  chain_id: v.union([v.string(), v.number()]),
  rules: v.pipe(v.array(rule), v.minLength(1)),
});
