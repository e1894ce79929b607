import { type AnswererMessage, readAnswererMessage, type RequesterMessage } from "./messages.ts";
import type { Disposable, Port } from "./port.ts";
import type { Refusal, RequestMap } from "./requestMap.ts";

/** The errors that requests are rejected with. */
export interface RequestErrors {
  refused(refusal: Refusal): Error;
  /** The request's signal was aborted, or the requester was disposed. */
  cancelled(): Error;
  /** The other side has ended. */
  ended(cause: unknown): Error;
  /** The answer doesn't have the expected form. */
  unreadable(): Error;
}

/** Checks that answers and events have the expected form. */
export interface IncomingChecks<Requests extends RequestMap<Requests>, Events> {
  isAnswer(name: keyof Requests, answer: unknown): boolean;
  isEvent(name: keyof Events, event: unknown): boolean;
}

export interface RequesterOptions<Requests extends RequestMap<Requests>, Events> {
  readonly errors: RequestErrors;
  /** Absent if the other side is part of the same program. */
  readonly checks?: IncomingChecks<Requests, Events>;
  /** Called with true when the first request is sent, and with false when no request is pending. */
  readonly onWaiting?: (isWaiting: boolean) => void;
}

interface Pending<Name> {
  readonly name: Name;
  /** Called with an answer that was checked or comes from the same program. */
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

interface EventListener<Name> {
  readonly name: Name;
  notify(event: unknown): void;
}

/**
 * The side of a channel that sends requests. Every request settles: with an answer, a refusal, an aborted signal, or
 * the end of the channel.
 */
export class Requester<Requests extends RequestMap<Requests>, Events> implements Disposable {
  readonly #port: Port;
  readonly #options: RequesterOptions<Requests, Events>;
  readonly #pending = new Map<number, Pending<keyof Requests>>();
  readonly #eventListeners = new Set<EventListener<keyof Events>>();
  #listening: readonly Disposable[] = [];
  #lastId = 0;
  /** Creates the error for all requests after the end of the channel. */
  #endError: (() => Error) | undefined;

  constructor(port: Port, options: RequesterOptions<Requests, Events>) {
    this.#port = port;
    this.#options = options;
    this.#listening = [
      port.onMessage((message) => this.#receive(message)),
      port.onEnd((cause) => this.#end(() => options.errors.ended(cause))),
    ];
  }

  /** @throws the error from `errors` for a refusal, an aborted signal or the end of the other side */
  async ask<Name extends keyof Requests & string>(
    name: Name,
    argument: Requests[Name]["argument"],
    signal?: AbortSignal,
  ): Promise<Requests[Name]["answer"]> {
    if (this.#endError !== undefined) throw this.#endError();
    if (signal?.aborted === true) throw this.#options.errors.cancelled();
    const id = (this.#lastId += 1);
    const cancel = (): void => {
      this.#post({ type: "cancel", id });
      this.#take(id)?.reject(this.#options.errors.cancelled());
    };
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await new Promise<Requests[Name]["answer"]>((resolve, reject) => {
        this.#add(id, { name, resolve, reject });
        this.#post({ type: "request", id, name, argument });
      });
    } finally {
      this.#take(id);
      signal?.removeEventListener("abort", cancel);
    }
  }

  on<Name extends keyof Events & string>(name: Name, notify: (event: Events[Name]) => void): Disposable {
    const listener: EventListener<keyof Events> = { name, notify };
    this.#eventListeners.add(listener);
    return { dispose: () => void this.#eventListeners.delete(listener) };
  }

  /** Rejects all pending and later requests as canceled. */
  dispose(): void {
    this.#end(() => this.#options.errors.cancelled());
  }

  #receive(data: unknown): void {
    const message = readAnswererMessage(data);
    if (message?.type === "event") this.#notify(message);
    else if (message?.type === "answer") this.#settle(message);
    else if (message?.type === "refusal") this.#take(message.id)?.reject(this.#options.errors.refused(message));
  }

  #notify({ name, event }: Extract<AnswererMessage, { type: "event" }>): void {
    for (const listener of [...this.#eventListeners]) {
      if (listener.name !== name) continue;
      if (this.#options.checks?.isEvent(listener.name, event) !== false) listener.notify(event);
    }
  }

  #settle({ id, answer }: Extract<AnswererMessage, { type: "answer" }>): void {
    const pending = this.#take(id);
    if (pending === undefined) return;
    if (this.#options.checks?.isAnswer(pending.name, answer) !== false) pending.resolve(answer);
    else pending.reject(this.#options.errors.unreadable());
  }

  #end(error: () => Error): void {
    if (this.#endError !== undefined) return;
    this.#endError = error;
    for (const listening of this.#listening) listening.dispose();
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(error());
  }

  #add(id: number, pending: Pending<keyof Requests>): void {
    this.#pending.set(id, pending);
    if (this.#pending.size === 1) this.#options.onWaiting?.(true);
  }

  /** Removes a pending request and returns it. */
  #take(id: number): Pending<keyof Requests> | undefined {
    const pending = this.#pending.get(id);
    if (this.#pending.delete(id) && this.#pending.size === 0) this.#options.onWaiting?.(false);
    return pending;
  }

  #post(message: RequesterMessage): void {
    this.#port.post(message);
  }
}
