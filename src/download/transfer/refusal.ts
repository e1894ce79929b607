import type { Readable } from "node:stream";
import type { HttpHeaders } from "../../http/httpClient.ts";
import { retryAfterMs, serverTime } from "../../http/retryAfter.ts";
import { BodyIntake } from "./bodyIntake.ts";

/** What a store said that did not send the file. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** The beginning of the body, as text. */
  readonly text: string;
  /** When the link ends by its own account, in milliseconds since 1970. */
  readonly linkEndsAt: number | undefined;
}

export type Refusal =
  /** The link has ended: a fresh one is all that is needed. */
  | { readonly kind: "expired" }
  /** Something else is wrong with the link or with who asks. */
  | { readonly kind: "refused" }
  | { readonly kind: "missing" }
  /** Another try may help, after the time that the store asked for. */
  | { readonly kind: "busy"; readonly retryAfterMs: number | undefined }
  | { readonly kind: "unexpected" };

const busyStatuses = new Set([408, 421, 425, 429]);
/** As much of a refusal as is read. */
const refusalBytes = 16 * 1024;
/** Words with which stores say that a link's time is over; any of them beside a 400, 401 or 403. */
const expiredWords =
  /Request has expired|<Code>ExpiredToken<|<Code>ExpiredRequest<|token (?:has|is) expired|link has expired|Signature not valid in the specified time frame[^<]*Expiry/i;

/**
 * Judges an answer that is neither the file nor a redirect.
 *
 * Stores word an ended link differently, and some (CloudFront, Azurite) don't name it at all; there the end that the
 * link itself tells counts, by the clock of the server that refused: this computer's may be wrong.
 *
 * @param now milliseconds since 1970; used where the answer has no `Date`.
 */
export function judgeRefusal(answer: RefusedAnswer, now: number): Refusal {
  const { status, headers, text, linkEndsAt } = answer;
  if (status === 404 || status === 410) return { kind: "missing" };
  if (status >= 500 || busyStatuses.has(status)) return { kind: "busy", retryAfterMs: retryAfterMs(headers, now) };
  if (status < 400) return { kind: "unexpected" };
  const mayBeExpiry = status === 400 || status === 401 || status === 403;
  const over = linkEndsAt !== undefined && serverTime(headers, now) >= linkEndsAt;
  return mayBeExpiry && (over || expiredWords.test(text)) ? { kind: "expired" } : { kind: "refused" };
}

/** The beginning of a refusal's body, as far as it came; the rest is let go. */
export async function refusalText(body: Readable): Promise<string> {
  try {
    return (await new BodyIntake(body).beginning(refusalBytes)).toString();
  } catch {
    return "";
  } finally {
    body.destroy();
  }
}
