import { t } from "@vscode/l10n";
import type { CreateDraft, RequestPreview } from "../../model/createRequest.ts";
import { type ErrorCode, ExportError, isCancelled } from "../../model/exportError.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { Choice } from "../prompts/steps.ts";
import { back, GoTo, type Step, walkSteps } from "../prompts/walkSteps.ts";
import type { Asker, ExportQuestions, Refusals } from "./questions.ts";
import { requestOrigin, type RequestPart, requestParts, requestText } from "./shownRequest.ts";

export interface CreateParts {
  readonly ask: Asker;
  readonly refusals: Refusals;
  readonly questions: ExportQuestions;
  /** Undefined if the request can't be shown, because another extension sends it. */
  readonly preview: (draft: CreateDraft) => RequestPreview | undefined;
  readonly create: (draft: CreateDraft) => Promise<TaskKey>;
  readonly copy: (text: string) => Promise<void>;
  readonly now: () => number;
}

/** These need another command, which the notification about the failure offers. */
const endingCodes: readonly ErrorCode[] = ["unauthorized", "forbidden", "noAccount", "noCredentials"];

/**
 * Asks the questions, then shows the request until it is sent. If the service refuses an answer, the step that asks for it
 * comes again with the service's sentence. After any other failure the answers are kept, so that sending can be repeated.
 *
 * @throws ExportError `cancelled`; a failure for which other credentials are needed
 */
export async function createStepwise(title: string, parts: CreateParts): Promise<TaskKey> {
  const review = new Review(parts);
  await walkSteps(title, () => [...parts.questions.steps(), review.step]);
  if (review.created === undefined) throw new Error("The steps ended without a task");
  return review.created;
}

type Answer = "create" | "copy" | "nothing" | RequestPart;

/** Where a sentence ends. A list shows each in a row of its own, because a row doesn't wrap. */
const sentenceEnds = /(?<=[.!?])\s+/;

/** The last step: shows what will be sent. Each of its values leads back to the step that asked for it. */
class Review {
  readonly #parts: CreateParts;
  /** Why sending has failed. */
  #failure: string | undefined;
  #isCopied = false;
  created: TaskKey | undefined;

  constructor(parts: CreateParts) {
    this.#parts = parts;
  }

  readonly step: Step = async (place) => {
    const { ask, questions, copy, now } = this.#parts;
    const answers = questions.answers;
    // Set here, so that the moment that is shown is the one that is sent.
    const draft = answers.index === undefined ? answers : { runAt: new Date(now()).toISOString(), ...answers };
    for (;;) {
      const shown = this.#shown(draft);
      if (shown instanceof GoTo) return shown;
      const placeholder = this.#isCopied
        ? t("Request copied. It contains no credentials.")
        : t("Check the request, or select a value to change it");
      const chosen = await ask.choice<Answer>({ placeholder, choices: this.#choices(shown, draft) }, place);
      this.#failure = undefined;
      this.#isCopied = false;
      if (chosen === back) return back;
      if (chosen === "create") {
        const refused = await this.#create(draft);
        if (refused !== "stay") return refused;
      } else if (chosen === "copy") {
        if (shown !== undefined) await copy(requestText(shown));
        this.#isCopied = true;
      } else if (chosen !== "nothing") {
        const step = questions.stepOf(chosen.field ?? chosen.name);
        if (step !== undefined) return new GoTo(step);
      }
    }
  };

  /** The request, or the step with the answer that can't be sent. */
  #shown(draft: CreateDraft): RequestPreview | GoTo | undefined {
    try {
      return this.#parts.preview(draft);
    } catch (error) {
      const step = this.#refusedStep(error);
      if (step === undefined) throw error;
      return new GoTo(step);
    }
  }

  #choices(shown: RequestPreview | undefined, draft: CreateDraft): Choice<Answer>[] {
    // First, and so focused: pressing Enter once more must not send the request twice.
    const failure = (this.#failure?.split(sentenceEnds) ?? []).map((label, at) => ({
      icon: at === 0 ? "error" : "blank",
      label,
      value: "nothing" as const,
    }));
    const create = { icon: "add", label: t("Create Export Task"), value: "create" as const };
    const parts = shown === undefined ? ownParts(draft) : requestParts(shown);
    const values = parts.map((part) => ({ label: part.name, description: part.value, value: part }));
    if (shown === undefined) return [...failure, create, ...values];
    const copy = { icon: "copy", label: t("Copy Request"), value: "copy" as const };
    return [...failure, { ...create, description: requestOrigin(shown) }, copy, ...values];
  }

  async #create(draft: CreateDraft): Promise<GoTo | "stay" | undefined> {
    try {
      this.created = await this.#parts.create(draft);
      return undefined;
    } catch (error) {
      if (!(error instanceof ExportError) || isCancelled(error) || endingCodes.includes(error.code)) throw error;
      const step = this.#refusedStep(error);
      if (step !== undefined) return new GoTo(step);
      this.#failure = error.message;
      return "stay";
    }
  }

  /** The step of the first field that the service complains about, which then shows the complaint. */
  #refusedStep(error: unknown): Step | undefined {
    if (!(error instanceof ExportError)) return undefined;
    const { questions, refusals } = this.#parts;
    for (const { field, message } of error.details.errors ?? []) {
      const step = field === undefined ? undefined : questions.stepOf(field);
      if (step === undefined) continue;
      refusals.add(step, message ?? error.message);
      return step;
    }
    return undefined;
  }
}

function ownParts({ values = {} }: CreateDraft): RequestPart[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
