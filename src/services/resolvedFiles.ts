import type { HttpHeaders } from "../http/httpClient.ts";
import { serverTime } from "../http/retryAfter.ts";
import type { ResolvedFile } from "../model/contract.ts";
import type { ErrorDetails } from "../model/exportError.ts";
import { isPrivateHost, isSafeTransport } from "../model/hostRules.ts";
import { expiryOf, fileNameOf } from "../model/signedUrl.ts";
import { mapInSlices } from "../model/slices.ts";
import { limitFiles } from "./answerLimits.ts";
import { noResultFile, privateLink, unusableLink } from "./serviceErrors.ts";
import { isOneLine } from "./wireFields.ts";

/** In characters. Stores accept about 16,000, and parsing the longest response as one URL takes seconds. */
export const longestLink = 65_536;

/** The response that contains the links. */
export interface LinkAnswer {
  /** The service's name, for messages. */
  readonly service: string;
  /** The account's own base URL. */
  readonly endpoint: string;
  readonly taskId: string;
  readonly headers: HttpHeaders;
  readonly details: ErrorDetails;
  /** Milliseconds since 1970, used if the response has no `Date`. */
  readonly now: number;
  /** How long the service's links are valid if they do not say so themselves. */
  readonly lifetimeMs: number;
  readonly signal: AbortSignal;
}

/**
 * Checks a service's links and turns them into files.
 *
 * @throws ExportError `noResultFile` if there are none; `unexpectedResponse` if one is not a URL, is not encrypted, or
 * leads from a public service into a private network, or if there are too many.
 */
export async function resolvedFiles(links: readonly string[], answer: LinkAnswer): Promise<ResolvedFile[]> {
  if (links.length === 0) throw noResultFile(answer.taskId, answer.details);
  limitFiles(answer.service, links.length, answer.details);
  const toFile = (link: string, index: number): ResolvedFile => {
    const url = usableLink(link.trim(), answer);
    const expiry = expiryOf(url) ?? new Date(serverTime(answer.headers, answer.now) + answer.lifetimeMs);
    const name = fileNameOf(url);
    return {
      index,
      name: name === "" ? `export-${answer.taskId}${links.length > 1 ? `-${index + 1}` : ""}` : name,
      url,
      expiresAt: expiry.toISOString(),
    };
  };
  return mapInSlices(links, toFile, answer.signal);
}

/** Returns the link unchanged: parsing and printing it could change what is signed. */
function usableLink(link: string, { service, endpoint, details }: LinkAnswer): string {
  if (link.length > longestLink || !isOneLine(link) || !URL.canParse(link)) throw unusableLink(service, details);
  const url = new URL(link);
  if (!isSafeTransport(url)) throw unusableLink(service, details);
  if (isPrivateHost(url.hostname) && !isPrivateHost(new URL(endpoint).hostname)) throw privateLink(service, details);
  return link;
}
