import { cancelled } from "../model/exportError.ts";
import { wholeNumberOf } from "../model/outsideNumbers.ts";
import { AnswerBody } from "./answerBody.ts";
import { headerText } from "./headerText.ts";
import type { HttpAnswer, HttpHeaders } from "./httpClient.ts";
import { connectTimedOut, fromNetwork, proxyTimedOut, silentConnection } from "./networkErrors.ts";
import type { Dispatcher } from "./undici.ts";

/** Where one request goes and how long it may take. */
export interface ExchangeOptions {
  /** Host and port, for messages. */
  readonly host: string;
  readonly viaProxy: boolean;
  readonly connectTimeoutMs: number;
  readonly stallTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly onAnswer: (answer: HttpAnswer) => void;
  readonly onFailure: (error: Error) => void;
}

/**
 * One request and its response, as an undici handler. Limits the time to connect and the silence before and during the
 * response, and ends as soon as the signal is aborted, even while still connecting.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  #controller: Dispatcher.DispatchController | undefined;
  #body: AnswerBody | undefined;
  /** Bytes of the body that have not arrived; NaN if its length is unknown. */
  #bytesLeft = Number.NaN;
  #timer: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  readonly #onAbort = () => this.#fail(cancelled());

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const { host, viaProxy, connectTimeoutMs, signal } = options;
    signal.addEventListener("abort", this.#onAbort, { once: true });
    this.#timer = setTimeout(
      () => this.#fail(viaProxy ? proxyTimedOut(host) : connectTimedOut(host)),
      connectTimeoutMs,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure === undefined) this.#watchSilence();
    else controller.abort(this.#failure);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: RawHeaders): void {
    if (status < 200 || this.#failure !== undefined) return;
    this.#watchSilence();
    this.#body = new AnswerBody({
      pause: () => {
        controller.pause();
        clearTimeout(this.#timer);
      },
      resume: () => {
        if (!controller.paused) return;
        this.#watchSilence();
        controller.resume();
      },
      leave: () => {
        this.#failure ??= cancelled();
        controller.abort(this.#failure);
      },
      ended: () => this.#release(),
    });
    const values = oneValueEach(headers);
    this.#bytesLeft = wholeNumberOf(values["content-length"]) ?? Number.NaN;
    this.#options.onAnswer({ status, headers: values, body: this.#body });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#failure !== undefined) return;
    this.#timer?.refresh();
    this.#bytesLeft -= chunk.byteLength;
    this.#body?.arrive(chunk, this.#bytesLeft === 0);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    this.#body?.finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    const { host, viaProxy } = this.#options;
    const connected = this.#controller !== undefined;
    this.#fail(fromNetwork(error, { host, viaProxy, connected, answered: this.#body !== undefined }));
  }

  /** Only the first failure counts. Later ones are caused by ending the connection. */
  #fail(error: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#release();
    if (this.#body === undefined) this.#options.onFailure(error);
    else this.#body.destroy(error);
    this.#controller?.abort(error);
  }

  #watchSilence(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail(silentConnection(this.#options.host)), this.#options.stallTimeoutMs);
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener("abort", this.#onAbort);
  }
}

type RawHeaders = Record<string, string | string[] | undefined>;

function oneValueEach(headers: RawHeaders): HttpHeaders {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name] = headerText(name, typeof value === "string" ? value : value.join(", "));
  }
  return joined;
}
