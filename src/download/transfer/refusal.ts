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
/** Words that stores use for an expired URL, with status 400, 401 or 403. */
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
  const mayBeExpiry = status === 400 || status === 401 || status === 403;
  const over = linkExpiresAt !== undefined && serverTime(headers, now) >= linkExpiresAt;
  return mayBeExpiry && (over || expiredWords.test(text)) ? { kind: "expired" } : { kind: "refused" };
}

/** The beginning of a refusal's body. The rest is not read. */
export async function refusalText(body: Readable): Promise<string> {
  try {
    return (await new BodyIntake(body).beginning(refusalBytes)).toString();
  } catch {
    return "";
  } finally {
    body.destroy();
  }
}
