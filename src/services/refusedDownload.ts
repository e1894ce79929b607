import type { ExportTask } from "../model/contract.ts";
import { ExportError, isCancelled } from "../model/exportError.ts";
import { failedTask, noResultFile, taskNotDone } from "./serviceErrors.ts";

/**
 * Says what a refused download means by the task's own state, where the refusal alone leaves it open.
 *
 * @param refusal the error as far as the answer alone tells.
 * @returns the error to throw: `taskNotDone` while it waits or runs, `noResultFile` when it failed or has nothing to
 * give, what the question about it was answered with where that is clear, else `refusal`.
 */
export async function explainRefusedDownload(
  refusal: ExportError,
  taskId: string,
  askForTask: () => Promise<ExportTask>,
): Promise<ExportError> {
  const { details } = refusal;
  try {
    const { state } = await askForTask();
    switch (state) {
      case "waiting":
      case "running":
        return taskNotDone(taskId, details);
      case "failed":
        return failedTask(taskId, details);
      case "done":
        return refusal.code === "taskNotFound" ? noResultFile(taskId, details) : refusal;
      case "unknown":
        return refusal;
    }
  } catch (error) {
    if (isCancelled(error)) throw error;
    const isClear = error instanceof ExportError && clearAnswers.has(error.code);
    return isClear ? error : refusal;
  }
}

const clearAnswers = new Set<ExportError["code"]>(["taskNotFound", "unauthorized", "forbidden"]);
