import type { CreateDraft } from "../../model/createRequest.ts";
import { asSentence } from "../../services/serviceWords.ts";
import type { askChoice, askChoices, askText } from "../prompts/steps.ts";
import type { Step } from "../prompts/walkSteps.ts";

/** How questions are asked: in VS Code's boxes and lists, or by a test. */
export interface Asker {
  readonly text: typeof askText;
  readonly choice: typeof askChoice;
  readonly choices: typeof askChoices;
}

/** The questions about an export of one service. */
export interface ExportQuestions {
  /** The steps as the answers so far make them. A step stays the same object. */
  steps(): readonly Step[];
  /** The step that asks for a field, by the name that the service has for it. It is then one of the steps. */
  stepOf(field: string): Step | undefined;
  /** The answers so far, as a request. */
  readonly answers: CreateDraft;
}

/** Why the service refused answers, until the steps that ask for them again have shown it. */
export class Refusals {
  readonly #sentences = new Map<Step, string>();

  add(step: Step, sentence: string): void {
    this.#sentences.set(step, asSentence(sentence));
  }

  /** For the question of a step: `{}` if its answer was not refused. */
  take(step: Step): { refusal?: string } {
    const refusal = this.#sentences.get(step);
    this.#sentences.delete(step);
    return refusal === undefined ? {} : { refusal };
  }
}
