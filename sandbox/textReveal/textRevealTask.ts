import type { DownloadStep } from "../downloadSteps.ts";
import type { Answer } from "../http/answer.ts";
import { phaseAt, runTimes } from "../lifecycle.ts";
import type { Lifecycle, Phase } from "../lifecycle.ts";
import { tableContent } from "../sampleData/content.ts";
import type { Content, ExportFormat, TableLength } from "../sampleData/content.ts";
import { documents } from "../sampleData/textRevealSubjects.ts";
import type { TaskFile } from "../taskFiles.ts";

/** A task of the sandbox: what the API returns for it, and how its download behaves. */
export interface TextRevealTask {
  /** A UUID. */
  id: string;
  description: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  lifecycle: Lifecycle;
  files: readonly TaskFile[];
  /** The response to each request for the download URLs. By default, the state of the task decides. */
  downloadSteps?: readonly DownloadStep[];
  /** The response to every call about the task. Such a task is not in the list. */
  refusal?: () => Answer;
}

const statusWords: Record<Phase, string> = {
  waiting: "starting",
  running: "running",
  done: "completed",
  failed: "failed",
};

export function statusWord(task: TextRevealTask, now: number, taskSeconds: number): string {
  return statusWords[phaseAt(task.lifecycle, now, taskSeconds)];
}

/** The task as returned in the list. */
export function taskJson(task: TextRevealTask, now: number, taskSeconds: number): Record<string, string | null> {
  const { ended } = runTimes(task.lifecycle, task.createdAt, now, taskSeconds);
  return {
    id: task.id,
    status: statusWord(task, now, taskSeconds),
    description: task.description,
    type: "export",
    created_at: new Date(task.createdAt).toISOString(),
    completed_at: ended === undefined ? null : new Date(ended).toISOString(),
  };
}

/** `00000000-0000-4000-8000-` and twelve digits: the reserved IDs, which are easy to read and type. */
export function reservedId(lastPart: number): string {
  return `00000000-0000-4000-8000-${String(lastPart).padStart(12, "0")}`;
}

/** One part of a task's result, with the path of the documentation's sample: `task={id}/{name}`. */
export function partOf(taskId: string, name: string, content: Content): TaskFile {
  return { path: `task=${taskId}/${name}`, content };
}

export function partContent(taskId: string, part: number, format: ExportFormat, length: TableLength): Content {
  return tableContent(`textreveal ${taskId} ${part}`, documents, format, length);
}

/** A part with seeded rows. Its name is a UUID, as in the documentation. */
export function samplePart(taskId: string, part: number, format: ExportFormat, length: TableLength): TaskFile {
  const name = `${taskId.slice(0, 14)}4${String(part).padStart(3, "0")}${taskId.slice(18)}.${format}`;
  return partOf(taskId, name, partContent(taskId, part, format, length));
}
