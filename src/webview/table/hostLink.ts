import { t } from "@vscode/l10n";
import { isAnswerTo, isEvent, toHostMessage } from "./hostMessages.ts";
import { Listeners } from "./state/listeners.ts";
import type { GridRequestName, GridRequests, HostEvents } from "./messages.ts";

/** The host said no. `message` is one whole sentence for the person. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Pending {
  readonly answer: (answer: unknown) => void;
  readonly refuse: (error: Error) => void;
}

/** Asks the host and hears its events. Every request settles: by an answer, a refusal or its signal. */
export class HostLink {
  readonly #post: (message: unknown) => void;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  readonly #events = new Listeners<{ readonly name: keyof HostEvents; readonly event: unknown }>();

  constructor(post: (message: unknown) => void) {
    this.#post = post;
  }

  /** @throws Refusal where the host says no; the signal's reason once it ended */
  request<Name extends GridRequestName>(
    name: Name,
    argument: GridRequests[Name]["argument"],
    signal?: AbortSignal,
  ): Promise<GridRequests[Name]["answer"]> {
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const cancel = () => {
        this.#pending.delete(id);
        this.#post({ type: "cancel", id });
        reject(new Refusal("cancelled", t("Cancelled.")));
      };
      const settled = () => {
        this.#pending.delete(id);
        signal?.removeEventListener("abort", cancel);
      };
      signal?.addEventListener("abort", cancel, { once: true });
      this.#pending.set(id, {
        answer: (answer) => {
          settled();
          if (isAnswerTo(name, answer)) resolve(answer);
          else reject(new Refusal("unexpectedAnswer", t("The table gave an answer that makes no sense here.")));
        },
        refuse: (error) => {
          settled();
          reject(error);
        },
      });
      this.#post({ type: "request", id, name, argument });
    });
  }

  on<Name extends keyof HostEvents>(name: Name, listener: (event: HostEvents[Name]) => void): void {
    this.#events.add((told) => {
      if (told.name === name && isEvent(name, told.event)) listener(told.event);
    });
  }

  /** Takes whatever came in; what is no message of the host's is left alone. */
  receive(data: unknown): void {
    const message = toHostMessage(data);
    if (message === undefined) return;
    if (message.type === "answer") this.#pending.get(message.id)?.answer(message.answer);
    else if (message.type === "refusal") {
      this.#pending.get(message.id)?.refuse(new Refusal(message.code, message.message));
    } else this.#events.tell(message);
  }
}
