import { t } from "@vscode/l10n";
import { ExportError, isCancelled } from "../model/exportError.ts";
import type { Clock } from "./clock.ts";
import type { HttpAnswer, HttpClient } from "./httpClient.ts";

const windowMs = 60_000;
/** Requests that are held back at the same time are sent again over this time, and not all at once. */
const spreadMs = 5000;
const firstErrorStatus = 400;
/** Hosts without a recent request are forgotten when there are more than this. */
const mostHosts = 100;

/** How many requests one host gets within a minute. */
export interface CeilingLimits {
  /** Requests that fail, are answered with an error status, or whose response breaks off. */
  readonly failuresPerMinute: number;
  /** All requests. Default: any number. */
  readonly requestsPerMinute?: number;
}

/** A store sends thousands of small files in a minute, so only what fails is counted. */
export const storeCeiling: CeilingLimits = { failuresPerMinute: 60 };
/** Enough for ten pages of tasks in a second. */
export const serviceCeiling: CeilingLimits = { failuresPerMinute: 60, requestsPerMinute: 600 };

interface CeilingOptions extends CeilingLimits {
  readonly clock: Clock;
  /** Returns a number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** A request that was not sent, because its host got too many in the last minute. Worth a retry after `waitMs`. */
export class HeldBack extends ExportError {
  readonly waitMs: number;

  constructor(host: string, waitMs: number) {
    const seconds = Math.ceil(waitMs / 1000);
    super("tooManyRequests", t("Too many requests to {0} within a minute. Try again in {1} s.", host, seconds), {
      details: { host, retryAfterMs: waitMs },
    });
    this.waitMs = waitMs;
  }
}

/**
 * A client that never sends more than a number of requests per minute to one host, for all accounts and downloads
 * together. It is the last protection against hammering a host, whatever that host answers and whatever repeats the
 * request: a retry, a new download URL, an automatic refresh or another extension. Requests that were already sent when
 * the limit is reached are not stopped. It holds nothing in a queue, so a caller can show the wait and cancel it.
 */
export function withHostCeiling(http: HttpClient, options: CeilingOptions): HttpClient {
  const { failuresPerMinute, requestsPerMinute = Infinity, clock, random } = options;
  const failures = new RecentTimes(failuresPerMinute);
  const requests = new RecentTimes(requestsPerMinute);
  return {
    async send(request) {
      const host = hostOf(request.url);
      const now = clock.now();
      const full = Math.max(failures.fullFor(host, now), requests.fullFor(host, now));
      if (full > 0) throw new HeldBack(host, Math.ceil(full + random() * spreadMs));
      requests.add(host, now);
      return counted(http.send(request), () => failures.add(host, clock.now()));
    },
    close: () => http.close(),
  };
}

async function counted(sent: Promise<HttpAnswer>, failed: () => void): Promise<HttpAnswer> {
  try {
    const answer = await sent;
    if (answer.status >= firstErrorStatus) failed();
    else answer.body.once("error", (error) => !isCancelled(error) && failed());
    return answer;
  } catch (error) {
    if (!isCancelled(error)) failed();
    throw error;
  }
}

/** The client itself rejects an address that is none. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}

/** For each host, the times of the last minute, and never more of them than the limit. */
class RecentTimes {
  readonly #limit: number;
  readonly #times = new Map<string, number[]>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How long nothing more may be added. 0: something may be. */
  fullFor(host: string, now: number): number {
    const times = this.#recent(host, now);
    const oldest = times[times.length - this.#limit];
    return oldest === undefined ? 0 : oldest + windowMs - now;
  }

  add(host: string, now: number): void {
    if (this.#limit === Infinity) return;
    this.#times.set(host, [...this.#recent(host, now), now].slice(-this.#limit));
    if (this.#times.size <= mostHosts) return;
    for (const known of this.#times.keys()) if (this.#recent(known, now).length === 0) this.#times.delete(known);
  }

  /** A time in the future comes from a clock that was set back, and would otherwise hold requests for hours. */
  #recent(host: string, now: number): number[] {
    return (this.#times.get(host) ?? []).filter((time) => time > now - windowMs && time <= now);
  }
}
