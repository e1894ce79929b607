import type { ErrorDetails } from "../model/exportError.ts";
import { tooManyFiles, tooManyTasks } from "./serviceErrors.ts";

/** Ten times the largest page that is requested, because a service may ignore the size that was asked for. */
const mostTasks = 10_000;
/** The files of one task. Each one is a row below the task and an entry in lists. */
const mostFiles = 10_000;

/** @throws ExportError `unexpectedResponse` if a page has more tasks than any service needs */
export function limitTasks(service: string, count: number, details?: ErrorDetails): void {
  if (count > mostTasks) throw tooManyTasks(service, count, mostTasks, details);
}

/** @throws ExportError `unexpectedResponse` if a task has more files than can be shown and downloaded */
export function limitFiles(service: string, count: number, details?: ErrorDetails): void {
  if (count > mostFiles) throw tooManyFiles(service, count, mostFiles, details);
}
