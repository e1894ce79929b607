import type { GridRequestName, GridRequests, HostEvents } from "./messages.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A message of the host's whose kind is known; what it carries is looked at by `isAnswerTo` and `isEvent`. */
export type IncomingMessage =
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly type: "refusal"; readonly id: number; readonly code: string; readonly message: string }
  | { readonly type: "event"; readonly name: keyof HostEvents; readonly event: unknown };

/** Anything else that is posted to the page is undefined here. */
export function toHostMessage(data: unknown): IncomingMessage | undefined {
  if (!isFields(data)) return undefined;
  const { type, id, name, code, message } = data;
  if (type === "answer" && isNumber(id)) return { type, id, answer: data["answer"] };
  if (type === "refusal" && isNumber(id) && isText(code) && isText(message)) return { type, id, code, message };
  if (type === "event" && isText(name) && isEventName(name)) return { type, name, event: data["event"] };
  return undefined;
}

/** Whether an answer has the form that its request asks for. Host and grid are of one build, so fields are not counted. */
export function isAnswerTo<Name extends GridRequestName>(
  name: Name,
  answer: unknown,
): answer is GridRequests[Name]["answer"] {
  return answerForms[name](answer);
}

export function isEvent<Name extends keyof HostEvents>(name: Name, event: unknown): event is HostEvents[Name] {
  return eventForms[name](event);
}

type Form = (value: unknown) => boolean;

const isNull: Form = (value) => value === null;

const answerForms: Readonly<Record<GridRequestName, Form>> = {
  open: isView,
  rows: (value) => isFields(value) && isNumber(value["from"]) && isNumber(value["version"]) && isList(value["rows"]),
  cell: (value) => isFields(value) && isText(value["text"]),
  find: isFindProgress,
  findNext: (value) => value === null || (isFields(value) && isNumber(value["row"]) && isNumber(value["ordinal"])),
  endFind: isNull,
  copy: (value) => isFields(value) && isText(value["kind"]),
  readAs: isView,
  keepLayout: isNull,
  keepPosition: isNull,
  revealInText: isNull,
  act: isNull,
};

const eventForms: Readonly<Record<keyof HostEvents, Form>> = {
  shape: isShape,
  progress: isProgress,
  find: isFindProgress,
  notice: (value) => value === null || (isFields(value) && isText(value["kind"])),
  view: isView,
  command: (value) => isFields(value) && isText(value["command"]),
};

function isEventName(name: string): name is keyof HostEvents {
  return Object.hasOwn(eventForms, name);
}

function isView(value: unknown): boolean {
  if (!isFields(value) || !isText(value["fileName"]) || !isFields(value["content"])) return false;
  const { kind, shape, progress, problem, actions } = value["content"];
  if (kind === "table") return isShape(shape) && isProgress(progress);
  return kind === "problem" && isFields(problem) && isText(problem["kind"]) && isList(actions);
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
