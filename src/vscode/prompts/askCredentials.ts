import { t } from "@vscode/l10n";
import type { CredentialField, CredentialForm, Credentials, ExportService } from "../../model/contract.ts";
import { ExportError, isCancelled } from "../../model/exportError.ts";
import { askChoice, askText, back, type Step } from "./steps.ts";
import { defined } from "../../model/defined.ts";

/** Answers a sentence when the service refuses the credentials. */
type CredentialCheck = (credentials: Credentials, signal: AbortSignal) => Promise<void>;

/**
 * The steps that ask for a service's credentials: which kind, then its boxes. The last box stays open until
 * `check` accepts, so that a refusal can be read and mended where it was caused.
 */
export class CredentialQuestions {
  readonly #service: ExportService;
  readonly #check: CredentialCheck;
  readonly #values = new Map<string, string>();
  #form: CredentialForm;
  #answer: Credentials | undefined;

  constructor(service: ExportService, check: CredentialCheck) {
    const [first] = service.credentialForms;
    if (first === undefined) throw new TypeError(`The service ${service.id} offers no credential form`);
    this.#service = service;
    this.#check = check;
    this.#form = first;
  }

  /** The kind of credentials that was chosen last. */
  get kind(): Credentials["kind"] {
    return this.#form.kind;
  }

  /** What was accepted; there once the steps are through. */
  get answer(): Credentials {
    if (this.#answer === undefined) throw new Error("The credential steps are not through yet");
    return this.#answer;
  }

  steps(): Step[] {
    const forms = this.#service.credentialForms;
    const fields = this.#form.fields.map((field, index): Step => this.#fieldStep(field, index));
    return forms.length > 1 ? [this.#formStep(), ...fields] : fields;
  }

  #formStep(): Step {
    return async (place) => {
      const choices = this.#service.credentialForms.map((form) => ({
        label: form.label,
        ...defined({ detail: form.detail }),
        value: form,
      }));
      const placeholder = t("How do you prove who you are?");
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
          problem: (value) => (value.trim() === "" ? t("{0} is needed.", field.label) : undefined),
          refuse: (value, signal) => this.#take(field, index, value, isLast ? signal : undefined),
        },
        place,
      );
      return answer === back ? back : undefined;
    };
  }

  /** Keeps a value (or all that a paste held); with a signal, asks the service. Answers what is wrong, if anything. */
  async #take(field: CredentialField, index: number, value: string, signal?: AbortSignal): Promise<string | undefined> {
    const pasted = index === 0 ? this.#form.readPasted?.(value) : undefined;
    for (const [name, part] of Object.entries(pasted ?? { [field.name]: value.trim() })) this.#values.set(name, part);
    if (signal === undefined) return undefined;
    try {
      const credentials = this.#form.toCredentials(Object.fromEntries(this.#values));
      await this.#check(credentials, signal);
      this.#answer = credentials;
      return undefined;
    } catch (error) {
      if (isCancelled(error) || !(error instanceof ExportError)) throw error;
      // The usual sentence sends to Replace Credentials; here the mending is in the very same boxes.
      return error.code === "unauthorized"
        ? t("{0} did not accept these credentials. Correct them here, or go back with the arrow.", this.#service.label)
        : error.message;
    }
  }
}
