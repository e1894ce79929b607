import * as v from "valibot";
import type { ExportTask, TaskState } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import type { FieldProblem } from "../../model/exportError.ts";
import { mapInSlices } from "../../model/slices.ts";
import { mostLogLines } from "./logLines.ts";
import { anyList, firstOf, maybe, moment, words } from "../wireFields.ts";

const text = v.string();
const numberOrText = v.union([v.pipe(v.number(), v.finite()), text]);

const taskSchema = v.object({
  id: v.union([v.pipe(v.number(), v.safeInteger()), v.pipe(text, v.regex(/^\d{1,18}$/))]),
  chain: maybe(numberOrText),
  desc: maybe(words),
  state: maybe(
    v.object({
      code: maybe(words),
      last_run_date: maybe(text),
      last_modified: maybe(text),
      created_date: maybe(text),
    }),
  ),
  logs: maybe(firstOf(mostLogLines)),
  target: maybe(v.object({ action: maybe(text), export_index: maybe(words), export_format: maybe(text) })),
});

export type SpaazaTask = v.InferOutput<typeof taskSchema>;

const linkSchema = v.object({ url: text });

const problemSchema = v.object({
  code: maybe(numberOrText),
  name: maybe(text),
});

/** A person reads no more of them. */
const mostProblems = 20;
const fieldProblemSchema = v.object({
  field: text,
  name: maybe(text),
  description: maybe(text),
  message: maybe(text),
});

const envelopeSchema = v.object({
  result: maybe(v.object({ code: maybe(numberOrText), status: maybe(text) })),
  error: maybe(problemSchema),
  errors: maybe(firstOf(mostProblems)),
});

export function parseTask(value: unknown): SpaazaTask | undefined {
  const parsed = v.safeParse(taskSchema, value);
  return parsed.success ? parsed.output : undefined;
}

/** The entries of a list, unchecked; undefined if the response is not a list. */
export function parseEntries(value: unknown): readonly unknown[] | undefined {
  const parsed = v.safeParse(anyList, value);
  return parsed.success ? parsed.output : undefined;
}

/** Every entry that is a task. */
export async function parseTasks(entries: readonly unknown[], signal: AbortSignal): Promise<SpaazaTask[]> {
  return (await mapInSlices(entries, parseTask, signal)).filter((task) => task !== undefined);
}

export function parseLink(value: unknown): string | undefined {
  const parsed = v.safeParse(linkSchema, value);
  return parsed.success ? parsed.output.url : undefined;
}

/** Whether a value is a documented result of one of the calls. */
export function isData(value: unknown): boolean {
  return (parseEntries(value) ?? parseTask(value) ?? parseLink(value)) !== undefined;
}

/** The code and name in an error body, in the newer envelope or the older list, and the fields that the list names. */
export function parseProblem(value: unknown): {
  serviceCode?: string | number | undefined;
  reason?: string | undefined;
  errors?: FieldProblem[] | undefined;
} {
  const envelope = v.safeParse(envelopeSchema, value);
  if (!envelope.success) return {};
  const first = v.safeParse(problemSchema, envelope.output.errors?.[0]);
  const problem = envelope.output.error ?? (first.success ? first.output : undefined);
  return {
    serviceCode: problem?.code,
    reason: problem?.name,
    errors: envelope.output.errors?.flatMap(namedField),
  };
}

/** Only an entry that names a field says more than the sentence of the refusal. */
function namedField(value: unknown): FieldProblem[] {
  const parsed = v.safeParse(fieldProblemSchema, value);
  if (!parsed.success) return [];
  const { field, name, description, message } = parsed.output;
  return [defined({ field, reason: name, message: description ?? message })];
}

/** Whether the body says that it is an error, which also happens with status 200. */
export function isErrorEnvelope(value: unknown): boolean {
  const envelope = v.safeParse(envelopeSchema, value);
  return envelope.success && envelope.output.result?.status?.toLowerCase() === "error";
}

const states: Readonly<Record<string, TaskState>> = {
  READY: "waiting",
  INPROGRESS: "running",
  DONE: "done",
  ERROR: "failed",
};

/** Whether a task is an export. A task without an action counts as one, because only exports were requested. */
export function isExport({ target }: SpaazaTask): boolean {
  return target?.action === undefined || target.action === "export";
}

export function toExportTask(task: SpaazaTask, accountId: string): ExportTask {
  const { state, target } = task;
  const serviceState = state?.code ?? "";
  const format = target?.export_format?.toLowerCase();
  const createdAt = moment(state?.created_date);
  // The state was last modified when it became DONE. The date of a run may be its beginning.
  const completedAt =
    serviceState === "DONE" ? (moment(state?.last_modified) ?? moment(state?.last_run_date)) : undefined;
  return {
    id: String(task.id),
    accountId,
    description: task.desc ?? "",
    state: states[serviceState] ?? "unknown",
    serviceState,
    ...defined({
      subject: target?.export_index,
      format: format === "csv" || format === "json" ? format : undefined,
      createdAt,
      completedAt,
      chain: task.chain === undefined ? undefined : String(task.chain),
    }),
  };
}
