import * as v from "valibot";
import { invalidArgument } from "../model/accountErrors.ts";
import type { CredentialForm, Credentials } from "../model/contract.ts";
import { credentialsSchema, longestCredential } from "../model/credentials.ts";
import { defined } from "../model/defined.ts";
import { ownError, unexpected } from "./foreignErrors.ts";
import type { ForeignForm } from "./foreignShapes.ts";

type AnyFunction = (...args: unknown[]) => unknown;

/** Longer text is no credentials. A whole `curl` command with cookies is shorter. */
const longestPasted = 65_536;

/** A sign-in method of another extension's service, as an object of our own. */
export function ownForm(form: ForeignForm, service: string): CredentialForm {
  const { kind, label, detail, fields, readPasted: read, toCredentials } = form;
  const names = fields.map(({ name }) => name);
  return {
    kind,
    label,
    ...defined({ detail }),
    fields: fields.map(({ placeholder, ...field }) => ({ ...field, ...defined({ placeholder }) })),
    ...(read === undefined ? {} : { readPasted: (pasted: string) => pastedValues(read, pasted, names) }),
    toCredentials: (values) => ownCredentials(toCredentials, values, service),
  };
}

/**
 * @throws ExportError with the code and words of the form, or `unexpectedResponse`. The values are secrets, so neither
 * what was typed nor what the form made of it is part of the error.
 */
function ownCredentials(
  toCredentials: AnyFunction,
  values: Readonly<Record<string, string>>,
  service: string,
): Credentials {
  const parsed = madeCredentials(toCredentials, values, service);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  // Our own checks have a sentence of their own. It helps the person who fills in the form.
  throw issue.type === "check" ? invalidArgument(issue.message) : unexpected(service);
}

function madeCredentials(
  toCredentials: AnyFunction,
  values: Readonly<Record<string, string>>,
  service: string,
): v.SafeParseResult<typeof credentialsSchema> {
  try {
    return v.safeParse(credentialsSchema, toCredentials({ ...values }));
  } catch (error) {
    throw ownError(
      error,
      service,
      Object.values(values).filter((value) => value.trim() !== ""),
    );
  }
}

/** The values of the form's fields in pasted text. Nothing else of what the other extension answers is read. */
function pastedValues(read: AnyFunction, pasted: string, names: readonly string[]): Record<string, string> | undefined {
  if (pasted.length > longestPasted) return undefined;
  const value = v.optional(v.pipe(v.string(), v.maxLength(longestCredential)));
  const schema = v.object(Object.fromEntries(names.map((name) => [name, value])));
  try {
    const parsed = v.safeParse(schema, read(pasted));
    if (!parsed.success) return undefined;
    return Object.fromEntries(
      Object.entries(parsed.output).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
    );
  } catch {
    // Then the text counts as one value, which can be corrected.
    return undefined;
  }
}
