import type { Readable } from "node:stream";
import type { HttpHeaders } from "../../http/httpClient.ts";
import { retryAfterMs, serverTime } from "../../http/retryAfter.ts";
import { BodyIntake } from "./bodyIntake.ts";

/** A response of a store without the file. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** The beginning of the body, as text. */
  readonly text: string;
  /** When the URL expires according to its own parameters, in milliseconds since 1970. */
  readonly linkExpiresAt: number | undefined;
}

export type Refusal =
  /** The URL has expired. A new one is enough. */
  | { readonly kind: "expired" }
  /** Access was refused for another reason. */
  | { readonly kind: "refused" }
  | { readonly kind: "missing" }
  /** A retry may help, after the time that the store asked for. */
  | { readonly kind: "busy"; readonly retryAfterMs: number | undefined }
  | { readonly kind: "unexpected" };

const busyStatuses = new Set([408, 421, 425, 429]);
/** How much of a refusal's body is read. */
const refusalBytes = 16 * 1024;
/** How long it is read. A store that sends a few bytes now and then must not keep the download waiting. */
const refusalMs = 5000;
/** Statuses that stores use for an expired URL, and for other reasons. */
const maybeExpired = new Set([400, 401, 403]);
/** Words that stores use for an expired URL, with one of these statuses. */
const expiredWords =
  /Request has expired|<Code>ExpiredToken<|<Code>ExpiredRequest<|token (?:has|is) expired|link has expired|Signature not valid in the specified time frame[^<]*Expiry/i;

/**
 * Decides what a response means that is neither the file nor a redirect.
 *
 * Stores describe expired URLs differently, and some (CloudFront, Azurite) don't mention it at all. Then the expiry
 * time in the URL counts, compared with the clock of the server, because this computer's clock may be wrong.
 *
 * @param now milliseconds since 1970, used if the response has no `Date`.
 */
export function judgeRefusal(answer: RefusedAnswer, now: number): Refusal {
  const { status, headers, text, linkExpiresAt } = answer;
  if (status === 404 || status === 410) return { kind: "missing" };
  if (status >= 500 || busyStatuses.has(status)) return { kind: "busy", retryAfterMs: retryAfterMs(headers, now) };
  if (status < 400) return { kind: "unexpected" };
  const over = linkExpiresAt !== undefined && serverTime(headers, now) >= linkExpiresAt;
  return maybeExpired.has(status) && (over || expiredWords.test(text)) ? { kind: "expired" } : { kind: "refused" };
}

/**
 * The beginning of a refusal's body, or what arrived of it in time. Empty if the status alone says what the refusal
 * means. The rest is not read.
 */
export async function refusalText({ status, body }: { status: number; body: Readable }): Promise<string> {
  if (!maybeExpired.has(status)) {
    body.destroy();
    return "";
  }
  const intake = new BodyIntake(body);
  const timer = setTimeout(() => intake.stop(), refusalMs);
  try {
    return (await intake.beginning(refusalBytes)).toString("utf8", 0, refusalBytes);
  } catch {
    return "";
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
}
