import { t } from "@vscode/l10n";
import type { SpaazaRule } from "../../model/contract.ts";
import { segmentFields, type SpaazaIndex } from "../../model/exportOptions.ts";
import type { Segment } from "../../model/segmentShapes.ts";
import type { Choice } from "../prompts/steps.ts";
import { back, GoTo, type Step } from "../prompts/walkSteps.ts";
import type { Asker, Refusals } from "./questions.ts";
import { firstDay, lastDay, orderProblem, RuleQuestions } from "./ruleQuestions.ts";
import { findSegmentId } from "./segmentId.ts";

type SegmentKind = "none" | "lastDay" | "betweenDays" | "id" | "rules" | "same";

/** The questions about the segment of an export: none, ready-made ones, one from the Console, or rules. */
export class SegmentQuestions {
  readonly #ask: Asker;
  readonly #refusals: Refusals;
  readonly #index: () => SpaazaIndex;
  /** The segment of the task that this one is similar to. */
  readonly #same: Segment | undefined;
  #kind: SegmentKind;
  #id: string;
  readonly #days: [string, string] = ["", ""];
  #rules: RuleQuestions[] = [];
  #rulesIndex: SpaazaIndex | undefined;
  #join: "all" | "any" = "all";

  constructor(
    { ask, refusals, index }: { ask: Asker; refusals: Refusals; index: () => SpaazaIndex },
    proposal: { readonly segmentId?: string | undefined; readonly segment?: Segment | undefined },
  ) {
    this.#ask = ask;
    this.#refusals = refusals;
    this.#index = index;
    this.#same = proposal.segment;
    this.#id = proposal.segmentId ?? "";
    this.#kind = proposal.segment !== undefined ? "same" : this.#id !== "" ? "id" : "none";
  }

