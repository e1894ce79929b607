import { t } from "@vscode/l10n";
import type { Waiting } from "../model/contract.ts";
import { defined } from "../model/defined.ts";
import { cancelled, ExportError } from "../model/exportError.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { HttpAnswer, HttpClient, HttpHeaders } from "./httpClient.ts";
import { isConnectionFailure } from "./networkErrors.ts";
import { retryAfterMs } from "./retryAfter.ts";
import { RetryBudget } from "./retryBudget.ts";
import { mayPass } from "./retryDecision.ts";

/** The longest response that is read. A list of 1,000 tasks is smaller than 1 MiB. */
const maxAnswerBytes = 16 * 1024 * 1024;
/** Longer than the timeouts for connecting and for silence. */
const longestTryMs = 60_000;

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
  /** The JSON value, or the text if it is not JSON. */
  readonly body: { readonly kind: "json"; readonly value: unknown } | { readonly kind: "text"; readonly text: string };
}

export interface JsonCallOptions {
  readonly signal: AbortSignal;
  /** Called once at the beginning of each pause. */
  readonly onWaiting?: (waiting: Waiting) => void;
  /** Milliseconds that all retries of one call may take together. */
  readonly retryBudgetMs: number;
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
  const { signal, onWaiting, retryBudgetMs, clock = systemClock, random = Math.random } = options;
  const repeatable = request.repeatable ?? (request.method ?? "GET") === "GET";
  const budget = new RetryBudget(() => ({ retryBudgetMs, longestTryMs }), random);
  for (let attempt = 1; ; attempt++) {
    const startedAt = clock.now();
    const result = await tryOnce(http, request, signal, clock);
    if (signal.aborted) throw cancelled();
    // The budget is for retries; the first attempt is none.
    if (attempt > 1) budget.spendTry(clock.now() - startedAt);
    const pause = repeatable && isWorthRetrying(result, request) ? budget.nextPause(askedPause(result)) : undefined;
    if (pause === undefined) {
      if ("reply" in result) return result.reply;
      throw result.error;
    }
    onWaiting?.({ retryInMs: pause, reason: reasonOf(result) });
    await clock.wait(pause, signal);
  }
}

type TryResult = { readonly reply: JsonReply } | { readonly error: unknown };

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
    const text = await readText(answer, host);
    const { status, headers } = answer;
    const wait = retryAfterMs(headers, clock.now());
    const reply = { status, headers, host, body: parseJson(text) };
    return { reply: wait === undefined ? reply : { ...reply, retryAfterMs: wait } };
  } catch (error) {
    return { error };
  }
}

function isWorthRetrying(result: TryResult, request: JsonRequest): boolean {
  if ("error" in result) return mayPass({ kind: "failure", isConnectionFailure: isConnectionFailure(result.error) });
  const { reply } = result;
  return request.isFinal?.(reply) !== true && mayPass({ kind: "answer", status: reply.status });
}

function askedPause(result: TryResult): number | undefined {
  return "reply" in result ? result.reply.retryAfterMs : undefined;
}

function reasonOf(result: TryResult): string {
  if ("reply" in result) {
    const { host, status } = result.reply;
    return status === 429
      ? t("Too many requests to {0}.", host)
      : t("{0} is not available right now (status {1}).", host, status);
  }
  return result.error instanceof ExportError ? result.error.message : t("The request failed.");
}

async function readText(answer: HttpAnswer, host: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > maxAnswerBytes) throw answerTooLong(host, answer.status);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parseJson(text: string): JsonReply["body"] {
  try {
    const value: unknown = JSON.parse(text);
    return { kind: "json", value };
  } catch {
    // Services send errors as plain text and proxies send pages. The caller decides which it is.
    return { kind: "text", text };
  }
}

function answerTooLong(host: string, status: number): ExportError {
  return new ExportError(
    "unexpectedResponse",
    t("The response from {0} is too large for a task list. Check the base URL.", host),
    { details: { host, status } },
  );
}
