import * as v from "valibot";

/** A field that is ignored unless it has the documented type. */
export function maybe<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

/** A date and time that can be read, unchanged; undefined for any other text. */
export function moment(text: string | undefined): string | undefined {
  return text === undefined || Number.isNaN(Date.parse(text)) ? undefined : text;
}
