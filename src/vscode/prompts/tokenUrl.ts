import type { Credentials, ExportService } from "../../model/contract.ts";

/**
 * Whether to ask for the URL that grants access tokens. Not needed for an access token, or if the service has its
 * default base URL, which goes with the default token URL.
 */
export function needsTokenUrl(
  service: Pick<ExportService, "defaultEndpoint" | "defaultLoginEndpoint">,
  endpoint: string,
  kind: Credentials["kind"],
): boolean {
  return service.defaultLoginEndpoint !== undefined && endpoint !== service.defaultEndpoint && kind !== "accessToken";
}
