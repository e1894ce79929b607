import * as v from "valibot";
import type { ExportTask, TaskState } from "../../model/contract.ts";
import type { FieldProblem } from "../../model/exportError.ts";
import { defined } from "../../model/defined.ts";
import { longestSpanMs } from "../../model/outsideNumbers.ts";
import { mapInSlices } from "../../model/slices.ts";
import { anyList, firstOf, maybe, moment, taskIdText, words } from "../wireFields.ts";

const text = v.string();
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const taskSchema = v.object({
  id: taskIdText,
  status: maybe(words),
  description: maybe(words),
  created_at: maybe(text),
  completed_at: maybe(text),
});

type TextRevealTask = v.InferOutput<typeof taskSchema>;

const longestCursor = 4096;
const pageSchema = v.object({
  data: anyList,
  has_next: maybe(v.boolean()),
  count: maybe(count),
  search_after: maybe(v.unknown()),
});

/** One page of the list, as received. */
export interface TextRevealPage {
  /** Unchecked. */
  readonly entries: readonly unknown[];
  /** The cursor for the next page; undefined on the last page. */
  readonly searchAfter: string | undefined;
  readonly count: number | undefined;
}

const statusSchema = v.union([text, v.object({ status: text })]);
const tokenSchema = v.object({
  access_token: v.pipe(text, v.nonEmpty()),
  expires_in: maybe(v.pipe(v.number(), v.minValue(0), v.maxValue(longestSpanMs / 1000))),
});

/** A person reads no more of them. */
const mostProblems = 20;
const problemSchema = v.object({ message: maybe(text), field: maybe(text), reason: maybe(text) });
const errorSchema = v.object({
  code: maybe(v.union([v.pipe(v.number(), v.finite()), text])),
  reason: maybe(text),
  errors: maybe(firstOf(mostProblems)),
});
const loginErrorSchema = v.object({ error: maybe(text) });

export function parsePage(value: unknown): TextRevealPage | undefined {
  const parsed = v.safeParse(pageSchema, value);
  if (!parsed.success) return undefined;
  const { data, has_next, count, search_after } = parsed.output;
  const searchAfter = has_next === true ? cursorText(search_after) : undefined;
  // It is sent back in a URL.
  return (searchAfter?.length ?? 0) > longestCursor ? undefined : { entries: data, searchAfter, count };
}

/** Every entry that is a task. */
export async function parseTasks(entries: readonly unknown[], signal: AbortSignal): Promise<TextRevealTask[]> {
  const parseTask = (entry: unknown): TextRevealTask | undefined => {
    const task = v.safeParse(taskSchema, entry);
    return task.success ? task.output : undefined;
  };
  return (await mapInSlices(entries, parseTask, signal)).filter((task) => task !== undefined);
}

const universeSchema = v.object({
  universe_id: taskIdText,
  universe_name: maybe(words),
  type: maybe(words),
  description: maybe(words),
});
const universeDetailSchema = v.object({ name: maybe(words), description: maybe(words), entity_count: maybe(count) });
const startedSchema = v.object({ task_id: taskIdText });

/** A set of companies to export, as the service lists it. */
export interface Universe {
  readonly id: string;
  readonly name: string;
  /** `PRIVATE`, `SHARED` or `SESAMM`, unchanged. */
  readonly type?: string;
  readonly description?: string;
}

/** Undefined for an entry that is no universe. */
export function parseUniverse(value: unknown): Universe | undefined {
  const parsed = v.safeParse(universeSchema, value);
  if (!parsed.success) return undefined;
  const { universe_id: id, universe_name: name = "", type, description } = parsed.output;
  return { id, name, ...defined({ type, description }) };
}

/** What the service says about one universe; undefined for anything else. */
export function parseUniverseDetail(value: unknown): { name?: string; entityCount?: number } | undefined {
  const parsed = v.safeParse(universeDetailSchema, value);
  return parsed.success ? defined({ name: parsed.output.name, entityCount: parsed.output.entity_count }) : undefined;
}

/** The ID of the task that an export started. */
export function parseStarted(value: unknown): string | undefined {
  const parsed = v.safeParse(startedSchema, value);
  return parsed.success ? parsed.output.task_id : undefined;
}

/** The service's name for a task's state, sent as a bare string or as a field. */
export function parseStatus(value: unknown): string | undefined {
  const parsed = v.safeParse(statusSchema, value);
  if (!parsed.success) return undefined;
  return typeof parsed.output === "string" ? parsed.output : parsed.output.status;
}

/** The links of a task's files; undefined if the response is something else. */
export function parseLinks(value: unknown): readonly string[] | undefined {
  const parsed = v.safeParse(anyList, value);
  if (!parsed.success) return undefined;
  const links = parsed.output.filter((entry) => typeof entry === "string");
  return links.length === parsed.output.length ? links : undefined;
}

/** A granted token and its lifetime in seconds, if the service sent one. */
export function parseToken(value: unknown): { token: string; lifetimeSeconds: number | undefined } | undefined {
  const parsed = v.safeParse(tokenSchema, value);
  return parsed.success ? { token: parsed.output.access_token, lifetimeSeconds: parsed.output.expires_in } : undefined;
}

/** The parts of an error body that are meant for programs. */
export function parseProblem(value: unknown): {
  serviceCode?: string | number | undefined;
  reason?: string | undefined;
  errors?: FieldProblem[] | undefined;
} {
  const parsed = v.safeParse(errorSchema, value);
  if (!parsed.success) return {};
  const { code, reason, errors } = parsed.output;
  return { serviceCode: code, reason, errors: errors?.flatMap(fieldProblem) };
}

/** The code of an OAuth error, such as `invalid_grant`. */
export function parseLoginProblem(value: unknown): string | undefined {
  const parsed = v.safeParse(loginErrorSchema, value);
  return parsed.success ? parsed.output.error : undefined;
}

const states: Readonly<Record<string, TaskState>> = {
  starting: "waiting",
  running: "running",
  completed: "done",
  failed: "failed",
};

export function toExportTask(task: TextRevealTask, accountId: string): ExportTask {
  const serviceState = task.status ?? "";
  const createdAt = moment(task.created_at);
  const completedAt = moment(task.completed_at);
  return {
    id: task.id,
    accountId,
    description: task.description ?? "",
    state: states[serviceState] ?? "unknown",
    serviceState,
    ...defined({ createdAt, completedAt }),
  };
}

function fieldProblem(value: unknown): FieldProblem[] {
  if (typeof value === "string") return [{ message: value }];
  const parsed = v.safeParse(problemSchema, value);
  if (!parsed.success) return [];
  const { message, field, reason } = parsed.output;
  return [defined({ field, reason, message })];
}

/** Its type is not documented: text is sent back unchanged, anything else as JSON. */
function cursorText(searchAfter: unknown): string | undefined {
  if (searchAfter === undefined || searchAfter === null || searchAfter === "") return undefined;
  return typeof searchAfter === "string" ? searchAfter : JSON.stringify(searchAfter);
}
