import { json } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";

export interface FieldError {
  message: string;
  field: string;
  reason: string;
}

/** The documented `reason` of each documented status. */
const reasons = {
  400: "invalid",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  429: "too_many_requests",
  500: "internal",
  504: "timeout",
} as const;

/** An error as TextReveal documents it. */
export function errorAnswer(
  status: keyof typeof reasons,
  message: string,
  more: { errors?: FieldError[]; headers?: Record<string, string> } = {},
): Answer {
  const body = { message, code: status, reason: reasons[status], ...(more.errors && { errors: more.errors }) };
  return json(status, body, more.headers);
}

export function invalid(errors: FieldError[]): Answer {
  return errorAnswer(400, "The request is not valid", { errors });
}

export const tooManyExports = "You have too many exports in progress.";
