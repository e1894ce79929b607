import * as vscode from "vscode";
import type { FileExistsChoice } from "../model/contract.ts";

/** Each setting with its type. A test checks that the manifest has the same names and defaults. */
export interface SettingMap {
  downloadFolder: string;
  fileNameTemplate: string;
  fileExists: FileExistsChoice;
  openWith: "table" | "text" | "none";
  openBeside: boolean;
  pageSize: number;
  autoRefreshSeconds: number;
  notifyWhenDone: "whenUseful" | "always" | "never";
  maxParallelDownloads: number;
  resumeByItself: boolean;
  keepInterruptedDays: number;
  keepExportsDays: number;
  "network.connectTimeoutSeconds": number;
  "network.stallTimeoutSeconds": number;
  "network.retryBudgetSeconds": number;
  "network.slowestKibPerSecond": number;
  "network.parallelRanges": number | "auto";
  "network.caFile": string;
  "query.memoryLimitMiB": number;
  "query.cacheLimitMiB": number;
  "query.maxRows": number;
}

export type SettingName = keyof SettingMap;

interface Rule<Value> {
  readonly fallback: Value;
  accepts(value: unknown): value is Value;
}

const text = (fallback: string): Rule<string> => ({ fallback, accepts: (value) => typeof value === "string" });
const flag = (fallback: boolean): Rule<boolean> => ({ fallback, accepts: (value) => typeof value === "boolean" });
const number = (fallback: number, least: number, most: number): Rule<number> => ({
  fallback,
  accepts: (value): value is number => typeof value === "number" && value >= least && value <= most,
});
function oneOf<const Value extends string>(choices: readonly Value[], fallback: NoInfer<Value>): Rule<Value> {
  return { fallback, accepts: (value): value is Value => choices.some((choice) => choice === value) };
}

/** A whole number, or `auto`: the extension chooses. */
function wholeOrAuto(fallback: number, least: number, most: number): Rule<number | "auto"> {
  return {
    fallback,
    accepts: (value): value is number | "auto" =>
      value === "auto" || (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most),
  };
}

/** Settings are checked when they are read: an invalid value counts as not set. */
export const settingRules: { readonly [Name in SettingName]: Rule<SettingMap[Name]> } = {
  downloadFolder: text(""),
  fileNameTemplate: text("${name}"),
  fileExists: oneOf(["ask", "overwrite", "keepBoth", "skip"], "ask"),
  openWith: oneOf(["table", "text", "none"], "table"),
  openBeside: flag(false),
  pageSize: number(50, 1, 1000),
  autoRefreshSeconds: number(30, 0, 3600),
  notifyWhenDone: oneOf(["whenUseful", "always", "never"], "whenUseful"),
  maxParallelDownloads: number(4, 1, 16),
  resumeByItself: flag(false),
  keepInterruptedDays: number(14, 1, 3650),
  keepExportsDays: number(0, 0, 3650),
  "network.connectTimeoutSeconds": number(15, 0.1, 600),
  "network.stallTimeoutSeconds": number(30, 0.1, 3600),
  "network.retryBudgetSeconds": number(120, 0, 86_400),
  "network.slowestKibPerSecond": number(8, 0, 1_048_576),
  "network.parallelRanges": wholeOrAuto(1, 1, 8),
  "network.caFile": text(""),
  "query.memoryLimitMiB": number(1024, 256, 1_048_576),
  "query.cacheLimitMiB": number(4096, 0, 16_777_216),
  "query.maxRows": number(100_000, 1, 10_000_000),
};

/** Reads the current value of a setting. Nothing is cached, so a change needs no reload. */
export function readSetting<Name extends SettingName>(name: Name): SettingMap[Name] {
  const rule: Rule<SettingMap[Name]> = settingRules[name];
  const value: unknown = vscode.workspace.getConfiguration("taskExports").get(name);
  return rule.accepts(value) ? value : rule.fallback;
}
