import { t } from "@vscode/l10n";
import type { Condition } from "../../../model/queryContract.ts";
import type { ColumnType } from "../../../table/tableTypes.ts";
import { button, element } from "../element.ts";
import type { ColumnPart } from "../state/arrangement.ts";

type Kind = Exclude<Condition["is"], "in"> | "doesn'tContain" | "isNot" | "isNotEmpty";

const ofText: readonly Kind[] = [
  "contains",
  "doesn'tContain",
  "equals",
  "isNot",
  "startsWith",
  "endsWith",
  "matches",
  "empty",
  "isNotEmpty",
];
const ofValues: readonly Kind[] = [
  "equals",
  "isNot",
  "less",
  "atMost",
  "more",
  "atLeast",
  "between",
  "contains",
  "empty",
  "isNotEmpty",
];

/** The choice of a condition: a kind, and one or two values. */
export class ConditionPicker {
  readonly element = element("div", { class: "condition" });
  readonly #kind = element("select", { class: "condition-kind" });
  readonly #value = element("input", { type: "text", spellcheck: "false", autocomplete: "off" });
  readonly #to = element("input", { type: "text", spellcheck: "false", autocomplete: "off" });
  readonly #case: HTMLButtonElement;

  constructor() {
    this.#kind.setAttribute("aria-label", t("Condition"));
    const label = t("Match case");
    const names = { "aria-label": label, title: label };
    this.#case = button({ class: "toggle", "data-sign": "Aa", "aria-pressed": "false", ...names }, "", () =>
      this.#case.setAttribute("aria-pressed", String(!this.#isCaseSensitive)),
    );
    this.#kind.addEventListener("change", () => this.#showFields());
    const fields = element("div", { class: "condition-fields" }, this.#value, this.#to, this.#case);
    this.element.append(this.#kind, fields);
  }

  /** Shows the first of a column's conditions that isn't a list of values. */
  show(type: ColumnType, parts: readonly ColumnPart[]): void {
    const kinds = type === "number" || type === "date" ? ofValues : ofText;
    this.#kind.replaceChildren(
      element("option", { value: "" }, t("No condition")),
      ...kinds.map((kind) => element("option", { value: kind }, kindInWords(kind))),
    );
    const part = parts.find(({ condition }) => condition.is !== "in");
    this.#kind.value = part === undefined ? "" : kindOf(part);
    const { condition } = part ?? {};
    this.#value.value = condition === undefined ? "" : "value" in condition ? condition.value : fromOf(condition);
    this.#to.value = condition?.is === "between" ? condition.to : "";
    const isCaseSensitive = condition !== undefined && "caseSensitive" in condition && condition.caseSensitive;
    this.#case.setAttribute("aria-pressed", String(isCaseSensitive));
    this.#showFields();
  }

  /** Shows a range that was chosen elsewhere. */
  showRange(from: string, to: string): void {
    this.#kind.value = "between";
    this.#value.value = from;
    this.#to.value = to;
    this.#showFields();
  }

  focus(): void {
    this.#kind.focus();
  }

  /** Undefined for no condition. */
  read(column: number): ColumnPart | undefined {
    const kind = this.#kind.value;
    const value = this.#value.value;
    const text = { column, value, ...(this.#isCaseSensitive && { caseSensitive: true }) };
    switch (kind) {
      case "contains":
      case "equals":
      case "startsWith":
      case "endsWith":
      case "matches":
        return value === "" ? undefined : { condition: { ...text, is: kind }, negated: false };
      case "doesn'tContain":
        return value === "" ? undefined : { condition: { ...text, is: "contains" }, negated: true };
      case "isNot":
        return value === "" ? undefined : { condition: { ...text, is: "equals" }, negated: true };
      case "less":
      case "atMost":
      case "more":
      case "atLeast":
        return value === "" ? undefined : { condition: { column, value, is: kind }, negated: false };
      case "between":
        return { condition: { column, is: "between", from: value, to: this.#to.value }, negated: false };
      case "empty":
        return { condition: { column, is: "empty" }, negated: false };
      case "isNotEmpty":
        return { condition: { column, is: "empty" }, negated: true };
      default:
        return undefined;
    }
  }

  get #isCaseSensitive(): boolean {
    return this.#case.getAttribute("aria-pressed") === "true" && !this.#case.hidden;
  }

  #showFields(): void {
    const kind = this.#kind.value;
    const isRange = kind === "between";
    const hasValue = kind !== "" && kind !== "empty" && kind !== "isNotEmpty";
    this.#value.hidden = !hasValue;
    this.#to.hidden = !isRange;
    this.#case.hidden = !hasValue || isRange || ["less", "atMost", "more", "atLeast"].includes(kind);
    this.#value.setAttribute("aria-label", isRange ? t("From") : t("Value"));
    this.#value.placeholder = isRange ? t("From") : t("Value");
    this.#to.setAttribute("aria-label", t("To"));
    this.#to.placeholder = t("To");
  }
}

function kindOf({ condition, negated }: ColumnPart): string {
  if (!negated) return condition.is;
  if (condition.is === "contains") return "doesn'tContain";
  if (condition.is === "equals") return "isNot";
  return condition.is === "empty" ? "isNotEmpty" : "";
}

function fromOf(condition: Condition): string {
  return condition.is === "between" ? condition.from : "";
}

function kindInWords(kind: Kind): string {
  switch (kind) {
    case "contains":
      return t("contains");
    case "doesn'tContain":
      return t("doesn't contain");
    case "equals":
      return t("is");
    case "isNot":
      return t("is not");
    case "startsWith":
      return t("starts with");
    case "endsWith":
      return t("ends with");
    case "matches":
      return t("matches the regular expression");
    case "less":
      return t("is less than");
    case "atMost":
      return t("is at most");
    case "more":
      return t("is more than");
    case "atLeast":
      return t("is at least");
    case "between":
      return t("is between");
    case "empty":
      return t("is empty");
    case "isNotEmpty":
      return t("is not empty");
  }
}
