import { t } from "@vscode/l10n";
import type { Waiting } from "../model/contract.ts";
import { cancelled, ExportError } from "../model/exportError.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { HttpAnswer, HttpClient, HttpHeaders } from "./httpClient.ts";
import { isConnectionFailure } from "./networkErrors.ts";
import { retryAfterMs } from "./retryAfter.ts";
import { decideRetry, type TryOutcome } from "./retryDecision.ts";
import { defined } from "../model/defined.ts";

/** The longest answer that is read; task lists of 1,000 are below 1 MiB. */
const maxAnswerBytes = 16 * 1024 * 1024;

export interface JsonRequest {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /**
   * Whether the request may be sent again when it failed; default only for GET. Also true for a POST that leaves
   * nothing behind which a second one would double, such as asking for a token.
   */
  readonly repeatable?: boolean;
  /** Whether an answer that looks like a passing trouble is known to be the last word. */
  readonly isFinal?: (reply: JsonReply) => boolean;
}

/** A whole answer, whatever its status. */
export interface JsonReply {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly host: string;
  /** How long it asks to wait. */
  readonly retryAfterMs?: number;
  /** What was read: a JSON value, or the text where it is none. */
  readonly body: { readonly kind: "json"; readonly value: unknown } | { readonly kind: "text"; readonly text: string };
}

export interface JsonCallOptions {
  readonly signal: AbortSignal;
  /** Told once at the beginning of each pause. */
  readonly onWaiting?: (waiting: Waiting) => void;
  /** Milliseconds that all further tries of one call may take together. */
  readonly retryBudgetMs: number;
  readonly clock?: Clock;
  /** Answers a number from 0 up to, not including, 1. */
  readonly random?: () => number;
}

/**
 * Sends a request and reads the whole answer, again and again while the trouble looks passing and the budget lasts.
 * Redirects are not followed: a service's address is known, and its credentials are for it alone.
 *
 * @returns the last answer, also one with an error status: what it means is the service's to say.
 * @throws ExportError what the `HttpClient` throws; `unexpectedResponse` for an answer that is too long.
 */
export async function callJson(http: HttpClient, request: JsonRequest, options: JsonCallOptions): Promise<JsonReply> {
  const { signal, onWaiting, retryBudgetMs, clock = systemClock, random = Math.random } = options;
  const repeatable = request.repeatable ?? (request.method ?? "GET") === "GET";
  let firstEnded: number | undefined;
  for (let attempt = 1; ; attempt++) {
    const result = await tryOnce(http, request, signal, clock);
    if (signal.aborted) throw cancelled();
    const now = clock.now();
    firstEnded ??= now;
    const state = { repeatable, attempt, spentMs: now - firstEnded, budgetMs: retryBudgetMs };
    const isFinal = "reply" in result && request.isFinal?.(result.reply) === true;
    const decision = isFinal ? { retry: false as const } : decideRetry(outcomeOf(result), state, random);
    if (!decision.retry) {
      if ("reply" in result) return result.reply;
      throw result.error;
    }
    onWaiting?.({ retryInMs: decision.delayMs, reason: reasonOf(result) });
    await clock.wait(decision.delayMs, signal);
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
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
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

function outcomeOf(result: TryResult): TryOutcome {
  if ("error" in result) return { kind: "failure", isConnectionFailure: isConnectionFailure(result.error) };
  const { status, retryAfterMs: wait } = result.reply;
  return { kind: "answer", status, ...defined({ retryAfterMs: wait }) };
}

function reasonOf(result: TryResult): string {
  if ("reply" in result) {
    const { host, status } = result.reply;
    return status === 429
      ? t("{0} asks for fewer requests.", host)
      : t("{0} cannot answer at the moment (status {1}).", host, status);
  }
  return result.error instanceof ExportError ? result.error.message : t("The request failed.");
}

async function readText(answer: HttpAnswer, host: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
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
    // Services answer errors as plain text and proxies answer pages; whoever asked judges which it is.
    return { kind: "text", text };
  }
}

function answerTooLong(host: string, status: number): ExportError {
  return new ExportError(
    "unexpectedResponse",
    t("{0} answered far more than a list of tasks can be. Check the base URL.", host),
    { details: { host, status } },
  );
}
