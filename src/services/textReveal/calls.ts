import type { HttpClient } from "../../http/httpClient.ts";
import { callJson, type JsonReply } from "../../http/jsonCall.ts";
import type { AccountAccess, ServiceCall } from "../../model/contract.ts";
import type { ExportError } from "../../model/exportError.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import { readRefusal } from "../refusal.ts";
import { onceOnly, unexpectedAnswer, wrongCredentialKind } from "../serviceErrors.ts";
import { jsonCallOptions, type ServiceOptions } from "../serviceOptions.ts";
import { sentSecrets } from "../serviceWords.ts";
import { checkedAccessToken } from "./credentialForms.ts";
import { isRefusal, isSettled, isUnauthorized, label, readTextRevealRefusal } from "./errors.ts";
import { TokenStore } from "./token.ts";

export interface TextRevealReply {
  readonly reply: JsonReply;
  /** What was sent and must not appear in a message. */
  readonly secrets: readonly string[];
}

/** Sends a GET. `path` begins with a slash. */
export type Get = (access: AccountAccess, path: string, call: ServiceCall) => Promise<TextRevealReply>;
/** Sends a POST without a body, and not again after it may have had an effect. */
export type Post = (access: AccountAccess, url: string, call: ServiceCall) => Promise<TextRevealReply>;

/** The calls of the API, which share their tokens. */
export function createCalls(http: HttpClient, options: ServiceOptions): { readonly get: Get; readonly post: Post } {
  const tokens = new TokenStore(http, options);

  /**
   * Sends a request with a token, and again with a new token if the service rejects the first. A request that was rejected
   * for its token has had no effect, so this also goes for a POST.
   */
  async function send(access: AccountAccess, method: "GET" | "POST", url: string, call: ServiceCall) {
    const ask = async (token: string): Promise<TextRevealReply> => {
      const request = { url, method, headers: { authorization: `Bearer ${token}` }, isFinal: isSettled };
      const reply = await callJson(http, request, jsonCallOptions(options, call)).catch((error: unknown) => {
        throw method === "POST" ? onceOnly(error, label) : error;
      });
      return { reply, secrets: sentSecrets(access.credentials, token) };
    };
    const { credentials } = access;
    if (credentials.kind === "accessToken") return ask(checkedAccessToken(credentials).token);
    if (credentials.kind !== "apiKey") throw wrongCredentialKind(label);
    const token = await tokens.token(access, credentials, call);
    const first = await ask(token);
    return isUnauthorized(first.reply) ? ask(await tokens.token(access, credentials, call, token)) : first;
  }

  return {
    get: (access, path, call) => send(access, "GET", requireSafeEndpoint(access.account.endpoint) + path, call),
    post: (access, url, call) => send(access, "POST", url, call),
  };
}

/** The JSON value of a successful response. @throws ExportError what a refusal means, or `unexpectedResponse` */
export function acceptedValue(answer: TextRevealReply, taskId?: string): unknown {
  const { reply, secrets } = answer;
  if (isRefusal(reply)) throw readTextRevealRefusal(reply, taskId, secrets);
  if (reply.body.kind === "text") throw notUnderstood(answer);
  return reply.body.value;
}

/** The error for a response that is neither a refusal nor the requested data. */
export function notUnderstood({ reply, secrets }: TextRevealReply): ExportError {
  return unexpectedAnswer(label, readRefusal(reply, {}, secrets).details);
}