  steps(): Step[] {
    return [this.#askKind, ...this.#furtherSteps()];
  }

  /** The step that asks for a field below `trigger`. */
  stepOf(field: string): Step {
    if (this.#current === "id") return this.#typeId;
    if (this.#current === "betweenDays") return field.endsWith("end_date") ? this.#askLastDay : this.#askFirstDay;
    const [, at, name] = /rules[.[](\d+)\]?(?:\.(\w+))?/.exec(field) ?? [];
    const rule = this.#current === "rules" && at !== undefined ? this.#rules[Number(at)] : undefined;
    return rule?.stepOf(name ?? "") ?? this.#askKind;
  }

  get answers(): { readonly segmentId?: string; readonly segment?: Segment } {
    switch (this.#current) {
      case "none":
        return {};
      case "id":
        return { segmentId: findSegmentId(this.#id) ?? this.#id };
      case "same":
        return this.#same === undefined ? {} : { segment: this.#same };
      case "lastDay":
        return this.#segmentOf([this.#dateRule("relative_less_than", { time_factor: "day", time_amount: 1 })]);
      case "betweenDays": {
        const [start_date, end_date] = this.#days;
        return this.#segmentOf([this.#dateRule("is_between_date", { start_date, end_date })]);
      }
      case "rules":
        return this.#segmentOf(this.#rules.map(({ rule }) => rule));
    }
  }

  #segmentOf(rules: SpaazaRule[]): { readonly segment: Segment } {
    return { segment: { entity: "people", index: this.#index(), join: this.#join, rules } };
  }

  #dateRule(operator: string, values: Partial<SpaazaRule>): SpaazaRule {
    return { field_name: segmentFields[this.#index()].date ?? "", field_type: "date", operator, ...values };
  }

  /** What was chosen, if it is still offered: another export can have no date, and a segment is for one kind of export. */
  get #current(): SegmentKind {
    return this.#choices().some(({ value }) => value === this.#kind) ? this.#kind : "none";
  }

  #choices(): Choice<SegmentKind>[] {
    const { date } = segmentFields[this.#index()];
    const always: Choice<SegmentKind>[] = [
      { label: t("Everything"), description: t("No segment"), value: "none" },
      { label: t("Segment from the Console…"), description: t("By its ID or URL"), value: "id" },
      { label: t("Rules…"), description: t("Field, comparison and value"), value: "rules" },
    ];
    if (date !== undefined) {
      always.splice(
        1,
        0,
        { label: t("Last 24 hours"), description: date, value: "lastDay" },
        { label: t("Between two days…"), description: date, value: "betweenDays" },
      );
    }
    if (this.#same?.index === this.#index()) always.unshift({ label: t("The same segment as before"), value: "same" });
    return always;
  }

  #furtherSteps(): Step[] {
    switch (this.#current) {
      case "none":
      case "same":
      case "lastDay":
        return [];
      case "id":
        return [this.#typeId];
      case "betweenDays":
        return [this.#askFirstDay, this.#askLastDay];
      case "rules":
        return [
          ...this.#currentRules().flatMap((rule) => rule.steps()),
          this.#askMore,
          ...(this.#rules.length > 1 ? [this.#askJoin] : []),
        ];
    }
  }

  /** At least one. Rules about fields of another export are dropped. */
  #currentRules(): readonly RuleQuestions[] {
    if (this.#rules.length === 0 || this.#rulesIndex !== this.#index()) this.#rules = [this.#newRule()];
    this.#rulesIndex = this.#index();
    return this.#rules;
  }

  #newRule(): RuleQuestions {
    return new RuleQuestions(this.#ask, this.#refusals, segmentFields[this.#index()]);
  }

  readonly #askKind: Step = async (place) => {
    const placeholder = t("Select what to include");
    const question = { placeholder, choices: this.#choices(), active: this.#current };
    const chosen = await this.#ask.choice({ ...question, ...this.#refusals.take(this.#askKind) }, place);
    if (chosen === back) return back;
    this.#kind = chosen;
    return undefined;
  };

  readonly #typeId: Step = async (place) => {
    const answer = await this.#ask.text(
      {
        prompt: t("ID of the segment, or its URL in the Console"),
        value: this.#id,
        problem: (value) =>
          findSegmentId(value) === undefined ? t("Enter the ID of a segment, or a URL that contains it.") : undefined,
        ...this.#refusals.take(this.#typeId),
      },
      place,
    );
    if (answer === back) return back;
    this.#id = findSegmentId(answer) ?? answer;
    return undefined;
  };

  readonly #askFirstDay: Step = async (place) => {
    const question = { ...firstDay(), value: this.#days[0], ...this.#refusals.take(this.#askFirstDay) };
    const answer = await this.#ask.text(question, place);
    if (answer === back) return back;
    this.#days[0] = answer.trim();
    return undefined;
  };

  readonly #askLastDay: Step = async (place) => {
    const { prompt, problem } = lastDay();
    const compared = (value: string) => problem(value) ?? orderProblem(this.#days[0], value);
    const question = { prompt, problem: compared, value: this.#days[1], ...this.#refusals.take(this.#askLastDay) };
    const answer = await this.#ask.text(question, place);
    if (answer === back) return back;
    this.#days[1] = answer.trim();
    return undefined;
  };

  readonly #askMore: Step = async (place) => {
    const choices: Choice<"done" | "add" | "remove">[] = [
      { label: t("Continue"), description: this.#rules.map(({ inWords }) => inWords).join("; "), value: "done" },
      { label: t("Add another rule…"), value: "add" },
      ...(this.#rules.length > 1 ? [{ label: t("Remove the last rule"), value: "remove" as const }] : []),
    ];
    const chosen = await this.#ask.choice({ placeholder: t("Add another rule or continue"), choices }, place);
    if (chosen === back) return back;
    if (chosen === "remove") this.#rules.pop();
    if (chosen !== "add") return chosen === "remove" ? new GoTo(this.#askMore) : undefined;
    const rule = this.#newRule();
    this.#rules.push(rule);
    return new GoTo(rule.first);
  };

  readonly #askJoin: Step = async (place) => {
    const choices: Choice<"all" | "any">[] = [
      { label: t("All rules must match"), description: "all", value: "all" },
      { label: t("Any rule must match"), description: "any", value: "any" },
    ];
    const chosen = await this.#ask.choice(
      { placeholder: t("Select how to combine the rules"), choices, active: this.#join },
      place,
    );
    if (chosen === back) return back;
    this.#join = chosen;
    return undefined;
  };
}
