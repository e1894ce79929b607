import assert from "node:assert/strict";
import type { NetworkSettings } from "../../../src/http/httpClient.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import { ExportError } from "../../../src/model/exportError.ts";

const usual: NetworkSettings = { connectTimeoutMs: 3000, stallTimeoutMs: 3000 };

/** The text at an address, asked for by a client of its own with a planted credential. */
export async function fetchText(url: string, network: Partial<NetworkSettings> = {}): Promise<string> {
  const http = createHttpClient(() => ({ ...usual, ...network }));
  try {
    const headers = { authorization: "Bearer planted" };
    const { body } = await http.send({ url: `${url}?sig=planted`, headers, signal: new AbortController().signal });
    return Buffer.concat((await body.toArray()) as Buffer[]).toString();
  } finally {
    await http.close();
  }
}

/** The error instead; none of what was planted may be in it. */
export async function fetchFailure(url: string, network: Partial<NetworkSettings> = {}): Promise<ExportError> {
  const error: unknown = await fetchText(url, network).then(
    () => assert.fail("It should have failed"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ExportError, String(error));
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    assert.doesNotMatch(`${cause.stack ?? ""} ${cause.message} ${JSON.stringify(cause)}`, /planted/);
  }
  return error;
}
