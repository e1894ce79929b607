import { MessageChannel } from "node:worker_threads";
import type { TestContext } from "node:test";
import * as v from "valibot";
import { Answerer, type AnswererOptions, type RequestHandlers } from "../../../src/channel/answerer.ts";
import type { Port } from "../../../src/channel/port.ts";
import { Requester, type RequesterOptions } from "../../../src/channel/requester.ts";
import type { Refusal, Request } from "../../../src/channel/requestMap.ts";
import { messagePort } from "../../../src/channel/threadPorts.ts";

/** A protocol for tests. */
export interface CalcRequests {
  add: Request<readonly [number, number], number>;
  wait: Request<null, string>;
  fail: Request<string, null>;
  make: Request<null, object>;
}

export interface CalcEvents {
  counted: number;
  named: string;
}

export class CalcError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const calcErrors: RequesterOptions<CalcRequests, CalcEvents>["errors"] = {
  refused: ({ code, message }) => new CalcError(code, message),
  cancelled: () => new CalcError("cancelled", "Canceled."),
  ended: (cause) => new CalcError("ended", cause instanceof Error ? cause.message : "The other side is gone."),
  unreadable: () => new CalcError("unreadable", "The answer makes no sense."),
};

export const calcSchemas = {
  add: v.tuple([v.number(), v.number()]),
  wait: v.null(),
  fail: v.string(),
  make: v.null(),
};

export function toRefusal(error: unknown): Refusal {
  if (error instanceof CalcError) return { code: error.code, message: error.message };
  return { code: "unknown", message: error instanceof Error ? error.message : "?" };
}

/** Handlers of which `wait` never ends by itself; `signals` are those that it was given. */
export function calcHandlers(signals: AbortSignal[] = []): RequestHandlers<CalcRequests> {
  return {
    add: ([one, other]) => one + other,
    wait: (_argument, signal) => {
      signals.push(signal);
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve("too late")));
    },
    fail: (message) => {
      throw new CalcError("asked", message);
    },
    make: () => ({}),
  };
}

export function answererOn(
  port: Port,
  options: Partial<AnswererOptions<CalcRequests>> = {},
): Answerer<CalcRequests, CalcEvents> {
  const unreadable = (): Refusal => ({ code: "badRequest", message: "Not understood." });
  return new Answerer(port, { handlers: calcHandlers(), toRefusal, unreadable, ...options });
}

export function requesterOn(
  port: Port,
  options: Partial<RequesterOptions<CalcRequests, CalcEvents>> = {},
): Requester<CalcRequests, CalcEvents> {
  return new Requester(port, { errors: calcErrors, ...options });
}

/** Both ends of a real channel between threads, closed when the test ends. */
export function twoPorts(test: TestContext): { asking: Port; answering: Port; close: () => void } {
  const { port1, port2 } = new MessageChannel();
  test.after(() => port1.close());
  return { asking: messagePort(port1), answering: messagePort(port2), close: () => port2.close() };
}

/** A port that keeps what is posted, for tests that play the other side themselves. */
export class OpenPort implements Port {
  readonly posted: unknown[] = [];
  readonly #messages = new Set<(message: unknown) => void>();
  readonly #ends = new Set<(cause: unknown) => void>();

  post(message: unknown): void {
    this.posted.push(structuredClone(message));
  }

  onMessage(listener: (message: unknown) => void): { dispose(): void } {
    this.#messages.add(listener);
    return { dispose: () => void this.#messages.delete(listener) };
  }

  onEnd(listener: (cause: unknown) => void): { dispose(): void } {
    this.#ends.add(listener);
    return { dispose: () => void this.#ends.delete(listener) };
  }

  receive(message: unknown): void {
    for (const listener of this.#messages) listener(message);
  }

  end(cause?: unknown): void {
    for (const listener of this.#ends) listener(cause);
  }
}

/** Everything that was begun and waits for nothing has settled. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
