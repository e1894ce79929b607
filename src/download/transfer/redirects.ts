import type { HttpAnswer, HttpClient, HttpRequest } from "../../http/httpClient.ts";
import { isPrivateHost, isSafeTransport } from "../../model/hostRules.ts";
import { insecureRedirect, linkNotAllowed, redirectsNowhere } from "../errors/downloadErrors.ts";

const mostRedirects = 5;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export interface FollowOptions {
  /** Whether files may come from this computer or a private network, as for an account whose base URL is there. */
  readonly allowPrivateHosts: boolean;
  /** Called before each request that is sent. */
  readonly onRequest: () => void;
}

export interface FollowedAnswer extends HttpAnswer {
  /** Host and port of the final response. */
  readonly host: string;
}

/**
 * Sends a request and follows up to five redirects. The request contains no credentials, so none can reach another
 * host. Each address must follow the same rules: https anywhere; http only on this computer and never after https;
 * private hosts only if allowed.
 *
 * @throws ExportError `unexpectedResponse` for an address that breaks a rule, or for too many redirects; what
 * `HttpClient.send` throws.
 */
export async function sendFollowing(
  http: HttpClient,
  request: HttpRequest,
  options: FollowOptions,
): Promise<FollowedAnswer> {
  let url = allowedAddress(request.url, options);
  for (let followed = 0; followed <= mostRedirects; followed += 1) {
    options.onRequest();
    const { status, headers, body } = await http.send({ ...request, url: url.href });
    if (!redirectStatuses.has(status)) return { status, headers, body, host: url.host };
    body.destroy();
    const { location } = headers;
    if (location === undefined || !URL.canParse(location, url.href)) throw redirectsNowhere(url.host);
    const next = new URL(location, url);
    if (url.protocol === "https:" && next.protocol === "http:") throw insecureRedirect(next.host);
    url = allowedAddress(next.href, options);
  }
  throw redirectsNowhere(url.host);
}

function allowedAddress(text: string, { allowPrivateHosts }: FollowOptions): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") throw linkNotAllowed(undefined);
  if (!isSafeTransport(url) || url.username !== "" || url.password !== "") throw linkNotAllowed(url.host);
  if (!allowPrivateHosts && isPrivateHost(url.hostname)) throw linkNotAllowed(url.host);
  return url;
}
