import * as v from "valibot";
import { invalidArgument } from "../../model/accountErrors.ts";

/**
 * The input of a tool: each field as JSON Schema, which the manifest repeats for language models, and as the check of what
 * they really send. Both are made together, so that they can't differ.
 */
export interface InputField<Shape extends v.GenericSchema = v.GenericSchema> {
  readonly json: Readonly<Record<string, unknown>>;
  readonly shape: Shape;
  readonly isRequired: boolean;
}

export type InputFields = Readonly<Record<string, InputField>>;

/** What a checked input contains. */
export type InputOf<Fields extends InputFields> = {
  readonly [Name in keyof Fields]: v.InferOutput<Fields[Name]["shape"]>;
};

export function requiredText(longest: number) {
  const shape = v.pipe(v.string(), v.nonEmpty(), v.maxLength(longest));
  return { json: { type: "string", minLength: 1, maxLength: longest }, shape, isRequired: true };
}

export function optionalText(longest: number) {
  const { json, shape } = requiredText(longest);
  return { json, shape: v.optional(shape), isRequired: false };
}

export function optionalNumber(minimum: number, maximum: number, fallback: number) {
  const shape = v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum));
  return {
    json: { type: "integer", minimum, maximum, default: fallback },
    shape: v.optional(shape, fallback),
    isRequired: false,
  };
}

export function optionalFlag() {
  return { json: { type: "boolean", default: false }, shape: v.optional(v.boolean(), false), isRequired: false };
}

/** The schema for the manifest, without descriptions. */
export function jsonSchemaOf(fields: InputFields): object {
  const entries = Object.entries(fields);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([name, { json }]) => [name, json])),
    required: entries.filter(([, { isRequired }]) => isRequired).map(([name]) => name),
    additionalProperties: false,
  };
}

/**
 * Checks what a language model sent. A field that the tool doesn't have is refused: the model expects it to do something.
 *
 * @throws ExportError `invalidRequest`, in English, because only the model reads it
 */
export function readInput<Fields extends InputFields>(fields: Fields, given: unknown): InputOf<Fields> {
  const shapes = Object.fromEntries(Object.entries(fields).map(([name, { shape }]) => [name, shape]));
  const parsed = v.safeParse(v.strictObject(shapes), given, { abortEarly: true });
  // The entries of the shape are those of the fields.
  if (parsed.success) return parsed.output as InputOf<Fields>;
  const name = v.getDotPath(parsed.issues[0])?.slice(0, longestName) ?? "The input";
  throw invalidArgument(`${name} is missing, unknown or not as the schema says. Check the input.`);
}

const longestName = 50;
