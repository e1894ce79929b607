import type { JsonReply } from "../../http/jsonCall.ts";
import type { ExportError } from "../../model/exportError.ts";
import { type Refusal, readRefusal } from "../refusal.ts";
import {
  forbidden,
  redirected,
  requestRefused,
  serviceUnavailable,
  taskNotFound,
  tooManyRequests,
  unauthorized,
  unexpectedAnswer,
  wrongBaseUrl,
} from "../serviceErrors.ts";
import { parseLoginProblem, parseProblem } from "./wire.ts";

export const label = "TextReveal";

/** What each documented `reason` means, whatever the status. */
const meanings: Readonly<Record<string, Meaning>> = {
  invalid: "invalid",
  timeout: "unavailable",
  offline: "unavailable",
  internal: "unavailable",
  not_found: "notFound",
  unauthorized: "unauthorized",
  forbidden: "forbidden",
  too_many_requests: "tooMany",
};

type Meaning = "invalid" | "unavailable" | "notFound" | "unauthorized" | "forbidden" | "tooMany" | "redirected";

/** OAuth codes for a wrong key or secret. The status can be 400, 401 or 403. */
const wrongKeyCodes = new Set(["invalid_grant", "access_denied", "invalid_client", "unauthorized_client"]);

export function isRefusal({ status }: JsonReply): boolean {
  return status < 200 || status >= 300;
}

/** Whether the token was rejected, so that a new one may help. */
export function isUnauthorized(reply: JsonReply): boolean {
  return isRefusal(reply) && meaningOf(reply) === "unauthorized";
}

/** Whether a retry can't change the response, although its status looks temporary. */
export function isSettled(reply: JsonReply): boolean {
  const meaning = isRefusal(reply) ? meaningOf(reply) : undefined;
  return meaning !== undefined && meaning !== "unavailable" && meaning !== "tooMany";
}

/**
 * The error for a refusal. Decided by status 401 and 403 first, then by `reason`, then by `code` and status; never by
 * the message.
 *
 * @param taskId the task of the request; undefined for the list.
 */
export function readTextRevealRefusal(
  reply: JsonReply,
  taskId: string | undefined,
  secrets: readonly string[],
): ExportError {
  const own = reply.body.kind === "json" ? parseProblem(reply.body.value) : {};
  const refusal = readRefusal(reply, own, secrets);
  const { details } = refusal;
  switch (meaningOf(reply)) {
    case "unauthorized":
      return unauthorized(label, details);
    case "forbidden":
      return forbidden(label, details);
    case "notFound":
      return notFound(refusal, taskId);
    case "tooMany":
      return tooManyRequests(label, details);
    case "unavailable":
      return serviceUnavailable(label, details);
    case "redirected":
      return redirected(label, details);
    case "invalid":
      return refusal.isPage ? unexpectedAnswer(label, details) : requestRefused(label, refusal.sentences[0], details);
  }
}

/** The error for a token request that failed. */
export function readLoginRefusal(reply: JsonReply, secrets: readonly string[]): ExportError {
  const code = reply.body.kind === "json" ? parseLoginProblem(reply.body.value) : undefined;
  if (code === undefined || !wrongKeyCodes.has(code)) {
    return readTextRevealRefusal(reply, undefined, secrets);
  }
  return unauthorized(label, readRefusal(reply, { reason: code }, secrets).details);
}

/** Whether the state of the task can tell more about a refused download than the response does. */
export function leavesOpen(error: ExportError): boolean {
  return error.code === "taskNotFound" || error.code === "invalidRequest";
}

function notFound({ isPage, details }: Refusal, taskId: string | undefined): ExportError {
  if (taskId === undefined) return wrongBaseUrl(label, details);
  return isPage ? unexpectedAnswer(label, details) : taskNotFound(label, taskId, details);
}

function meaningOf({ status, body }: JsonReply): Meaning {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  const { reason, serviceCode } = body.kind === "json" ? parseProblem(body.value) : {};
  const told = reason === undefined ? undefined : meanings[reason];
  return told ?? meaningOfStatus(Number(serviceCode)) ?? meaningOfStatus(status) ?? "invalid";
}

function meaningOfStatus(status: number): Meaning | undefined {
  if (status >= 300 && status < 400) return "redirected";
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "notFound";
  if (status === 429) return "tooMany";
  if (status === 408 || (status >= 500 && status < 600)) return "unavailable";
  return status >= 400 && status < 500 ? "invalid" : undefined;
}
