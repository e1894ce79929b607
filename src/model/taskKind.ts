import type { ExportTask } from "./contract.ts";

/** What tasks that export the same thing have in common, such as the nightly transactions of an account as CSV. */
export interface TaskKind {
  readonly accountId: string;
  /** What is exported. Absent if the service doesn't say it. */
  readonly subject?: string;
  readonly format?: "csv" | "json";
  /** Only if the service doesn't say what is exported: then tasks with the same description are of one kind. */
  readonly description?: string;
}

type Classified = Pick<ExportTask, "accountId" | "subject" | "format" | "description">;

/** The kind of a task; undefined if nothing is known that other tasks could have in common with it. */
export function kindOf({ accountId, subject, format, description }: Classified): TaskKind | undefined {
  if (subject !== undefined && subject !== "") {
    return format === undefined ? { accountId, subject } : { accountId, subject, format };
  }
  return description === "" ? undefined : { accountId, description };
}

/** A kind as a key: equal for equal kinds, and different for different ones. */
export function kindText({ accountId, subject, format, description }: TaskKind): string {
  return JSON.stringify([accountId, subject ?? null, format ?? null, description ?? null]);
}

export function isOfKind(task: Classified, kind: TaskKind): boolean {
  const own = kindOf(task);
  return own !== undefined && kindText(own) === kindText(kind);
}
