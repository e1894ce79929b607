/** A task that was just watched is asked for as often as this. */
const shortestMs = 2000;
/** The longest pause between two looks. */
const longestMs = 2 * 60_000;
/** A task that has been watched for so long is asked for again after a tenth of that time. */
const share = 0.1;

/** The pause until a task is asked for again, by the time since it is watched. Both in milliseconds. */
export function pauseByAge(ageMs: number): number {
  // The clock may have been set back.
  return Math.min(longestMs, Math.max(shortestMs, Math.abs(ageMs) * share));
}

/** A new export of a kind is expected some day, and not in the next seconds. */
export const kindPauseMs = longestMs;

/** While there is no network, a look costs nothing but brings nothing. */
export const offlinePauseMs = longestMs;
const firstFailureMs = 15_000;
const longestFailureMs = 10 * 60_000;

/** The pause after so many failures in a row, in milliseconds. Never shorter than the service has asked for. */
export function pauseAfterFailures(failures: number, asked = 0): number {
  return Math.max(asked, Math.min(longestFailureMs, firstFailureMs * 2 ** Math.max(0, failures - 1)));
}

/** A pause from now on. If the clock is set back meanwhile, it begins again then, and doesn't last for days. */
export class TimedPause {
  readonly #ms: number;
  #since: number;

  constructor(ms: number, now: number) {
    this.#ms = ms;
    this.#since = now;
  }

  /** In milliseconds. */
  left(now: number): number {
    this.#since = Math.min(this.#since, now);
    return Math.max(0, this.#since + this.#ms - now);
  }
}

/** So many requests can follow each other quickly … */
const mostAtOnce = 60;
/** … and so many more are added in an hour. Together 120 an hour. */
const perHour = 60;
const hourMs = 3_600_000;

/**
 * Limits the requests to one account, however many of its tasks are watched and whenever that began: 120 in any hour. Also
 * keeps the pauses that nothing may shorten, not even watching something else.
 */
export class RequestBudget {
  #left = mostAtOnce;
  #countedAt: number;
  #pause: TimedPause | undefined;

  constructor(now: number) {
    this.#countedAt = now;
  }

  spend(requests: number, now: number): void {
    this.#refill(now);
    this.#left -= requests;
  }

  /** Whether so many requests are left, apart from pauses. */
  has(requests: number, now: number): boolean {
    this.#refill(now);
    return this.#left >= requests;
  }

  /** Nothing is sent before this pause is over. */
  pause(milliseconds: number, now: number): void {
    this.#pause = new TimedPause(milliseconds, now);
  }

  /** How long to wait until so many requests can be sent, in milliseconds. */
  waitFor(requests: number, now: number): number {
    this.#refill(now);
    const paused = this.#pause?.left(now) ?? 0;
    const missing = Math.min(requests, mostAtOnce) - this.#left;
    return Math.max(paused, missing <= 0 ? 0 : Math.ceil((missing * hourMs) / perHour));
  }

  #refill(now: number): void {
    const elapsed = Math.max(0, now - this.#countedAt);
    this.#countedAt = now;
    this.#left = Math.min(mostAtOnce, this.#left + (elapsed * perHour) / hourMs);
  }
}
