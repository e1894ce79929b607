import { t } from "@vscode/l10n";
import type { MessagePort } from "node:worker_threads";
import { cancelled, ExportError } from "../../model/exportError.ts";
import type { AskMessage, PlainFailure, ReplyMessage, RequestMap } from "./threadMessages.ts";

/** One handler per request; a missing one fails the build. */
export type RequestHandlers<Requests extends RequestMap<Requests>> = {
  readonly [Name in keyof Requests]: (
    argument: Requests[Name]["argument"],
    signal: AbortSignal,
  ) => Requests[Name]["answer"] | Promise<Requests[Name]["answer"]>;
};

/** The worker's side: answers each request, with a failure where its handler throws. */
export class ThreadAnswers<Requests extends RequestMap<Requests>, Events> {
  readonly #port: MessagePort;
  readonly #handlers: RequestHandlers<Requests>;
  readonly #running = new Map<number, AbortController>();

  constructor(port: MessagePort, handlers: RequestHandlers<Requests>) {
    this.#port = port;
    this.#handlers = handlers;
    port.on("message", (message: AskMessage<Requests>) => {
      if (message.type === "cancel") this.#running.get(message.id)?.abort(cancelled());
      else void this.#answer(message.id, message.name, message.argument);
    });
  }

  tell<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    this.#post({ type: "event", name, event });
  }

  async #answer<Name extends keyof Requests>(
    id: number,
    name: Name,
    argument: Requests[Name]["argument"],
  ): Promise<void> {
    const stop = new AbortController();
    this.#running.set(id, stop);
    try {
      const answer = await this.#handlers[name](argument, stop.signal);
      this.#post({ type: "answer", id, answer });
    } catch (error) {
      this.#post({ type: "failure", id, failure: plain(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  #post(message: ReplyMessage<Events>): void {
    this.#port.postMessage(message);
  }
}

function plain(error: unknown): PlainFailure {
  if (error instanceof ExportError) return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: "unexpectedResponse", message: t("The table could not be read: {0}", reason) };
}
