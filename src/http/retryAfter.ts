import type { HttpHeaders } from "./httpClient.ts";

/**
 * How long an answer asks to wait, in milliseconds from when it came. A date is compared with the answer's own
 * `Date`, so that a wrong clock here does not matter.
 *
 * @param now milliseconds since 1970; used for a date where the answer has no `Date`.
 * @returns undefined where nothing was asked, or nothing that can be read.
 */
export function retryAfterMs(headers: HttpHeaders, now: number): number | undefined {
  const asked = headers["retry-after"]?.trim();
  if (asked === undefined || asked === "") return undefined;
  const seconds = /^(\d+(?:\.\d+)?)(?:\s*,.*)?$/.exec(asked)?.[1];
  if (seconds !== undefined) return Math.ceil(Number(seconds) * 1000);
  // The names of day and month, which tell a date of HTTP from what JavaScript takes for one ("-5").
  const until = /^[a-z]{3,9},? .*[a-z]{3}/i.test(asked) ? Date.parse(asked) : Number.NaN;
  return Number.isNaN(until) ? undefined : Math.max(0, until - serverTime(headers, now));
}

/** The time by the server's clock, where it told it. Milliseconds since 1970. */
export function serverTime(headers: HttpHeaders, now: number): number {
  const told = Date.parse(headers["date"] ?? "");
  return Number.isNaN(told) ? now : told;
}
