import type { IncomingHttpHeaders } from "node:http";
import type { SandboxCredentials } from "../credentials.ts";
import type { Answer } from "../http/answer.ts";
import { conditions, errorAnswer } from "./errorAnswers.ts";

/**
 * Accepts a privileged token, or the three headers of an admin session of the right chain. Otherwise responds with 401.
 */
export function refuseSpaaza(
  headers: IncomingHttpHeaders,
  { privileged, admin }: Pick<SandboxCredentials, "privileged" | "admin">,
): Answer | undefined {
  const byToken = headers.authorization === `Bearer ${privileged.tokenId}:${privileged.tokenSecret}`;
  const bySession =
    headers["x-spaaza-session-user-id"] === admin.userId &&
    headers["x-spaaza-session-key"] === admin.sessionKey &&
    headers["x-spaaza-session-chain-id"] === admin.chainId;
  return byToken || bySession ? undefined : errorAnswer(conditions.unauthorized);
}
