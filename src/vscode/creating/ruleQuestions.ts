import { t } from "@vscode/l10n";
import type { SpaazaRule } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { ruleKind, valueOperators } from "../../model/segmentShapes.ts";
import { back, type Step } from "../prompts/walkSteps.ts";
import type { Asker, Refusals } from "./questions.ts";
import { isDay } from "./typedTime.ts";

/** The fields that the documentation shows for what is exported. */
export interface DocumentedFields {
  readonly date?: string;
  readonly others: readonly string[];
}

const dateOperators = ["is_date", "is_after_date", "is_before_date", "is_between_date", "relative_less_than"] as const;
const otherOperators = [...valueOperators, "is_between_number"] as const;
type Operator = (typeof dateOperators)[number] | (typeof otherOperators)[number];

/** The questions about one rule of a segment: field, operator, and the values that the operator needs. */
export class RuleQuestions {
  readonly #ask: Asker;
  readonly #refusals: Refusals;
  readonly #documented: DocumentedFields;
  #field: string;
  /** Whether the field is typed, because the documentation doesn't show it. */
  #isOwn: boolean;
  #type = "";
  #operator: Operator | undefined;
  readonly #values: [string, string] = ["", ""];

  constructor(ask: Asker, refusals: Refusals, documented: DocumentedFields) {
    this.#ask = ask;
    this.#refusals = refusals;
    this.#documented = documented;
    this.#field = documented.date ?? "";
    this.#isOwn = documented.date === undefined;
  }

  steps(): Step[] {
    const hasChoice = this.#fields.length > 0;
    return [
      ...(hasChoice ? [this.askField] : []),
      ...(this.#isOwn || !hasChoice ? [this.#typeField, this.#typeType] : []),
      this.#askOperator,
      ...[this.#askFirst, this.#askSecond].slice(0, this.#valueQuestions().length),
    ];
  }

  /** The step that begins the rule. */
  get first(): Step {
    return this.#fields.length > 0 ? this.askField : this.#typeField;
  }

  /** The step that asks for one of the rule's fields. */
  stepOf(name: string): Step {
    switch (name) {
      case "operator":
        return this.#askOperator;
      case "value":
      case "start_date":
      case "time_amount":
      case "min":
        return this.#askFirst;
      case "end_date":
      case "max":
        return this.#valueQuestions().length > 1 ? this.#askSecond : this.#askFirst;
      default:
        return this.first;
    }
  }

  get rule(): SpaazaRule {
    const type = this.#isDate ? "date" : this.#type;
    return {
      field_name: this.#field,
      ...defined({ field_type: type === "" ? undefined : type }),
      operator: this.#chosen,
      ...this.#valuesOfRule(),
    };
  }

  get inWords(): string {
    const values = this.#values.slice(0, this.#valueQuestions().length);
    return [this.#field, this.#chosen, values.join(" – ")].join(" ");
  }

  get #fields(): string[] {
    const { date, others } = this.#documented;
    return date === undefined ? [...others] : [date, ...others];
  }

  get #isDate(): boolean {
    return this.#field === this.#documented.date || this.#type === "date";
  }

  get #operators(): readonly Operator[] {
    return this.#isDate ? dateOperators : otherOperators;
  }

  get #chosen(): Operator {
    const operators = this.#operators;
    return operators.find((operator) => operator === this.#operator) ?? operators[0] ?? "is";
  }

  #valuesOfRule(): Partial<SpaazaRule> {
    const [first, second] = this.#values;
    switch (ruleKind(this.#chosen)) {
      case "after":
        return { start_date: first };
      case "before":
        return { end_date: first };
      case "between":
        return { start_date: first, end_date: second };
      case "relative":
        return { time_factor: "day", time_amount: Number(first) };
      case "range":
        return { min: Number(first), max: Number(second) };
      case "value":
      case "dateValue":
      case undefined:
        return { value: first };
    }
  }

