import { createHash } from "node:crypto";
import * as v from "valibot";
import type { SandboxCredentials } from "../credentials.ts";
import { json } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import type { Exchange } from "../http/apiServer.ts";

/** Both are documented and the same for all customers. */
const audience = "https://api.textreveal.com/";
const clientId = "2vlZbytm6YvS48bl0lH3Dcjxq87iXX4w";
const tokenSeconds = 86_400;

const grant = v.looseObject({
  grant_type: v.string(),
  username: v.string(),
  password: v.string(),
  audience: v.string(),
  client_id: v.string(),
});

/** Grants access tokens for the API key, and keeps track of them. */
export class TokenDesk {
  readonly #credentials: Pick<SandboxCredentials, "apiKey" | "accessToken">;
  readonly #ends = new Map<string, number>();
  #granted = 0;

  constructor(credentials: Pick<SandboxCredentials, "apiKey" | "accessToken">) {
    this.#credentials = credentials;
  }

  /** Whether a request has a granted token in `Authorization` that has not expired. */
  accepts(authorization: string | undefined): boolean {
    const [, token] = /^Bearer (.+)$/.exec(authorization ?? "") ?? [];
    if (token === undefined) return false;
    return token === this.#credentials.accessToken.token || (this.#ends.get(token) ?? 0) > Date.now();
  }

  /** Revokes all tokens that were granted for the API key. */
  revokeAll(): void {
    this.#ends.clear();
  }

  /** `POST /oauth/token`. The shape of errors is assumed to be the usual one of OAuth. */
  grant(exchange: Exchange): Answer {
    const answer = this.#answer(v.safeParse(grant, exchange.body));
    exchange.authorized = answer.status === 200;
    return answer;
  }

  #answer(asked: v.SafeParseResult<typeof grant>): Answer {
    if (!asked.success) return refusal(400, "invalid_request", "The request is not a password grant.");
    const { key, secret } = this.#credentials.apiKey;
    const { output } = asked;
    if (output.client_id !== clientId) return refusal(401, "invalid_client", "Unknown client.");
    if (output.grant_type !== "password") return refusal(403, "unauthorized_client", "Grant type not allowed.");
    if (output.audience !== audience) return refusal(403, "access_denied", "Service not found.");
    if (output.username !== key || output.password !== secret) {
      return refusal(403, "invalid_grant", "Wrong email or password.");
    }
    this.#granted += 1;
    const digits = createHash("sha256").update(`${secret} ${this.#granted}`).digest("hex").slice(0, 24);
    const token = `sandbox-granted-token-${this.#granted}-${digits}`;
    this.#ends.set(token, Date.now() + tokenSeconds * 1000);
    return json(200, { access_token: token, expires_in: tokenSeconds, token_type: "Bearer" });
  }
}

function refusal(status: number, error: string, description: string): Answer {
  return json(status, { error, error_description: description });
}
