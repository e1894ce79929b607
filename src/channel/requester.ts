import { type AnswererMessage, readAnswererMessage, type RequesterMessage } from "./messages.ts";
import type { Disposable, Port } from "./port.ts";
import type { Refusal, RequestMap } from "./requestMap.ts";

/** The errors that requests are rejected with. */
export interface RequestErrors {
  refused(refusal: Refusal): Error;
  /** The request's signal was aborted, or the requester disposed. */
  cancelled(): Error;
  /** The other side is gone. */
  ended(cause: unknown): Error;
  /** The answer does not have the form that its request asks for. */
  unreadable(): Error;
}

/** Tells whether what the other side sent has the form that its name promises. */
export interface IncomingChecks<Requests extends RequestMap<Requests>, Events> {
  isAnswer(name: keyof Requests, answer: unknown): boolean;
  isEvent(name: keyof Events, event: unknown): boolean;
}

export interface RequesterOptions<Requests extends RequestMap<Requests>, Events> {
  readonly errors: RequestErrors;
  /** Left out where the other side is part of this same program. */
  readonly checks?: IncomingChecks<Requests, Events>;
  /** Called with true when a first request waits for its answer, with false when none waits any more. */
  readonly onWaiting?: (isWaiting: boolean) => void;
}

interface Pending<Name> {
  readonly name: Name;
  /** Takes an answer that was checked or comes from this same program. */
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

interface EventListener<Name> {
  readonly name: Name;
  tell(event: unknown): void;
}

/** The side of a channel that asks. Every request settles: by its answer, a refusal, its signal or the channel's end. */
export class Requester<Requests extends RequestMap<Requests>, Events> implements Disposable {
  readonly #port: Port;
  readonly #options: RequesterOptions<Requests, Events>;
  readonly #pending = new Map<number, Pending<keyof Requests>>();
  readonly #eventListeners = new Set<EventListener<keyof Events>>();
  #listening: readonly Disposable[] = [];
  #lastId = 0;
  /** Makes the error of every request from the channel's end on. */
  #endError: (() => Error) | undefined;

  constructor(port: Port, options: RequesterOptions<Requests, Events>) {
    this.#port = port;
    this.#options = options;
    this.#listening = [
      port.onMessage((message) => this.#receive(message)),
      port.onEnd((cause) => this.#end(() => options.errors.ended(cause))),
    ];
  }

  /** @throws what `errors` makes of a refusal, an aborted signal or the end of the other side */
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

  on<Name extends keyof Events & string>(name: Name, tell: (event: Events[Name]) => void): Disposable {
    const listener: EventListener<keyof Events> = { name, tell };
    this.#eventListeners.add(listener);
    return { dispose: () => void this.#eventListeners.delete(listener) };
  }

  /** Rejects what waits, and everything that is asked from now on, as canceled. */
  dispose(): void {
    this.#end(() => this.#options.errors.cancelled());
  }

  #receive(data: unknown): void {
    const message = readAnswererMessage(data);
    if (message?.type === "event") this.#tell(message);
    else if (message?.type === "answer") this.#settle(message);
    else if (message?.type === "refusal") this.#take(message.id)?.reject(this.#options.errors.refused(message));
  }

  #tell({ name, event }: Extract<AnswererMessage, { type: "event" }>): void {
    for (const listener of [...this.#eventListeners]) {
      if (listener.name !== name) continue;
      if (this.#options.checks?.isEvent(listener.name, event) !== false) listener.tell(event);
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

  /** The request that waits under an id, which waits no longer. */
  #take(id: number): Pending<keyof Requests> | undefined {
    const pending = this.#pending.get(id);
    if (this.#pending.delete(id) && this.#pending.size === 0) this.#options.onWaiting?.(false);
    return pending;
  }

  #post(message: RequesterMessage): void {
    this.#port.post(message);
  }
}
