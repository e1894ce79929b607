/** The stable codes that callers branch on. Messages are for people and may change; these may not. */
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

/** What the other side told us, kept for callers that need more than the code. Never a header, token or signed query. */
export interface ErrorDetails {
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** The service's own `code`. */
  readonly serviceCode?: string | number;
  /** The service's own `reason`. */
  readonly reason?: string;
  readonly errors?: readonly FieldProblem[];
  readonly requestId?: string;
  /** The host that answered or was asked for; never with a path or query. */
  readonly host?: string;
  /** How long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** A local path that the failure is about. */
  readonly path?: string;
  /** Bytes that are missing on a full disk. */
  readonly missingBytes?: number;
  /** Files of the same task that are there although another one failed. */
  readonly completedFiles?: readonly { readonly uri: string; readonly name: string }[];
}

/**
 * The one error type that leaves a room. `code` is what programs read, `message` one whole sentence for a person
 * (what happened and what to do), `cause` the original.
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

/** Whether the person (not a clock) ended the work, looked for along the chain of causes. */
export function isCancelled(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof ExportError && current.code === "cancelled") return true;
  }
  return false;
}

/** The error for work that the person ended. It is never shown. */
export function cancelled(cause?: unknown): ExportError {
  return new ExportError("cancelled", "The work was cancelled.", { cause });
}

/** Throws `cancelled` when the signal has ended; call between steps that do not take a signal themselves. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled(signal.reason);
}
