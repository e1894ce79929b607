import type { Credentials, ExportService } from "../../model/contract.ts";

/**
 * Whether to ask for the URL that grants access tokens. An access token is used as it is, and a service at its default
 * URL grants tokens at its default token URL.
 */
export function needsTokenUrl(
  service: Pick<ExportService, "defaultEndpoint" | "defaultLoginEndpoint">,
  endpoint: string,
  kind: Credentials["kind"],
): boolean {
  return service.defaultLoginEndpoint !== undefined && endpoint !== service.defaultEndpoint && kind !== "accessToken";
}
