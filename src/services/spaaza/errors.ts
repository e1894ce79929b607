import type { JsonReply } from "../../http/jsonCall.ts";
import type { ExportError } from "../../model/exportError.ts";
import { type Refusal, readRefusal } from "../refusal.ts";
import {
  forbidden,
  noResultFile,
  notAnExportTask,
  redirected,
  requestRefused,
  serviceUnavailable,
  taskNotDone,
  taskNotFound,
  tooManyRequests,
  unauthorized,
  unexpectedAnswer,
  wrongBaseUrl,
} from "../serviceErrors.ts";
import { sentencesIn } from "../serviceWords.ts";
import { isData, isErrorEnvelope, parseProblem } from "./wire.ts";

export const label = "Spaaza";

/** The failures that the documentation of the download URL lists, and parts of their sentences to recognize them by. */
const documented = [
  { condition: "notAnExportTask", parts: ["invalid task type", "only export tasks actions are allowed"] },
  { condition: "taskNotDone", parts: ["task status is not done"] },
  { condition: "noResultFile", parts: ["contains an invalid result"] },
  { condition: "taskNotFound", parts: ["no task exists with the specified id"] },
  { condition: "notAuthenticated", parts: ["no valid authentication provided", "insufficient permissions"] },
] as const;

type Condition = (typeof documented)[number]["condition"];

/** What a refusal means, and whether the state of the task is needed to be sure (`isOpen`). */
export interface SpaazaRefusal {
  readonly error: ExportError;
  readonly isOpen: boolean;
}

/** Whether a response is a refusal: by its status, or because its body is an error instead of data. */
export function isRefusal(reply: JsonReply): boolean {
  const { status, body } = reply;
  if (status < 200 || status >= 300) return true;
  if (body.kind === "json" && isErrorEnvelope(body.value)) return true;
  return isDocumentedRefusal(reply) && !(body.kind === "json" && isData(body.value));
}

/** Whether a response contains a documented error sentence, so that a retry can't change it, whatever its status. */
export function isDocumentedRefusal(reply: JsonReply): boolean {
  return reply.status !== 429 && conditionOf(sentencesIn(reply.body)) !== undefined;
}

/**
 * The error for a refusal. The documentation lists sentences but no statuses and bodies, so a sentence about the task
 * counts first, then the status.
 *
 * @param taskId the task of the request; undefined for the list.
 */
export function readSpaazaRefusal(
  reply: JsonReply,
  taskId: string | undefined,
  secrets: readonly string[],
): SpaazaRefusal {
  const own = reply.body.kind === "json" ? parseProblem(reply.body.value) : {};
  const refusal = readRefusal(reply, own, secrets);
  const condition = conditionOf(sentencesIn(reply.body));
  const error =
    (taskId === undefined ? undefined : taskError(condition, taskId, refusal)) ?? accessError(condition, refusal);
  if (error !== undefined) return { error, isOpen: error.code === "taskNotDone" };
  return statusError(refusal, taskId);
}

function taskError(condition: Condition | undefined, taskId: string, { details }: Refusal): ExportError | undefined {
  switch (condition) {
    case "notAnExportTask":
      return notAnExportTask(taskId, details);
    case "taskNotDone":
      return taskNotDone(taskId, details);
    case "noResultFile":
      return noResultFile(taskId, details);
    case "taskNotFound":
      return taskNotFound(label, taskId, details);
    case "notAuthenticated":
    case undefined:
      return undefined;
  }
}

function accessError(condition: Condition | undefined, { status, details }: Refusal): ExportError | undefined {
  if (status === 401) return unauthorized(label, details);
  if (status === 403) return forbidden(label, details);
  return condition === "notAuthenticated" ? unauthorized(label, details) : undefined;
}

function statusError({ status, isPage, sentences, details }: Refusal, taskId: string | undefined): SpaazaRefusal {
  const settled = (error: ExportError) => ({ error, isOpen: false });
  if (status === 429) return settled(tooManyRequests(label, details));
  if (status === 408 || status >= 500) return settled(serviceUnavailable(label, details));
  if (status >= 300 && status < 400) return settled(redirected(label, details));
  if (isPage) return settled(unexpectedAnswer(label, details));
  if (status === 404) {
    return taskId === undefined
      ? settled(wrongBaseUrl(label, details))
      : { error: taskNotFound(label, taskId, details), isOpen: true };
  }
  return { error: requestRefused(label, sentences[0], details), isOpen: true };
}

function conditionOf(sentences: readonly string[]): Condition | undefined {
  const all = sentences.join("\n").toLowerCase();
  return documented.find(({ parts }) => parts.some((part) => all.includes(part)))?.condition;
}
