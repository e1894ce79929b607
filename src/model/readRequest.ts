import { t } from "@vscode/l10n";
import * as v from "valibot";
import { invalidArgument } from "./accountErrors.ts";

/**
 * What another extension passed, checked against a schema and copied. Its values are never part of the message, because
 * they can be credentials.
 *
 * @param name what the value is called if the value itself is wrong, and not one of its fields
 * @throws ExportError `invalidRequest` with a sentence that names the wrong field
 */
export function readRequest<const Schema extends v.GenericSchema>(
  schema: Schema,
  given: unknown,
  name: string,
): v.InferOutput<Schema> {
  const parsed = parseOnce(schema, given, name);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  // Our own checks have a sentence of their own.
  if (issue.type === "check") throw invalidArgument(issue.message);
  throw invalidArgument(t("{0} is missing or has the wrong type. Check the call.", v.getDotPath(issue) ?? name));
}

/** Getters and proxies of the other side can throw anything. */
function parseOnce<const Schema extends v.GenericSchema>(
  schema: Schema,
  given: unknown,
  name: string,
): v.SafeParseResult<Schema> {
  try {
    return v.safeParse(schema, given, { abortEarly: true });
  } catch {
    throw invalidArgument(t("{0} can't be read. Pass a plain object.", name));
  }
}
