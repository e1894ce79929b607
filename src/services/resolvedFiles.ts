import type { HttpHeaders } from "../http/httpClient.ts";
import { serverTime } from "../http/retryAfter.ts";
import type { ResolvedFile } from "../model/contract.ts";
import type { ErrorDetails } from "../model/exportError.ts";
import { isPrivateHost, isSafeTransport } from "../model/hostRules.ts";
import { expiryOf, fileNameOf } from "../model/signedUrl.ts";
import { noResultFile, privateLink, unusableLink } from "./serviceErrors.ts";

/** The answer that the links came in. */
export interface LinkAnswer {
  /** The service's name, for messages. */
  readonly service: string;
  /** The account's own base URL. */
  readonly endpoint: string;
  readonly taskId: string;
  readonly headers: HttpHeaders;
  readonly details: ErrorDetails;
  /** Milliseconds since 1970, used where the answer has no `Date`. */
  readonly now: number;
  /** How long the service's links live where they do not tell themselves. */
  readonly lifetimeMs: number;
}

/**
 * The files behind a service's links, once every link is one that may be followed.
 *
 * @throws ExportError `noResultFile` for no links; `unexpectedResponse` for one that is no URL, would send the file
 * over an open line, or leads from a public service into a private network.
 */
export function resolvedFiles(links: readonly string[], answer: LinkAnswer): ResolvedFile[] {
  if (links.length === 0) throw noResultFile(answer.taskId, answer.details);
  return links.map((link, index) => {
    const url = usableLink(link.trim(), answer);
    const expiry = expiryOf(url) ?? new Date(serverTime(answer.headers, answer.now) + answer.lifetimeMs);
    const name = fileNameOf(url);
    return {
      index,
      name: name === "" ? `export-${answer.taskId}${links.length > 1 ? `-${index + 1}` : ""}` : name,
      url,
      expiresAt: expiry.toISOString(),
    };
  });
}

/** The link as it came: writing it anew could change what is signed. */
function usableLink(link: string, { service, endpoint, details }: LinkAnswer): string {
  if (!URL.canParse(link)) throw unusableLink(service, details);
  const url = new URL(link);
  if (!isSafeTransport(url)) throw unusableLink(service, details);
  if (isPrivateHost(url.hostname) && !isPrivateHost(new URL(endpoint).hostname)) throw privateLink(service, details);
  return link;
}
