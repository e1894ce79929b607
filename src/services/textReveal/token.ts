import { type Clock, systemClock } from "../../http/clock.ts";
import type { HttpClient } from "../../http/httpClient.ts";
import { callJson } from "../../http/jsonCall.ts";
import type { AccountAccess, Credentials, ServiceCall } from "../../model/contract.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import { readRefusal } from "../refusal.ts";
import { unexpectedAnswer } from "../serviceErrors.ts";
import { jsonCallOptions, type ServiceOptions } from "../serviceOptions.ts";
import { SharedWork } from "../sharedWork.ts";
import { sentSecrets } from "../serviceWords.ts";
import { checkedApiKey } from "./credentialForms.ts";
import { isRefusal, isSettled, label, readLoginRefusal } from "./errors.ts";
import { parseToken } from "./wire.ts";

export const defaultLoginEndpoint = "https://login.textreveal.com/oauth/token";

/** Public, the same for every user of the API. */
const clientId = "2vlZbytm6YvS48bl0lH3Dcjxq87iXX4w";
const audience = "https://api.textreveal.com/";

/** A token is replaced this long before it expires, or after 90 % of its lifetime if that is later. */
const aheadMs = 5 * 60 * 1000;
/** Used if the response does not say how long a token is valid. */
const assumedLifetimeSeconds = 60 * 60;

type ApiKey = Extract<Credentials, { kind: "apiKey" }>;

interface Grant {
  readonly token: string;
  /** By this computer's clock. Only the time since the grant matters, so a wrong clock does no harm. */
  readonly freshUntil: number;
}

/** Tokens for API keys: requested when needed, kept in memory only, one request at a time per key. */
export class TokenStore {
  readonly #http: HttpClient;
  readonly #options: ServiceOptions;
  readonly #clock: Clock;
  readonly #grants = new Map<string, Grant>();
  readonly #running = new Map<string, SharedWork<Grant>>();

  constructor(http: HttpClient, options: ServiceOptions) {
    this.#http = http;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * A token that is valid for a while.
   *
   * @param refused a token that the service has just rejected and that must not be used again.
   * @throws ExportError `unauthorized` if key and secret are rejected; otherwise errors of the network and the login.
   */
  async token(access: AccountAccess, key: ApiKey, call: ServiceCall, refused?: string): Promise<string> {
    const login = requireSafeEndpoint(access.account.loginEndpoint ?? defaultLoginEndpoint);
    const name = JSON.stringify([login, key.key, key.secret]);
    const known = this.#grants.get(name);
    if (known !== undefined && known.token !== refused && this.#clock.now() < known.freshUntil) return known.token;
    let running = this.#running.get(name);
    if (running === undefined || running.isAbandoned) {
      running = new SharedWork((shared) => this.#grant(login, key, shared));
      this.#running.set(name, running);
    }
    const work = running;
    try {
      const grant = await work.join(call);
      this.#keep(name, grant);
      return grant.token;
    } finally {
      if (work.isAbandoned && this.#running.get(name) === work) this.#running.delete(name);
    }
  }

  async #grant(login: string, credentials: ApiKey, call: ServiceCall): Promise<Grant> {
    const { key, secret } = checkedApiKey(credentials);
    const secrets = sentSecrets(credentials);
    const body = { grant_type: "password", username: key, password: secret, audience, client_id: clientId };
    // Requesting a token twice does no harm, so the request may be repeated.
    const request = { url: login, method: "POST" as const, body, repeatable: true, isFinal: isSettled };
    const reply = await callJson(this.#http, request, jsonCallOptions(this.#options, call));
    if (isRefusal(reply)) throw readLoginRefusal(reply, secrets);
    const granted = reply.body.kind === "json" ? parseToken(reply.body.value) : undefined;
    if (granted === undefined) throw unexpectedAnswer(label, readRefusal(reply, {}, secrets).details);
    const lifetimeMs = (granted.lifetimeSeconds ?? assumedLifetimeSeconds) * 1000;
    const freshUntil = this.#clock.now() + lifetimeMs - Math.min(aheadMs, lifetimeMs / 10);
    return { token: granted.token, freshUntil };
  }

  #keep(name: string, grant: Grant): void {
    const now = this.#clock.now();
    for (const [other, { freshUntil }] of this.#grants) if (freshUntil <= now) this.#grants.delete(other);
    this.#grants.set(name, grant);
  }
}
