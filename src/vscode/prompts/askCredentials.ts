import { t } from "@vscode/l10n";
import type { CredentialField, CredentialForm, Credentials, ExportService } from "../../model/contract.ts";
import { ExportError, isCancelled } from "../../model/exportError.ts";
import { defined } from "../../model/defined.ts";
import { fieldProblem } from "./fieldProblem.ts";
import { askChoice, askText } from "./steps.ts";
import { back, type Step } from "./walkSteps.ts";

/** Rejects if the service does not accept the credentials. */
type CredentialCheck = (credentials: Credentials, signal: AbortSignal) => Promise<void>;

/**
 * The steps that ask for a service's credentials: first the sign-in method, then its boxes. The last box stays open
 * until `check` resolves, so that rejected credentials can be corrected.
 */
export class CredentialQuestions {
  readonly #service: ExportService;
  /** Read once: a service may build its forms anew each time. */
  readonly #forms: readonly CredentialForm[];
  readonly #check: CredentialCheck;
  readonly #values = new Map<string, string>();
  #form: CredentialForm;
  #answer: Credentials | undefined;

  constructor(service: ExportService, check: CredentialCheck) {
    const forms = service.credentialForms;
    const [first] = forms;
    if (first === undefined) throw new TypeError(`The service ${service.id} offers no credential form`);
    this.#service = service;
    this.#forms = forms;
    this.#check = check;
    this.#form = first;
  }

  /** The kind of credentials that was selected last. */
  get kind(): Credentials["kind"] {
    return this.#form.kind;
  }

  /** The accepted credentials. Only known after the last step. */
  get answer(): Credentials {
    if (this.#answer === undefined) throw new Error("The credential steps are not finished");
    return this.#answer;
  }

  /** Asks for the sign-in method, if there are several. */
  methodSteps(): Step[] {
    return this.#forms.length > 1 ? [this.#methodStep()] : [];
  }

  /** Asks for the values of the selected sign-in method. */
  fieldSteps(): Step[] {
    return this.#form.fields.map((field, index) => this.#fieldStep(field, index));
  }

  #methodStep(): Step {
    return async (place) => {
      const choices = this.#forms.map((form) => ({
        label: form.label,
        ...defined({ detail: form.detail }),
        value: form,
      }));
      const placeholder = t("Select a sign-in method");
      const chosen = await askChoice({ placeholder, choices, active: this.#form }, place);
      if (chosen === back) return back;
      if (chosen !== this.#form) this.#values.clear();
      this.#form = chosen;
      return undefined;
    };
  }

  #fieldStep(field: CredentialField, index: number): Step {
    const isLast = index === this.#form.fields.length - 1;
    return async (place) => {
      const answer = await askText(
        {
          prompt: field.label,
          value: this.#values.get(field.name) ?? "",
          ...defined({ placeholder: field.placeholder }),
          secret: field.secret,
          holdsSecret: (value) => index === 0 && this.#form.readPasted?.(value) !== undefined,
          problem: (value) => (value.trim() === "" ? t("Enter a value for {0}.", field.label) : undefined),
          refuse: async (value, signal) => {
            this.#keep(field, index, value);
            const problem = fieldProblem(this.#form, field, this.#values.get(field.name) ?? "");
            return problem ?? (isLast ? this.#problemWithAll(signal) : undefined);
          },
        },
        place,
      );
      return answer === back ? back : undefined;
    };
  }

  /** Keeps the value of a field, or all values in pasted text. */
  #keep(field: CredentialField, index: number, value: string): void {
    const pasted = index === 0 ? this.#form.readPasted?.(value) : undefined;
    for (const [name, part] of Object.entries(pasted ?? { [field.name]: value.trim() })) this.#values.set(name, part);
  }

  /** Checks all values with the service. */
  async #problemWithAll(signal: AbortSignal): Promise<string | undefined> {
    try {
      const credentials = this.#form.toCredentials(Object.fromEntries(this.#values));
      await this.#check(credentials, signal);
      this.#answer = credentials;
      return undefined;
    } catch (error) {
      if (isCancelled(error) || !(error instanceof ExportError)) throw error;
      // The error's own message suggests Replace Credentials, but here they can be corrected right away.
      return error.code === "unauthorized"
        ? t("{0} rejected these credentials. Correct them, or select Back.", this.#service.label)
        : t("{0} To change an earlier answer, select Back.", error.message);
    }
  }
}
