import type { IncomingChecks } from "../../channel/requester.ts";
import type { GridRequests, HostEvents } from "./messages.ts";

type Fields = Readonly<Record<string, unknown>>;

type Form = (value: unknown) => boolean;

const isNull: Form = (value) => value === null;

const answerForms: Readonly<Record<keyof GridRequests, Form>> = {
  open: isView,
  rows: (value) => isFields(value) && isNumber(value["from"]) && isList(value["numbers"]) && isList(value["rows"]),
  positionOf: (value) => isFields(value) && (value["position"] === null || isNumber(value["position"])),
  cell: (value) => isFields(value) && isText(value["text"]),
  record: (value) => isFields(value) && isList(value["fields"]),
  find: isFindProgress,
  findNext: (value) => value === null || (isFields(value) && isNumber(value["position"]) && isNumber(value["number"])),
  endFind: isNull,
  copy: (value) => isFields(value) && isText(value["kind"]),
  saveSelection: (value) => value === null || (isFields(value) && isText(value["path"])),
  summarize: (value) => isFields(value) && (value["tooLarge"] === true || isNumber(value["cells"])),
  readAs: isView,
  keepLayout: isNull,
  keepPosition: isNull,
  keepHistograms: isNull,
  keepDetailSize: isNull,
  arrange: isArranged,
  columnValues: (value) => isFields(value) && isList(value["values"]) && isNumber(value["total"]),
  columnHistogram: (value) => isFields(value) && isList(value["bars"]),
  profile: isNull,
  revealInText: isNull,
  act: isNull,
};

const eventForms: Readonly<Record<keyof HostEvents, Form>> = {
  profiled: (value) => isFields(value) && isNumber(value["column"]) && isFields(value["profile"]),
  profiling: (value) => isFields(value) && isNumber(value["share"]),
  shape: isShape,
  progress: isProgress,
  find: isFindProgress,
  notice: (value) => value === null || (isFields(value) && isText(value["kind"])),
  view: isView,
  arranging: (value) => isFields(value) && (value["share"] === null || isNumber(value["share"])),
  outdated: isNull,
  arranged: isArranged,
  command: (value) => isFields(value) && isText(value["command"]),
};

/** Checks the form of what the host sends. Host and page are built together, so not every field is checked. */
export const hostChecks: IncomingChecks<GridRequests, HostEvents> = {
  isAnswer: (name, answer) => answerForms[name](answer),
  isEvent: (name, event) => eventForms[name](event),
};

function isView(value: unknown): boolean {
  if (!isFields(value) || !isText(value["fileName"]) || !isFields(value["content"])) return false;
  const { kind, shape, progress, problem, actions } = value["content"];
  if (kind === "table") return isShape(shape) && isProgress(progress);
  return kind === "problem" && isFields(problem) && isText(problem["kind"]) && isList(actions);
}

function isArranged(value: unknown): boolean {
  return isFields(value) && isProgress(value["progress"]) && typeof value["isFileOrder"] === "boolean";
}

function isShape(value: unknown): boolean {
  return isFields(value) && isNumber(value["version"]) && isFields(value["reading"]) && isList(value["columns"]);
}

function isProgress(value: unknown): boolean {
  return isFields(value) && isNumber(value["version"]) && isNumber(value["rows"]) && isNumber(value["indexedRows"]);
}

function isFindProgress(value: unknown): boolean {
  return isFields(value) && isNumber(value["search"]) && isNumber(value["matches"]);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
