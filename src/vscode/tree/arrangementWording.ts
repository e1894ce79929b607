import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import {
  statusOrder,
  type TaskArrangement,
  type TaskGrouping,
  type TaskOrder,
  usualArrangement,
} from "../tasks/arrangeTasks.ts";
import { stateName } from "../wording.ts";

export function orderInWords(order: TaskOrder): string {
  switch (order) {
    case "newest":
      return t("Newest first");
    case "oldest":
      return t("Oldest first");
    case "completed":
      return t("Last completed first");
    case "name":
      return t("Name");
    case "status":
      return t("Status");
  }
}

export function groupingInWords(grouping: TaskGrouping): string {
  switch (grouping) {
    case "none":
      return t("None");
    case "status":
      return t("Status");
    case "day":
      return t("Day created");
    case "format":
      return t("Format");
    case "subject":
      return t("Exported data");
  }
}

/** What differs from the usual arrangement. */
export function arrangementInWords({ order, grouping }: TaskArrangement): string[] {
  return [
    ...(order === usualArrangement.order ? [] : [t("Sort: {0}", orderInWords(order))]),
    ...(grouping === usualArrangement.grouping ? [] : [t("Group: {0}", groupingInWords(grouping))]),
  ];
}

/** The name of a group of tasks. */
export function groupInWords(grouping: TaskGrouping, key: string): string {
  switch (grouping) {
    case "none":
      return "";
    case "status":
      return stateName(statusOrder.find((state) => state === key) ?? "unknown");
    case "day":
      return key === "" ? t("No date") : dayInWords(key);
    case "format":
      return key === "" ? t("Unknown format") : key.toUpperCase();
    case "subject":
      return key === "" ? t("Other") : key;
  }
}

export function dayInWords(day: string): string {
  const date = new Date(`${day}T00:00:00`);
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return t("Today");
  if (date.toDateString() === yesterday.toDateString()) return t("Yesterday");
  const parts = { weekday: "short", year: "numeric", month: "short", day: "numeric" } as const;
  return new Intl.DateTimeFormat(vscode.env.language, parts).format(date);
}
