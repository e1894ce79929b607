import { t } from "@vscode/l10n";
import type { CreateDraft } from "../../model/createRequest.ts";
import { defined } from "../../model/defined.ts";
import { entityFields, type entityOrders, type UniverseFilter, universeFilters } from "../../model/exportOptions.ts";
import type { Choice } from "../prompts/steps.ts";
import { back, GoTo, type Step, type StepPlace } from "../prompts/walkSteps.ts";
import type { Asker, ExportQuestions, Refusals } from "./questions.ts";

/** Asks for one of the account's universes. `current` is the one that was chosen before. */
export type AskUniverse = (
  question: { readonly current: string | undefined; readonly refusal?: string },
  place: StepPlace,
) => Promise<string | typeof back>;

interface TextRevealQuestionParts {
  readonly ask: Asker;
  readonly refusals: Refusals;
  readonly askUniverse: AskUniverse;
  /** The answers that a program gave. Nobody is asked for them again. */
  readonly given: CreateDraft;
  /** Answers to begin with, from the task that this one is similar to. */
  readonly proposal: CreateDraft;
}

type EntityField = (typeof entityFields)[number];
type EntityOrder = (typeof entityOrders)[number];

/** The questions about an export of TextReveal: universe, filters, fields, and order. */
export class TextRevealQuestions implements ExportQuestions {
  readonly #parts: TextRevealQuestionParts;
  #universe: string | undefined;
  readonly #filters: Map<UniverseFilter, readonly string[]>;
  /** The filter whose values are asked for. */
  #edited: UniverseFilter | undefined;
  #fields: readonly EntityField[];
  #order: EntityOrder | undefined;

  constructor(parts: TextRevealQuestionParts) {
    const known = { ...parts.proposal, ...parts.given };
    this.#parts = parts;
    this.#universe = known.universeId;
    this.#filters = new Map(
      universeFilters.flatMap((name) => {
        const values = known.filters?.[name];
        return values === undefined ? [] : [[name, values] as const];
      }),
    );
    this.#fields = known.fields ?? [];
    this.#order = known.order;
  }

  steps(): Step[] {
    const { given } = this.#parts;
    const asksValues = this.#edited !== undefined;
    return [
      ...(given.universeId === undefined ? [this.#askUniverse] : []),
      ...(given.filters === undefined ? [this.#askFilter, ...(asksValues ? [this.#askValues] : [])] : []),
      ...(given.fields === undefined ? [this.#askFields] : []),
      ...(given.order === undefined ? [this.#askOrder] : []),
    ];
  }

  /** For a filter, its values are asked for again. */
  stepOf(field: string): Step | undefined {
    const name = field.replace(/\[\d*\]$|\.\d+$/, "");
    const filter = universeFilters.find((known) => known === name);
    if (filter !== undefined && this.#parts.given.filters === undefined) this.#edited = filter;
    const step = filter === undefined ? this.#otherStepOf(name) : this.#askValues;
    return step !== undefined && this.steps().includes(step) ? step : undefined;
  }

  #otherStepOf(name: string): Step | undefined {
    switch (name) {
      case "universe_id":
        return this.#askUniverse;
      case "fields":
        return this.#askFields;
      case "order":
        return this.#askOrder;
      default:
        return undefined;
    }
  }

  get answers(): CreateDraft {
    const filters = Object.fromEntries([...this.#filters].map(([name, values]) => [name, [...values]]));
    return {
      ...this.#parts.given,
      ...defined({
        universeId: this.#universe,
        filters: this.#filters.size === 0 ? undefined : filters,
        fields: this.#fields.length === 0 ? undefined : [...this.#fields],
        order: this.#order,
      }),
    };
  }

  readonly #askUniverse: Step = async (place) => {
    const question = { current: this.#universe, ...this.#parts.refusals.take(this.#askUniverse) };
    const chosen = await this.#parts.askUniverse(question, place);
    if (chosen === back) return back;
    this.#universe = chosen;
    return undefined;
  };

  readonly #askFilter: Step = async (place) => {
    this.#edited = undefined;
    const done = "" as const;
    const choices: Choice<UniverseFilter | typeof done>[] = [
      {
        label: t("Continue"),
        description: this.#filters.size === 0 ? t("All entities") : t("Only entities that match"),
        value: done,
      },
      ...universeFilters.map((name) => ({
        label: t("Filter by {0}…", name),
        ...defined({ description: this.#filters.get(name)?.join("; ") }),
        value: name,
      })),
    ];
    const chosen = await this.#parts.ask.choice<UniverseFilter | typeof done>(
      { placeholder: t("Select a filter, or continue"), choices },
      place,
    );
    if (chosen === back) return back;
    if (chosen === done) return undefined;
    this.#edited = chosen;
    return new GoTo(this.#askValues);
  };

  readonly #askValues: Step = async (place) => {
    const name = this.#edited;
    if (name === undefined) return new GoTo(this.#askFilter);
    const answer = await this.#parts.ask.text(
      {
        prompt: t("Values of {0}, with semicolons between them. Leave empty to remove the filter.", name),
        value: this.#filters.get(name)?.join("; ") ?? "",
        ...this.#parts.refusals.take(this.#askValues),
      },
      place,
    );
    if (answer === back) return back;
    const values = answer
      .split(/[;\n]/)
      .map((value) => value.trim())
      .filter((value) => value !== "");
    if (values.length === 0) this.#filters.delete(name);
    else this.#filters.set(name, values);
    return new GoTo(this.#askFilter);
  };

  readonly #askFields: Step = async (place) => {
    const choices = entityFields.map((value) => ({ label: value, value }));
    const placeholder = t("Select fields, or none for those that TextReveal chooses");
    const question = { placeholder, choices, selected: this.#fields, ...this.#parts.refusals.take(this.#askFields) };
    const chosen = await this.#parts.ask.choices<EntityField>(question, place);
    if (chosen === back) return back;
    this.#fields = chosen;
    return undefined;
  };

  readonly #askOrder: Step = async (place) => {
    const none = "" as const;
    const choices: Choice<EntityOrder | typeof none>[] = [
      { label: t("No particular order"), value: none },
      { label: t("By name, A to Z"), description: "name:asc", value: "name:asc" },
      { label: t("By name, Z to A"), description: "name:desc", value: "name:desc" },
    ];
    const active: EntityOrder | typeof none = this.#order ?? none;
    const question = { placeholder: t("Select an order"), choices, active };
    const chosen = await this.#parts.ask.choice<EntityOrder | typeof none>(
      { ...question, ...this.#parts.refusals.take(this.#askOrder) },
      place,
    );
    if (chosen === back) return back;
    this.#order = chosen === none ? undefined : chosen;
    return undefined;
  };
}
