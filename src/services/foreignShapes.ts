import * as v from "valibot";
import { boundedList } from "../model/boundedShapes.ts";
import type { ExportTask, ResolvedFile } from "../model/contract.ts";
import { credentialKinds } from "../model/credentials.ts";
import { defined } from "../model/defined.ts";
import { longestLink } from "./resolvedFiles.ts";
import { anyList, isOneLine, maybe, moment, taskIdText, words } from "./wireFields.ts";

/**
 * What another extension's service consists of and answers. Everything is read once, and lists and texts have a length
 * that ends: the objects can be proxies and have getters.
 */

const longestLabel = 200;
const mostLogLines = 100;
const longestUrl = 2048;
const longestCursor = 4096;
/** Forms, fields of a form, base URLs: more than that is no choice for a person. */
const mostChoices = 100;

const label = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(longestLabel));
const url = v.pipe(v.string(), v.maxLength(longestUrl));
const text = v.fallback(words, "");
const date = v.pipe(
  v.string(),
  v.check((given) => moment(given) !== undefined),
);
export const anyFunction = v.function();

function shortList<const Schema extends v.GenericSchema>(entry: Schema) {
  return boundedList(entry, mostChoices);
}

const formSchema = v.object({
  kind: v.picklist(credentialKinds),
  label,
  detail: maybe(words),
  fields: v.pipe(
    shortList(v.object({ name: label, label, placeholder: maybe(words), secret: v.fallback(v.boolean(), true) })),
    v.minLength(1),
  ),
  readPasted: v.optional(anyFunction),
  toCredentials: anyFunction,
});
export type ForeignForm = v.InferOutput<typeof formSchema>;

export const serviceSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z\d._-]{0,63}$/)),
  label,
  endpoints: shortList(v.object({ url, description: maybe(words) })),
  defaultEndpoint: v.optional(url),
  defaultLoginEndpoint: v.optional(url),
  credentialForms: v.pipe(shortList(formSchema), v.minLength(1)),
  findTaskId: anyFunction,
  verify: anyFunction,
  listTasks: anyFunction,
  getTask: anyFunction,
  resolveDownload: anyFunction,
  exportFields: v.optional(
    shortList(v.object({ name: label, label, placeholder: maybe(words), optional: v.fallback(v.boolean(), false) })),
  ),
  createTask: v.optional(anyFunction),
  runTask: v.optional(anyFunction),
});

/** What creating a task answers. */
export const createdSchema = v.object({ taskId: taskIdText });

/** A longer pause is no pause of ours: it would fill a row of the tree with a number that nobody reads. */
const longestPauseMs = 24 * 60 * 60 * 1000;
export const waitingSchema = v.object({
  retryInMs: v.pipe(v.number(), v.minValue(0), v.maxValue(longestPauseMs)),
  reason: v.pipe(v.string(), v.nonEmpty()),
});

const taskSchema = v.object({
  id: taskIdText,
  description: text,
  state: v.fallback(v.picklist(["waiting", "running", "done", "failed", "unknown"]), "unknown"),
  serviceState: text,
  subject: maybe(words),
  format: maybe(v.picklist(["csv", "json"])),
  createdAt: maybe(date),
  completedAt: maybe(date),
  chain: maybe(words),
  log: maybe(boundedList(words, mostLogLines)),
});
export const pageSchema = v.object({
  tasks: anyList,
  next: maybe(v.pipe(v.string(), v.nonEmpty(), v.maxLength(longestCursor))),
  total: maybe(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
});
const fileSchema = v.object({
  index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  name: words,
  url: v.pipe(v.string(), v.maxLength(longestLink), v.check(isOneLine), v.url()),
  expiresAt: maybe(date),
});

/** Undefined for something that is no task: one bad entry must not hide the others. */
export function ownTask(given: unknown, accountId: string): ExportTask | undefined {
  const parsed = parsedEntry(taskSchema, given);
  if (parsed === undefined) return undefined;
  const { id, description, state, serviceState, ...more } = parsed;
  return { id, accountId, description, state, serviceState, ...defined(more) };
}

/** Undefined for something that is no file. */
export function ownFile(given: unknown): ResolvedFile | undefined {
  const parsed = parsedEntry(fileSchema, given);
  if (parsed === undefined) return undefined;
  const { index, name, url: link, expiresAt } = parsed;
  return { index, name, url: link, ...defined({ expiresAt }) };
}

function parsedEntry<const Schema extends v.GenericSchema>(
  schema: Schema,
  given: unknown,
): v.InferOutput<Schema> | undefined {
  try {
    const parsed = v.safeParse(schema, given);
    return parsed.success ? parsed.output : undefined;
  } catch {
    // One of its getters has thrown.
    return undefined;
  }
}
