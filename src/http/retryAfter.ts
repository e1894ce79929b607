import { momentOf, spanOf } from "../model/outsideNumbers.ts";
import type { HttpHeaders } from "./httpClient.ts";

/**
 * How long a response asks us to wait, in milliseconds. A date is compared with the response's own `Date`, so a wrong
 * clock on this machine does not matter.
 *
 * @param now milliseconds since 1970, used for a date if the response has no `Date`.
 * @returns at most a year; undefined if there is no value that can be read.
 */
export function retryAfterMs(headers: HttpHeaders, now: number): number | undefined {
  const asked = headers["retry-after"]?.trim();
  if (asked === undefined || asked === "") return undefined;
  const seconds = /^(\d+(?:\.\d+)?)(?:\s*,.*)?$/.exec(asked)?.[1];
  if (seconds !== undefined) return spanOf(Math.ceil(Number(seconds) * 1000));
  // An HTTP date contains the names of day and month. JavaScript would also read "-5" as a date.
  const until = /^[a-z]{3,9},? .*[a-z]{3}/i.test(asked) ? momentOf(asked) : undefined;
  return until === undefined ? undefined : spanOf(until - serverTime(headers, now));
}

/** The time by the server's clock, or `now` if it sent none. Milliseconds since 1970. */
export function serverTime(headers: HttpHeaders, now: number): number {
  return momentOf(headers["date"]) ?? now;
}
