import type { JsonReply } from "../http/jsonCall.ts";
import type { ErrorDetails, FieldProblem } from "../model/exportError.ts";
import { isMarkup, sentencesIn, shownText } from "./serviceWords.ts";
import { defined } from "../model/defined.ts";

/** An error response, with what can be read from it in the same way for every service. */
export interface Refusal {
  readonly status: number;
  /** Whether it is a page instead of data, so that it is probably not from the service itself. */
  readonly isPage: boolean;
  /** The service's sentences, safe to show, the most useful first. */
  readonly sentences: readonly string[];
  readonly details: ErrorDetails;
}

/** What a service's own error format says about the failure. */
export interface OwnWords {
  readonly serviceCode?: string | number | undefined;
  readonly reason?: string | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
}

const requestIdHeaders = [
  "x-request-id",
  "request-id",
  "x-correlation-id",
  "x-amzn-requestid",
  "x-amz-request-id",
  "x-trace-id",
  "cf-ray",
];

/**
 * @param secrets what was sent to the service and must not appear in a message; see `sentSecrets`.
 */
export function readRefusal(reply: JsonReply, own: OwnWords, secrets: readonly string[]): Refusal {
  const { status, host, retryAfterMs, body } = reply;
  const shown = (text: string | undefined) => (text === undefined ? undefined : shownText(text, secrets));
  const serviceCode = typeof own.serviceCode === "string" ? shown(own.serviceCode) : own.serviceCode;
  const errors = own.errors?.map((problem) => shownProblem(problem, shown));
  return {
    status,
    isPage: body.kind === "text" && isMarkup(body.text),
    sentences: sentencesIn(body).map((text) => shownText(text, secrets)),
    details: {
      status,
      host,
      ...defined({
        serviceCode,
        reason: shown(own.reason),
        errors: errors?.length === 0 ? undefined : errors,
        requestId: shown(requestIdOf(reply)),
        retryAfterMs,
      }),
    },
  };
}

function shownProblem(problem: FieldProblem, shown: (text: string | undefined) => string | undefined): FieldProblem {
  const { field, reason, message } = problem;
  return defined({ field: shown(field), reason: shown(reason), message: shown(message) });
}

function requestIdOf({ headers }: JsonReply): string | undefined {
  const id = requestIdHeaders.map((name) => headers[name]).find((value) => value !== undefined);
  return id !== undefined && /^[\w.:=+/-]{1,100}$/.test(id) ? id : undefined;
}
