import { t } from "@vscode/l10n";
import { type CreateDraft, isChainId } from "../../model/createRequest.ts";
import { defined } from "../../model/defined.ts";
import { type ExportFormat, exportFormats, type SpaazaIndex, spaazaIndexes } from "../../model/exportOptions.ts";
import { back, type Step } from "../prompts/walkSteps.ts";
import type { Asker, ExportQuestions, Refusals } from "./questions.ts";
import { SegmentQuestions } from "./segmentQuestions.ts";
import { typedMoment, typedText } from "./typedTime.ts";

interface SpaazaQuestionParts {
  readonly ask: Asker;
  readonly refusals: Refusals;
  /** The answers that a program gave. Nobody is asked for them again. */
  readonly given: CreateDraft;
  /** Answers to begin with, from the task that this one is similar to. */
  readonly proposal: CreateDraft;
  /** The account's chain, if it is known. */
  readonly chain: string | undefined;
  readonly now: () => number;
}

/** The questions about an export of Spaaza: what, format, description, when, chain, and segment. */
export class SpaazaQuestions implements ExportQuestions {
  readonly #parts: SpaazaQuestionParts;
  readonly #segment: SegmentQuestions;
  #index: SpaazaIndex;
  #format: ExportFormat;
  /** Undefined until it was typed: then it follows what is exported. */
  #description: string | undefined;
  #isLater = false;
  #time: string;
  #chain: string;

  constructor(parts: SpaazaQuestionParts) {
    const { ask, refusals, given, proposal, chain, now } = parts;
    const known = { ...proposal, ...given };
    this.#parts = parts;
    this.#index = known.index ?? "transactions";
    this.#format = known.format ?? "csv";
    this.#description = known.description;
    this.#time = typedText(new Date(now() + 60 * 60 * 1000));
    this.#chain = known.chainId ?? chain ?? "";
    this.#segment = new SegmentQuestions({ ask, refusals, index: () => this.#index }, known);
  }

  steps(): Step[] {
    const { given, chain } = this.#parts;
    const asksSegment = given.segmentId === undefined && given.segment === undefined;
    return [
      ...(given.index === undefined ? [this.#askIndex] : []),
      ...(given.format === undefined ? [this.#askFormat] : []),
      ...(given.description === undefined ? [this.#askDescription] : []),
      ...(given.runAt === undefined ? [this.#askWhen, ...(this.#isLater ? [this.#askTime] : [])] : []),
      ...(given.chainId === undefined && chain === undefined ? [this.#askChain] : []),
      ...(asksSegment ? this.#segment.steps() : []),
    ];
  }

  stepOf(field: string): Step | undefined {
    const step = this.#stepOf(field);
    return step !== undefined && this.steps().includes(step) ? step : undefined;
  }

  #stepOf(field: string): Step | undefined {
    if (field === "desc") return this.#askDescription;
    if (field === "chain" || field === "chainId") return this.#askChain;
    if (field.endsWith("export_index")) return this.#askIndex;
    if (field.endsWith("export_format")) return this.#askFormat;
    if (field.endsWith("once")) return this.#isLater ? this.#askTime : this.#askWhen;
    return field.includes("segment") ? this.#segment.stepOf(field) : undefined;
  }

  get answers(): CreateDraft {
    const { given } = this.#parts;
    const later = this.#isLater ? typedMoment(this.#time)?.toISOString() : undefined;
    return {
      ...given,
      index: this.#index,
      format: this.#format,
      description: this.#describes,
      ...defined({ chainId: this.#chain === "" ? undefined : this.#chain, runAt: given.runAt ?? later }),
      ...(given.segmentId === undefined && given.segment === undefined ? this.#segment.answers : {}),
    };
  }

  get #describes(): string {
    return this.#description ?? t("Export of {0}", this.#index);
  }

  readonly #askIndex: Step = async (place) => {
    const choices = spaazaIndexes.map((value) => ({ label: value, value }));
    const question = { placeholder: t("Select what to export"), choices, active: this.#index };
    const chosen = await this.#parts.ask.choice({ ...question, ...this.#parts.refusals.take(this.#askIndex) }, place);
    if (chosen === back) return back;
    this.#index = chosen;
    return undefined;
  };

  readonly #askFormat: Step = async (place) => {
    const choices = exportFormats.map((value) => ({ label: value.toUpperCase(), value }));
    const question = { placeholder: t("Select a format"), choices, active: this.#format };
    const chosen = await this.#parts.ask.choice({ ...question, ...this.#parts.refusals.take(this.#askFormat) }, place);
    if (chosen === back) return back;
    this.#format = chosen;
    return undefined;
  };

  readonly #askDescription: Step = async (place) => {
    const answer = await this.#parts.ask.text(
      {
        prompt: t("Description, by which you find the task again"),
        value: this.#describes,
        problem: (value) => (value.trim() === "" ? t("Enter a description.") : undefined),
        ...this.#parts.refusals.take(this.#askDescription),
      },
      place,
    );
    if (answer === back) return back;
    if (answer.trim() !== this.#describes) this.#description = answer.trim();
    return undefined;
  };

  readonly #askWhen: Step = async (place) => {
    const choices = [
      { label: t("Now"), value: false },
      { label: t("Later…"), description: t("At a date and time"), value: true },
    ];
    const question = { placeholder: t("Select when to run the export"), choices, active: this.#isLater };
    const chosen = await this.#parts.ask.choice({ ...question, ...this.#parts.refusals.take(this.#askWhen) }, place);
    if (chosen === back) return back;
    this.#isLater = chosen;
    return undefined;
  };

  readonly #askTime: Step = async (place) => {
    const answer = await this.#parts.ask.text(
      {
        prompt: t("Date and time in the time zone of this computer, such as 2026-01-31 06:00"),
        value: this.#time,
        problem: (value) => this.#timeProblem(value),
        ...this.#parts.refusals.take(this.#askTime),
      },
      place,
    );
    if (answer === back) return back;
    this.#time = answer.trim();
    return undefined;
  };

  #timeProblem(value: string): string | undefined {
    const moment = typedMoment(value);
    if (moment === undefined) return t("Enter a date and time such as 2026-01-31 06:00.");
    return moment.getTime() < this.#parts.now() ? t("This time has passed. Enter a later one.") : undefined;
  }

  readonly #askChain: Step = async (place) => {
    const answer = await this.#parts.ask.text(
      {
        prompt: t("ID of the chain, as in the Console"),
        value: this.#chain,
        problem: (value) => (isChainId(value.trim()) ? undefined : t("Enter a whole number.")),
        ...this.#parts.refusals.take(this.#askChain),
      },
      place,
    );
    if (answer === back) return back;
    this.#chain = answer.trim();
    return undefined;
  };
}
