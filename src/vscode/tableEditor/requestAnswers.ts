import { t } from "@vscode/l10n";
import * as v from "valibot";
import { ExportError, isCancelled } from "../../model/exportError.ts";
import type { GridRequestName, GridRequests, HostMessage } from "../../webview/table/messages.ts";
import { requestShapes } from "./requestShapes.ts";

/** One handler a request: leaving one out does not compile. */
export type GridHandlers = {
  readonly [Name in GridRequestName]: (
    argument: GridRequests[Name]["argument"],
    signal: AbortSignal,
  ) => Promise<GridRequests[Name]["answer"]>;
};

export interface Refusal {
  readonly code: string;
  /** One whole sentence. */
  readonly message: string;
}

const id = v.pipe(v.number(), v.safeInteger());
const isRequestName = (name: unknown): name is GridRequestName =>
  typeof name === "string" && Object.hasOwn(requestShapes, name);
const envelope = v.variant("type", [
  v.object({ type: v.literal("request"), id, name: v.custom<GridRequestName>(isRequestName), argument: v.unknown() }),
  v.object({ type: v.literal("cancel"), id }),
]);

/** Answers or refuses every request that the grid sends, unless the grid does not want to know any more. */
export class RequestAnswers {
  readonly #handlers: GridHandlers;
  readonly #post: (message: HostMessage) => void;
  readonly #inWords: (error: unknown) => string;
  readonly #running = new Map<number, AbortController>();

  /** @param inWords the sentence that a person reads about a failure */
  constructor(handlers: GridHandlers, post: (message: HostMessage) => void, inWords: (error: unknown) => string) {
    this.#handlers = handlers;
    this.#post = post;
    this.#inWords = inWords;
  }

  /** Takes whatever the page posted. */
  receive(message: unknown): void {
    const parsed = v.safeParse(envelope, message);
    if (!parsed.success) this.#refuseUnread(message);
    else if (parsed.output.type === "cancel") this.#running.get(parsed.output.id)?.abort();
    else void this.#answer(parsed.output.id, parsed.output.name, parsed.output.argument);
  }

  /** Ends all that is under way: the page is gone, or has begun anew. */
  abortAll(): void {
    for (const running of this.#running.values()) running.abort();
    this.#running.clear();
  }

  async #answer(requestId: number, name: GridRequestName, argument: unknown): Promise<void> {
    // A page asks this first of all; whatever is still under way was asked by the page before it.
    if (name === "open") this.abortAll();
    const stop = new AbortController();
    this.#running.set(requestId, stop);
    try {
      const answer = await this.#carryOut(name, argument, stop.signal);
      if (!stop.signal.aborted) this.#post({ type: "answer", id: requestId, answer });
    } catch (error) {
      if (!stop.signal.aborted) this.#post({ type: "refusal", id: requestId, ...this.#refusal(error) });
    } finally {
      if (this.#running.get(requestId) === stop) this.#running.delete(requestId);
    }
  }

  #carryOut<Name extends GridRequestName>(
    name: Name,
    argument: unknown,
    signal: AbortSignal,
  ): Promise<GridRequests[Name]["answer"]> {
    return this.#handlers[name](parseArgument(name, argument), signal);
  }

  #refusal(error: unknown): Refusal {
    if (isCancelled(error)) return { code: "cancelled", message: t("That was ended.") };
    const code = error instanceof ExportError ? error.code : "unexpectedResponse";
    return { code, message: this.#inWords(error) };
  }

  /** What is no request of ours may still have somebody who waits for an answer. */
  #refuseUnread(message: unknown): void {
    const waiting = v.safeParse(v.object({ id }), message);
    if (!waiting.success) return;
    this.#post({ type: "refusal", id: waiting.output.id, ...this.#refusal(badRequest()) });
  }
}

function parseArgument<Name extends GridRequestName>(name: Name, argument: unknown): GridRequests[Name]["argument"] {
  const parsed = v.safeParse(requestShapes[name], argument);
  if (!parsed.success) throw badRequest();
  return parsed.output;
}

function badRequest(): ExportError {
  return new ExportError("invalidRequest", t("The table asked for something that can't be understood."));
}
