import assert from "node:assert/strict";
import type { HttpClient } from "../../../src/http/httpClient.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import type { AccountAccess, Credentials, ServiceCall } from "../../../src/model/contract.ts";
import { ExportError } from "../../../src/model/exportError.ts";

/** A call that nobody cancels. */
export const call: ServiceCall = { signal: new AbortController().signal };

export function quickHttp(): HttpClient {
  return createHttpClient(() => ({ connectTimeoutMs: 2000, stallTimeoutMs: 2000 }));
}

export function accessTo(
  service: string,
  endpoint: string,
  credentials: Credentials,
  loginEndpoint?: string,
): AccountAccess {
  const account = { id: "account-1", service, label: "Test", endpoint };
  return { account: loginEndpoint === undefined ? account : { ...account, loginEndpoint }, credentials };
}

/** What must never come back in an error: the values of the credentials that a test uses. */
export function plantedIn(credentials: Credentials): string[] {
  return Object.entries(credentials).flatMap(([name, value]) =>
    name !== "kind" && typeof value === "string" && value.length >= 6 ? [value] : [],
  );
}

/** The error of a call that must fail, after a look for secrets in all that it holds. */
export async function failure(work: Promise<unknown>, planted: readonly string[]): Promise<ExportError> {
  const error: unknown = await work.then(
    () => assert.fail("It should have failed"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ExportError, String(error));
  assertHoldsNone(error, planted);
  return error;
}

/** Looks through an error and everything that it was caused by. */
function assertHoldsNone(error: Error, planted: readonly string[]): void {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const all = [current.message, current.stack, JSON.stringify(current), JSON.stringify(Object.entries(current))].join(
      "\n",
    );
    for (const secret of planted) assert.ok(!all.includes(secret), `A secret is in: ${current.message}`);
    assert.doesNotMatch(all, /[?&](sig|X-Amz-Signature|Signature)=/i);
    assert.doesNotMatch(`${current.message} ${JSON.stringify(current)}`, /bearer [^…*"]/i);
  }
}