  readonly askField: Step = async (place) => {
    const own = "";
    const choices = [
      ...this.#fields.map((field) => ({ label: field, value: field })),
      { label: t("Another field…"), value: own, alwaysShow: true },
    ];
    const active = this.#isOwn ? own : this.#field;
    const question = { placeholder: t("Select a field"), choices, active, ...this.#refusals.take(this.askField) };
    const chosen = await this.#ask.choice(question, place);
    if (chosen === back) return back;
    if (chosen !== own) this.#field = chosen;
    else if (!this.#isOwn) this.#field = "";
    this.#isOwn = chosen === own;
    if (!this.#isOwn) this.#type = "";
    return undefined;
  };

  readonly #typeField: Step = async (place) => {
    const prompt = t("Name of the field, as Spaaza has it");
    const problem = (value: string) => (value.trim() === "" ? t("Enter the name of a field.") : undefined);
    const question = { prompt, value: this.#field, problem, ...this.#refusals.take(this.#typeField) };
    const answer = await this.#ask.text(question, place);
    if (answer === back) return back;
    this.#field = answer.trim();
    return undefined;
  };

  readonly #typeType: Step = async (place) => {
    const prompt = t("Type of the field, such as date. Leave empty if you don't know it.");
    const answer = await this.#ask.text({ prompt, value: this.#type }, place);
    if (answer === back) return back;
    this.#type = answer.trim();
    return undefined;
  };

  readonly #askOperator: Step = async (place) => {
    const choices = this.#operators.map((value) => ({ label: operatorInWords(value), description: value, value }));
    const placeholder = t("Select how to compare {0}", this.#field);
    const question = { placeholder, choices, active: this.#chosen, ...this.#refusals.take(this.#askOperator) };
    const chosen = await this.#ask.choice(question, place);
    if (chosen === back) return back;
    this.#operator = chosen;
    return undefined;
  };

  readonly #askFirst: Step = (place) => this.#askValue(0, this.#askFirst, place);
  readonly #askSecond: Step = (place) => this.#askValue(1, this.#askSecond, place);

  async #askValue(at: 0 | 1, step: Step, place: Parameters<Step>[0]): Promise<typeof back | undefined> {
    const { prompt, problem } = this.#valueQuestions()[at] ?? anyValue();
    const compared = (value: string): string | undefined =>
      problem(value) ?? (at === 1 ? orderProblem(this.#values[0], value) : undefined);
    const question = { prompt, value: this.#values[at], problem: compared, ...this.#refusals.take(step) };
    const answer = await this.#ask.text(question, place);
    if (answer === back) return back;
    this.#values[at] = answer.trim();
    return undefined;
  }

  #valueQuestions(): ValueQuestion[] {
    switch (ruleKind(this.#chosen)) {
      case "after":
        return [{ prompt: t("The day after which it is, such as 2026-01-31"), problem: dayProblem }];
      case "before":
        return [{ prompt: t("The day before which it is, such as 2026-01-31"), problem: dayProblem }];
      case "dateValue":
        return [{ prompt: t("The day, such as 2026-01-31"), problem: dayProblem }];
      case "between":
        return [firstDay(), lastDay()];
      case "relative":
        return [{ prompt: t("Number of days"), problem: countProblem }];
      case "range":
        return [
          { prompt: t("Smallest number"), problem: numberProblem },
          { prompt: t("Largest number"), problem: numberProblem },
        ];
      case "value":
      case undefined:
        return [anyValue()];
    }
  }
}

interface ValueQuestion {
  readonly prompt: string;
  readonly problem: (value: string) => string | undefined;
}

export function firstDay(): ValueQuestion {
  return { prompt: t("First day, such as 2026-01-31"), problem: dayProblem };
}

export function lastDay(): ValueQuestion {
  return { prompt: t("Last day, such as 2026-01-31"), problem: dayProblem };
}

function anyValue(): ValueQuestion {
  return { prompt: t("Value"), problem: (value) => (value.trim() === "" ? t("Enter a value.") : undefined) };
}

function dayProblem(value: string): string | undefined {
  return isDay(value) ? undefined : t("Enter a day such as 2026-01-31.");
}

function countProblem(value: string): string | undefined {
  return /^[1-9]\d{0,4}$/.test(value.trim()) ? undefined : t("Enter a whole number of at least 1.");
}

function numberProblem(value: string): string | undefined {
  return /^-?\d+(\.\d+)?$/.test(value.trim()) ? undefined : t("Enter a number.");
}

/** Whether the second of two values is before the first. Days compare as text. */
export function orderProblem(first: string, second: string): string | undefined {
  const isBefore = isDay(first) ? second.trim() < first.trim() : Number(second) < Number(first);
  return isBefore ? t("This is before {0}. Enter a later or larger value.", first) : undefined;
}

function operatorInWords(operator: Operator): string {
  switch (operator) {
    case "is":
      return t("is");
    case "is_not":
      return t("is not");
    case "contains":
      return t("contains");
    case "does_not_contain":
      return t("does not contain");
    case "is_date":
      return t("is on a day");
    case "is_after_date":
      return t("is after a day");
    case "is_before_date":
      return t("is before a day");
    case "is_between_date":
      return t("is between two days");
    case "relative_less_than":
      return t("is less than a number of days ago");
    case "is_between_number":
      return t("is between two numbers");
  }
}
