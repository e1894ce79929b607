import * as v from "valibot";
import type { DownloadRequest, TaskState } from "../../model/contract.ts";
import { type TaskKind, kindText } from "../../model/taskKind.ts";
import { taskKeyText } from "../../model/taskKey.ts";
import { watchOptions } from "../../model/requestShapes.ts";

const short = v.pipe(v.string(), v.maxLength(2000));
/** As long as the words of a service can be. */
const long = v.pipe(v.string(), v.maxLength(10_000));
const moment = v.pipe(v.string(), v.maxLength(40), v.isoTimestamp());
const states = ["waiting", "running", "done", "failed", "unknown"] as const satisfies readonly TaskState[];

/** What went wrong last. The sentence is that of an `ExportError`, so it has no secret and no URL. */
const problemSchema = v.object({ code: short, sentence: short });
export type WatchProblem = v.InferOutput<typeof problemSchema>;

const common = {
  accountId: short,
  /** What its row is called. */
  label: short,
  since: moment,
  options: watchOptions,
  problem: v.exactOptional(problemSchema),
};

const watchedTaskSchema = v.object({ ...common, taskId: short, state: v.picklist(states) });
const watchedKindSchema = v.object({
  ...common,
  kind: v.object({
    subject: v.exactOptional(long),
    format: v.exactOptional(v.picklist(["csv", "json"])),
    description: v.exactOptional(long),
  }),
  /** The newest export that was downloaded, or that was there already. Absent until the service was asked. */
  fetched: v.exactOptional(v.object({ taskId: short, at: v.exactOptional(short) })),
});

/** How an account is asked: when next, and what went wrong last. */
const checkSchema = v.object({
  /** Absent while the account is asked every few seconds, or not at all. */
  next: v.exactOptional(moment),
  problem: v.exactOptional(problemSchema),
});
export type WatchCheck = v.InferOutput<typeof checkSchema>;

/** The options of a download that was asked for in advance. */
export type WatchOptions = Omit<DownloadRequest, "accountId" | "taskId">;
/** A task that is downloaded when it is done. */
export type WatchedTask = v.InferOutput<typeof watchedTaskSchema>;
/** A kind of task whose new exports are downloaded. */
export type WatchedKind = v.InferOutput<typeof watchedKindSchema>;
export type Watched = WatchedTask | WatchedKind;

/** Everything that is watched, and how. Never contains a secret or a URL. */
export interface WatchState {
  readonly watched: readonly Watched[];
  /** By account. */
  readonly checks: Readonly<Record<string, WatchCheck>>;
}

export const nothingWatched: WatchState = { watched: [], checks: {} };

/** More can't be watched. */
export const mostWatched = 200;

const fileSchema = v.object({
  watched: v.fallback(v.array(v.unknown()), []),
  checks: v.fallback(v.record(v.string(), v.unknown()), {}),
});
const watchedSchema = v.union([watchedTaskSchema, watchedKindSchema]);

/** Reads what was stored. Entries that another version wrote, or that are damaged, are left out. */
export function readState(stored: unknown): WatchState {
  const file = v.safeParse(fileSchema, stored);
  if (!file.success) return nothingWatched;
  const watched = file.output.watched.slice(0, mostWatched).flatMap((entry) => {
    const parsed = v.safeParse(watchedSchema, entry);
    return parsed.success ? [parsed.output] : [];
  });
  const checks = Object.entries(file.output.checks).flatMap(([id, check]) => {
    const parsed = v.safeParse(checkSchema, check);
    return parsed.success ? [[id, parsed.output] as const] : [];
  });
  return tidied({ watched, checks: Object.fromEntries(checks) });
}

/** Each entry once, and only the checks of accounts with something watched. */
export function tidied({ watched, checks }: WatchState): WatchState {
  const unique = new Map(watched.map((entry) => [watchKey(entry), entry]));
  const accounts = new Set(watched.map(({ accountId }) => accountId));
  const kept = Object.entries(checks).filter(([id]) => accounts.has(id));
  return { watched: [...unique.values()], checks: Object.fromEntries(kept) };
}

export function isWatchedTask(entry: Watched): entry is WatchedTask {
  return "taskId" in entry;
}

/** The kind that is watched, with its account. */
export function kindOfWatched({ accountId, kind }: WatchedKind): TaskKind {
  return { accountId, ...kind };
}

/** The key of an entry in maps: that of its task, or that of its kind. */
export function watchKey(entry: Watched): string {
  return isWatchedTask(entry) ? watchKeyOfTask(entry) : watchKeyOfKind(kindOfWatched(entry));
}

export function watchKeyOfTask(task: { readonly accountId: string; readonly taskId: string }): string {
  return `task:${taskKeyText(task)}`;
}

export function watchKeyOfKind(kind: TaskKind): string {
  return `kind:${kindText(kind)}`;
}
