/** The codes that callers branch on. They are stable; messages are for people and may change. */
export const errorCodes = [
  "taskNotFound",
  "notAnExportTask",
  "taskNotDone",
  "noResultFile",
  "unauthorized",
  "forbidden",
  "tooManyRequests",
  "invalidRequest",
  "serviceUnavailable",
  "unexpectedResponse",
  "offline",
  "timeout",
  "tls",
  "proxy",
  "linkExpired",
  "storageRefused",
  "fileMissing",
  "fileChanged",
  "truncated",
  "checksumMismatch",
  "notAnExportFile",
  "diskFull",
  "notWritable",
  "fileExists",
  "busyElsewhere",
  "cancelled",
  "noAccount",
  "noCredentials",
  "engineMissing",
  "engineFailed",
  "badQuery",
  "queryRefused",
  "queryTooLarge",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** For a code that comes from another thread or process. */
export function isErrorCode(code: string): code is ErrorCode {
  return errorCodes.some((known) => known === code);
}

/** One complaint of a service about one part of a request, in the service's own words. */
export interface FieldProblem {
  readonly field?: string;
  readonly reason?: string;
  readonly message?: string;
}

/** What the other side sent, for callers that need more than the code. Never a header, token or signed query. */
export interface ErrorDetails {
  /** HTTP status, if there was a response. */
  readonly status?: number;
  /** The service's own `code`. */
  readonly serviceCode?: string | number;
  /** The service's own `reason`. */
  readonly reason?: string;
  readonly errors?: readonly FieldProblem[];
  readonly requestId?: string;
  /** The host of the request; never with a path or query. */
  readonly host?: string;
  /** Whether the other side may have received the request, although it gave no answer. */
  readonly maybeReceived?: true;
  /** How long the other side asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The local path that could not be read or written. */
  readonly path?: string;
  /** How many more bytes are needed on a full disk. */
  readonly missingBytes?: number;
  /** Where a statement is wrong, in characters from its beginning. */
  readonly position?: number;
  /** Names that were probably meant instead of an unknown one. */
  readonly candidates?: readonly string[];
  /** Files of the same task that were downloaded although another one failed. */
  readonly completedFiles?: readonly { readonly uri: string; readonly name: string }[];
}

/**
 * The only error type that one folder throws to another. `code` is for programs, `message` is for people (whole
 * sentences: what happened and what to do), `cause` is the original error.
 */
export class ExportError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ExportError";
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Whether the person (not a timeout) canceled the work. Checks the whole chain of causes. */
export function isCancelled(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof ExportError && current.code === "cancelled") return true;
  }
  return false;
}

/** The error for work that the person canceled. It is never shown. */
export function cancelled(cause?: unknown): ExportError {
  return new ExportError("cancelled", "Canceled.", { cause });
}

/** Throws `cancelled` if the signal is aborted. Call it between steps that do not take a signal themselves. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled(signal.reason);
}
