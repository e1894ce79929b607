import { t } from "@vscode/l10n";
import type { Waiting } from "../model/contract.ts";
import { defined } from "../model/defined.ts";
import { cancelled, ExportError } from "../model/exportError.ts";
import { type Clock, systemClock } from "./clock.ts";
import { HeldBack } from "./hostCeiling.ts";
import type { HttpClient, HttpHeaders } from "./httpClient.ts";
import { type JsonBody, readJsonBody } from "./jsonBody.ts";
import { isConnectionFailure, slowResponse } from "./networkErrors.ts";
import { retryAfterMs } from "./retryAfter.ts";
import { RetryBudget } from "./retryBudget.ts";
import { isPassingStatus } from "./retryDecision.ts";

/** Longer than the timeouts for connecting and for silence. It ends a response that arrives drop by drop. */
const defaultLongestTryMs = 60_000;

export interface JsonRequest {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /**
   * Whether the request may be sent again after a failure. Default: only for GET. Set it for a POST that can safely be
   * repeated, such as a token request.
   */
  readonly repeatable?: boolean;
  /** Whether a response that looks temporary is known to be final. */
  readonly isFinal?: (reply: JsonReply) => boolean;
}

/** A complete response, whatever its status. */
export interface JsonReply {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly host: string;
  /** How long the response asks us to wait. */
  readonly retryAfterMs?: number;
  readonly body: JsonBody;
}

export interface JsonCallOptions {
  readonly signal: AbortSignal;
  /** Called once at the beginning of each pause. */
  readonly onWaiting?: (waiting: Waiting) => void;
  /** Milliseconds that all retries of one call may take together. */
  readonly retryBudgetMs: number;
  /** Milliseconds until a single try is given up; default a minute. */
  readonly longestTryMs?: number;
  readonly clock?: Clock;
  /** Returns a number from 0 up to, but not including, 1. */
  readonly random?: () => number;
}

/**
 * Sends a request and reads the whole response. Retries while the failure looks temporary and the budget lasts.
 * Redirects are not followed, because credentials may only be sent to the account's own URL.
 *
 * @returns the last response, even with an error status: each service decides what a status means.
 * @throws ExportError what the `HttpClient` throws; `unexpectedResponse` if the response is too long.
 */
export async function callJson(http: HttpClient, request: JsonRequest, options: JsonCallOptions): Promise<JsonReply> {
  const { signal, onWaiting, retryBudgetMs, longestTryMs = defaultLongestTryMs } = options;
  const { clock = systemClock, random = Math.random } = options;
  const repeatable = request.repeatable ?? (request.method ?? "GET") === "GET";
  const budget = new RetryBudget(() => ({ retryBudgetMs, longestTryMs }), random);
  for (let attempt = 1; ; attempt++) {
    const startedAt = clock.now();
    const result = await tryInTime(http, request, { signal, longestTryMs, clock });
    if (signal.aborted) throw cancelled();
    // The budget is for retries; the first attempt is none.
    if (attempt > 1) budget.spendTry(clock.now() - startedAt);
    const mayRepeat = wasHeldBack(result) || (repeatable && isWorthRetrying(result, request));
    const pause = mayRepeat ? budget.nextPause(askedPause(result)) : undefined;
    if (pause === undefined) {
      if ("reply" in result) return result.reply;
      throw result.error;
    }
    onWaiting?.({ retryInMs: pause, reason: reasonOf(result) });
    await clock.wait(pause, signal);
  }
}

type TryResult = { readonly reply: JsonReply } | { readonly error: unknown };

/** A try that ends in time, however slowly the response arrives. */
async function tryInTime(
  http: HttpClient,
  request: JsonRequest,
  { signal, longestTryMs, clock }: { signal: AbortSignal; longestTryMs: number; clock: Clock },
): Promise<TryResult> {
  const tooLong = AbortSignal.timeout(longestTryMs);
  const result = await tryOnce(http, request, AbortSignal.any([signal, tooLong]), clock);
  const isLate = tooLong.aborted && !signal.aborted && "error" in result;
  return isLate ? { error: slowResponse(new URL(request.url).host) } : result;
}

async function tryOnce(http: HttpClient, request: JsonRequest, signal: AbortSignal, clock: Clock): Promise<TryResult> {
  try {
    const answer = await http.send({
      url: request.url,
      method: request.method ?? "GET",
      headers: {
        accept: "application/json",
        "accept-encoding": "identity",
        ...defined({ "content-type": request.body === undefined ? undefined : "application/json" }),
        ...request.headers,
      },
      ...defined({ body: request.body === undefined ? undefined : JSON.stringify(request.body) }),
      signal,
    });
    const { host } = new URL(request.url);
    const body = await readJsonBody(answer, host);
    const { status, headers } = answer;
    const wait = retryAfterMs(headers, clock.now());
    const reply = { status, headers, host, body };
    return { reply: wait === undefined ? reply : { ...reply, retryAfterMs: wait } };
  } catch (error) {
    return { error };
  }
}

function isWorthRetrying(result: TryResult, request: JsonRequest): boolean {
  if ("error" in result) return isConnectionFailure(result.error);
  const { reply } = result;
  return request.isFinal?.(reply) !== true && isPassingStatus(reply.status);
}

/** Then nothing was sent, so that even a request with an effect can be sent later. */
function wasHeldBack(result: TryResult): boolean {
  return "error" in result && result.error instanceof HeldBack;
}

function askedPause(result: TryResult): number | undefined {
  if ("reply" in result) return result.reply.retryAfterMs;
  return result.error instanceof HeldBack ? result.error.waitMs : undefined;
}

function reasonOf(result: TryResult): string {
  if ("reply" in result) {
    const { host, status } = result.reply;
    return status === 429
      ? t("Too many requests to {0}.", host)
      : t("{0} is not available right now (status {1}).", host, status);
  }
  if (result.error instanceof HeldBack) return t("Too many requests to {0}.", result.error.details.host ?? "");
  return result.error instanceof ExportError ? result.error.message : t("The request failed.");
}
