import { type AnswererMessage, idOf, readRequesterMessage, type RequesterMessage } from "./messages.ts";
import type { Disposable, Port } from "./port.ts";
import type { Refusal, RequestMap } from "./requestMap.ts";

/** One handler for each request; a missing one does not compile. */
export type RequestHandlers<Requests extends RequestMap<Requests>> = {
  readonly [Name in keyof Requests]: (
    argument: Requests[Name]["argument"],
    signal: AbortSignal,
  ) => Requests[Name]["answer"] | Promise<Requests[Name]["answer"]>;
};

/** A schema as valibot and others publish it (standardschema.dev), so that this folder depends on none of them. */
export interface Schema<Output> {
  readonly "~standard": {
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
  };
}

type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly unknown[] };

/** One schema for each request's argument; a missing one does not compile. */
export type ArgumentSchemas<Requests extends RequestMap<Requests>> = {
  readonly [Name in keyof Requests]: Schema<Requests[Name]["argument"]>;
};

export interface AnswererOptions<Requests extends RequestMap<Requests>> {
  readonly handlers: RequestHandlers<Requests>;
  /** Absent if the other side is part of the same program. */
  readonly schemas?: ArgumentSchemas<Requests>;
  /** The refusal for an error of a handler. */
  readonly toRefusal: (error: unknown) => Refusal;
  /** The refusal for a request that can't be read. */
  readonly unreadable: () => Refusal;
  /** The request with which the other side starts over, so that all earlier requests are aborted. */
  readonly startsOver?: keyof Requests;
}

/** The side of a channel that answers: it answers or refuses each request once, unless the request was canceled. */
export class Answerer<Requests extends RequestMap<Requests>, Events> implements Disposable {
  readonly #port: Port;
  readonly #options: AnswererOptions<Requests>;
  readonly #running = new Map<number, AbortController>();
  readonly #listening: readonly Disposable[];

  constructor(port: Port, options: AnswererOptions<Requests>) {
    this.#port = port;
    this.#options = options;
    this.#listening = [port.onMessage((message) => this.#receive(message)), port.onEnd(() => this.abortAll())];
  }

  emit<Name extends keyof Events & string>(name: Name, event: Events[Name]): void {
    this.#post({ type: "event", name, event });
  }

  /** Aborts all running requests. They are not answered. */
  abortAll(): void {
    for (const running of this.#running.values()) running.abort();
    this.#running.clear();
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
    this.abortAll();
  }

  #receive(data: unknown): void {
    const message = readRequesterMessage(data);
    if (message?.type === "cancel") this.#running.get(message.id)?.abort();
    else if (message !== undefined && this.#isRequestName(message.name)) void this.#answer(message, message.name);
    else this.#refuseUnreadable(data);
  }

  async #answer({ id, argument }: Extract<RequesterMessage, { type: "request" }>, name: keyof Requests): Promise<void> {
    if (name === this.#options.startsOver) this.abortAll();
    const stop = new AbortController();
    this.#running.set(id, stop);
    const reply = await this.#replyTo(id, name, argument, stop.signal);
    if (this.#running.get(id) === stop) this.#running.delete(id);
    if (!stop.signal.aborted) this.#reply(id, reply);
  }

  async #replyTo(id: number, name: keyof Requests, argument: unknown, signal: AbortSignal): Promise<AnswererMessage> {
    try {
      const read = this.#read(name, argument);
      // Without an asynchronous schema, work starts synchronously, in the order of the requests.
      const result = read instanceof Promise ? await read : read;
      if (result.issues !== undefined) return { type: "refusal", id, ...this.#options.unreadable() };
      return { type: "answer", id, answer: await this.#options.handlers[name](result.value, signal) };
    } catch (error) {
      return this.#refusal(id, error);
    }
  }

  #read<Name extends keyof Requests>(
    name: Name,
    argument: unknown,
  ): SchemaResult<Requests[Name]["argument"]> | Promise<SchemaResult<Requests[Name]["argument"]>> {
    return this.#options.schemas?.[name]["~standard"].validate(argument) ?? { value: argument };
  }

  /** An answer that can't be copied to the other side is refused, so that the requester doesn't wait forever. */
  #reply(id: number, reply: AnswererMessage): void {
    try {
      this.#post(reply);
    } catch (error) {
      this.#post(this.#refusal(id, error));
    }
  }

  #refusal(id: number, error: unknown): AnswererMessage {
    const { code, message } = this.#options.toRefusal(error);
    return { type: "refusal", id, code, message };
  }

  #refuseUnreadable(data: unknown): void {
    const id = idOf(data);
    if (id !== undefined) this.#post({ type: "refusal", id, ...this.#options.unreadable() });
  }

  #isRequestName(name: string): name is keyof Requests & string {
    return Object.hasOwn(this.#options.handlers, name);
  }

  #post(message: AnswererMessage): void {
    this.#port.post(message);
  }
}
