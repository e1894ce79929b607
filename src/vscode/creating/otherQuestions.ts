import { t } from "@vscode/l10n";
import type { ExportField } from "../../model/contract.ts";
import type { CreateDraft } from "../../model/createRequest.ts";
import { defined } from "../../model/defined.ts";
import { back, type Step } from "../prompts/walkSteps.ts";
import type { Asker, ExportQuestions, Refusals } from "./questions.ts";

/** The questions about an export of a service that another extension registered: one input box for each of its fields. */
export class OtherQuestions implements ExportQuestions {
  readonly #ask: Asker;
  readonly #refusals: Refusals;
  readonly #given: CreateDraft;
  readonly #values: Map<string, string>;
  readonly #steps: ReadonlyMap<string, Step>;

  constructor(ask: Asker, refusals: Refusals, fields: readonly ExportField[], given: CreateDraft) {
    this.#ask = ask;
    this.#refusals = refusals;
    this.#given = given;
    this.#values = new Map(Object.entries(given.values ?? {}));
    const asked = fields.filter(({ name }) => !this.#values.has(name));
    this.#steps = new Map(asked.map((field) => [field.name, this.#stepFor(field)]));
  }

  steps(): Step[] {
    return [...this.#steps.values()];
  }

  stepOf(field: string): Step | undefined {
    return this.#steps.get(field);
  }

  get answers(): CreateDraft {
    return { ...this.#given, values: Object.fromEntries(this.#values) };
  }

  #stepFor({ name, label, placeholder, optional = false }: ExportField): Step {
    const step: Step = async (place) => {
      const isMissing = (value: string): boolean => !optional && value.trim() === "";
      const answer = await this.#ask.text(
        {
          prompt: label,
          value: this.#values.get(name) ?? "",
          ...defined({ placeholder }),
          problem: (value) => (isMissing(value) ? t("Enter a value for {0}.", label) : undefined),
          ...this.#refusals.take(step),
        },
        place,
      );
      if (answer === back) return back;
      if (answer.trim() === "") this.#values.delete(name);
      else this.#values.set(name, answer.trim());
      return undefined;
    };
    return step;
  }
}
