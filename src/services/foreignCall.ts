import type { ServiceCall, Waiting } from "../model/contract.ts";
import { type ExportError, throwIfCancelled } from "../model/exportError.ts";
import { untilCancelled } from "../model/untilCancelled.ts";

/** How long another extension may take to answer, beyond the pauses that it reports. In milliseconds. */
const longestSilenceMs = 10 * 60_000;
/** The interface is told at most this often about a pause. */
const tellEveryMs = 1000;

/** How to treat what another extension's function does. */
export interface ForeignCallRules {
  /** Reads a reported pause, which can be anything. Undefined if it is none. */
  readonly readPause: (given: unknown) => Waiting | undefined;
  /** The error if there is no answer in time. */
  readonly late: (minutes: number) => ExportError;
}

/**
 * Calls a function of another extension and waits for its answer. The function gets a signal and a callback of our own:
 * the signal is aborted when the call ends, and the callback then does nothing. A call that is silent for ten minutes ends.
 *
 * @returns the answer, which can be anything
 * @throws ExportError `cancelled`, the error for a late answer; what the function throws
 */
export async function callForeign(
  { signal, onWaiting }: ServiceCall,
  { readPause, late }: ForeignCallRules,
  ask: (given: ServiceCall) => unknown,
): Promise<unknown> {
  throwIfCancelled(signal);
  const end = new AbortController();
  const leave = (): void => end.abort();
  const silence = new Silence(leave);
  const pauses = new Pauses(readPause, (waiting) => {
    silence.restart(waiting.retryInMs);
    onWaiting?.(waiting);
  });
  signal.addEventListener("abort", leave, { once: true });
  try {
    // Derived, so that an event that the other extension dispatches on it reaches nobody else.
    const given = { signal: AbortSignal.any([end.signal]), onWaiting: (pause: Waiting) => pauses.offer(pause) };
    return await untilCancelled(Promise.resolve(ask(given)), end.signal);
  } catch (error) {
    if (silence.isTooLong && !signal.aborted) throw late(longestSilenceMs / 60_000);
    throw error;
  } finally {
    signal.removeEventListener("abort", leave);
    silence.stop();
    pauses.stop();
    end.abort();
  }
}

/** The time without an answer. */
class Silence {
  readonly #ended: () => void;
  #timer: NodeJS.Timeout;
  isTooLong = false;

  constructor(ended: () => void) {
    this.#ended = ended;
    this.#timer = this.#start(0);
  }

  /** Begins again after a pause that was reported. */
  restart(pauseMs: number): void {
    this.stop();
    this.#timer = this.#start(pauseMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #start(pauseMs: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.isTooLong = true;
      this.#ended();
    }, pauseMs + longestSilenceMs);
    return timer.unref();
  }
}

/** Pauses that another extension reports as often as it likes. The first is told at once, then the last of each second. */
class Pauses {
  readonly #read: (given: unknown) => Waiting | undefined;
  readonly #tell: (waiting: Waiting) => void;
  #timer: NodeJS.Timeout | undefined;
  #latest: { readonly given: unknown } | undefined;
  #isStopped = false;

  constructor(read: (given: unknown) => Waiting | undefined, tell: (waiting: Waiting) => void) {
    this.#read = read;
    this.#tell = tell;
  }

  offer(given: unknown): void {
    if (this.#isStopped) return;
    if (this.#timer === undefined) this.#pass(given);
    else this.#latest = { given };
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #pass(given: unknown): void {
    const waiting = this.#read(given);
    if (waiting === undefined || this.#isStopped) return;
    this.#timer = setTimeout(() => {
      const latest = this.#latest;
      this.#timer = undefined;
      this.#latest = undefined;
      if (latest !== undefined) this.#pass(latest.given);
    }, tellEveryMs).unref();
    this.#tell(waiting);
  }
}
