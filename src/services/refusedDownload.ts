import type { ExportTask } from "../model/contract.ts";
import { ExportError, isCancelled } from "../model/exportError.ts";
import { failedTask, noResultFile, taskNotDone } from "./serviceErrors.ts";

/**
 * Finds out why a download was refused by asking for the state of the task, if the refusal alone does not say.
 *
 * @param refusal the error according to the response alone.
 * @returns the error to throw: `taskNotDone` if the task is waiting or running, `noResultFile` if it failed or has no
 * file; if the request for the state fails with a clear answer, that error; otherwise `refusal`.
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
