import { t } from "@vscode/l10n";
import { cancelled } from "../../model/exportError.ts";
import type { Condition, Filter, SortKey } from "../../model/queryContract.ts";
import type { Column } from "../../table/tableTypes.ts";
import { askChoice, askText } from "./steps.ts";
import { back } from "./walkSteps.ts";

type Kind = "contains" | "equals" | "startsWith" | "endsWith" | "matches" | "less" | "more" | "empty" | "notEmpty";

/** Asks for a column and a direction. @throws ExportError `cancelled` */
export async function askSort(columns: readonly Column[], sort: readonly SortKey[]): Promise<SortKey[]> {
  const title = t("Sort");
  const clear = { label: t("Order of the File"), description: sort.length === 0 ? t("Current") : "", value: -1 };
  const choices = [...columnChoices(columns), clear];
  const column = answered(await askChoice({ placeholder: t("Select a column to sort by"), choices }, { title }));
  if (column === -1) return [];
  const directions = [
    { label: t("Ascending"), value: false },
    { label: t("Descending"), value: true },
  ];
  const placeholder = t("Select a direction");
  const descending = answered(await askChoice({ placeholder, choices: directions }, { title }));
  return [{ column, ...(descending && { descending }) }];
}

/** Asks for a column, a condition and a value; null for no filter. @throws ExportError `cancelled` */
export async function askFilter(columns: readonly Column[], filter: Filter | null): Promise<Filter | null> {
  const title = t("Filter");
  const clear = filter === null ? [] : [{ label: t("Remove All Filters"), value: -1 }];
  const choices = [...clear, ...columnChoices(columns)];
  const column = answered(await askChoice({ placeholder: t("Select a column to filter by"), choices }, { title }));
  if (column === -1) return null;
  const kind = answered(await askChoice({ placeholder: t("Select a condition"), choices: kinds() }, { title }));
  return and(filter, await askCondition(column, kind, title));
}

async function askCondition(column: number, kind: Kind, title: string): Promise<Filter> {
  if (kind === "empty") return { column, is: kind };
  if (kind === "notEmpty") return { not: { column, is: "empty" } };
  const value = answered(await askText({ prompt: t("Value to compare with") }, { title }));
  const condition: Condition = { column, is: kind, value };
  return condition;
}

function and(filter: Filter | null, added: Filter): Filter {
  if (filter === null) return added;
  return { all: [...("all" in filter ? filter.all : [filter]), added] };
}

function columnChoices(columns: readonly Column[]): { label: string; value: number }[] {
  return columns.map(({ name }, value) => ({ label: name === "" ? t("Column {0}", value + 1) : name, value }));
}

function kinds(): { label: string; value: Kind }[] {
  return [
    { label: t("contains"), value: "contains" },
    { label: t("is"), value: "equals" },
    { label: t("starts with"), value: "startsWith" },
    { label: t("ends with"), value: "endsWith" },
    { label: t("matches the regular expression"), value: "matches" },
    { label: t("is less than"), value: "less" },
    { label: t("is more than"), value: "more" },
    { label: t("is empty"), value: "empty" },
    { label: t("is not empty"), value: "notEmpty" },
  ];
}

function answered<Value>(answer: Value | typeof back): Value {
  if (answer === back) throw cancelled();
  return answer;
}
