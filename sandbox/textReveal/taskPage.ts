import { json } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import { wholeNumber } from "../http/wholeNumber.ts";
import { invalid } from "./errorAnswer.ts";
import { listValues } from "./listValues.ts";
import type { FieldError } from "./errorAnswer.ts";

export type ListedTask = Record<string, string | null>;

interface Order {
  field: string;
  direction: 1 | -1;
}

/** Documented, except for the default order, which is assumed to be newest first. */
export const sizeLimits = { least: 1, most: 1000, fallback: 10 };
const orderFields = ["created_at", "completed_at", "status"];
const defaultOrder: Order[] = [{ field: "created_at", direction: -1 }];

/** One page of `GET /tasks`. The encoding of array values is not documented, so all common encodings are supported. */
export function taskPage(tasks: readonly ListedTask[], query: URLSearchParams): Answer {
  const problems: FieldError[] = [];
  const size = wholeNumber(query.get("size"), sizeLimits);
  if (size === undefined) problems.push(sizeProblem(query.get("size") ?? ""));
  const order = readOrder(listValues(query, "order"), problems);
  const sorted = tasks.toSorted((left, right) => compare(left, right, order));
  const start = readStart(sorted, query.get("search_after"), problems);
  if (size === undefined || problems.length > 0) return invalid(problems);

  const page = sorted.slice(start, start + size);
  const hasNext = start + size < sorted.length;
  return json(200, {
    data: page.map((task) => onlyFields(task, listValues(query, "fields"))),
    size,
    has_next: hasNext,
    count: sorted.length,
    search_after: hasNext ? cursorOf(page.at(-1)) : null,
  });
}

export function sizeProblem(text: string): FieldError {
  if (!/^-?\d+$/.test(text))
    return { message: "Expected number, received string", field: "size", reason: "invalid_type" };
  return Number(text) < sizeLimits.least
    ? { message: `Number must be greater than or equal to ${sizeLimits.least}`, field: "size", reason: "too_small" }
    : { message: `Number must be less than or equal to ${sizeLimits.most}`, field: "size", reason: "too_big" };
}

function readOrder(values: readonly string[], problems: FieldError[]): Order[] {
  const orders = values.map((value): Order | undefined => {
    const [, field, direction] = /^(\w+):(asc|desc)$/.exec(value) ?? [];
    if (field === undefined || !orderFields.includes(field)) return undefined;
    return { field, direction: direction === "asc" ? 1 : -1 };
  });
  const valid = orders.filter((order) => order !== undefined);
  if (valid.length < orders.length) {
    problems.push({ message: "Invalid order", field: "order", reason: "invalid_enum_value" });
  }
  return valid.length === 0 ? defaultOrder : valid;
}

function compare(left: ListedTask, right: ListedTask, order: readonly Order[]): number {
  for (const { field, direction } of [...order, { field: "id", direction: 1 }]) {
    const [first, second] = [left[field] ?? "", right[field] ?? ""];
    if (first !== second) return first < second ? -direction : direction;
  }
  return 0;
}

/** A cursor names the last task of the previous page, so that new tasks don't shift the pages. */
function cursorOf(task: ListedTask | undefined): string {
  return Buffer.from(task?.["id"] ?? "").toString("base64url");
}

function readStart(sorted: readonly ListedTask[], cursor: string | null, problems: FieldError[]): number {
  if (cursor === null || cursor === "") return 0;
  const place = sorted.findIndex((task) => cursorOf(task) === cursor);
  if (place < 0) problems.push({ message: "Invalid cursor", field: "search_after", reason: "invalid_string" });
  return place + 1;
}

function onlyFields(task: ListedTask, fields: readonly string[]): ListedTask {
  if (fields.length === 0) return task;
  return Object.fromEntries(Object.entries(task).filter(([name]) => fields.includes(name)));
}
