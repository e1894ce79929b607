import type { CredentialField, CredentialForm } from "../../model/contract.ts";
import { ExportError } from "../../model/exportError.ts";

/**
 * Returns why the form can't use the value of one field, so that it can be corrected in that field's box. The form
 * checks all fields at once, so the others get a value that is valid in most forms. If the form rejects those too,
 * nothing is known about this field, and the whole form is checked after its last box.
 */
export function fieldProblem(form: CredentialForm, field: CredentialField, value: string): string | undefined {
  const others = Object.fromEntries(form.fields.map(({ name }) => [name, "x"]));
  if (problemOf(form, others) !== undefined) return undefined;
  return problemOf(form, { ...others, [field.name]: value });
}

function problemOf(form: CredentialForm, values: Readonly<Record<string, string>>): string | undefined {
  try {
    form.toCredentials(values);
    return undefined;
  } catch (error) {
    if (error instanceof ExportError) return error.message;
    throw error;
  }
}
