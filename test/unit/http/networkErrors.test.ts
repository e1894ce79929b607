import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fromNetwork, type RequestPhase } from "../../../src/http/networkErrors.ts";

const phase: RequestPhase = { host: "files.example.test", viaProxy: false, connected: false, answered: false };
const connected = { ...phase, connected: true };
const answered = { ...connected, answered: true };
const behindProxy = { ...phase, viaProxy: true };

function coded(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

const table: [code: string, phase: RequestPhase, expected: string][] = [
  ["ENOTFOUND", phase, "offline"],
  ["EAI_AGAIN", phase, "offline"],
  ["ECONNREFUSED", phase, "offline"],
  ["EHOSTUNREACH", phase, "offline"],
  ["ENETUNREACH", phase, "offline"],
  ["ECONNRESET", connected, "offline"],
  ["EPIPE", connected, "offline"],
  ["UND_ERR_SOCKET", answered, "offline"],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", answered, "offline"],
  ["UND_ERR_CONNECT_TIMEOUT", phase, "timeout"],
  ["ETIMEDOUT", phase, "timeout"],
  ["UND_ERR_HEADERS_TIMEOUT", connected, "timeout"],
  ["UND_ERR_BODY_TIMEOUT", answered, "timeout"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", phase, "tls"],
  ["SELF_SIGNED_CERT_IN_CHAIN", phase, "tls"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", phase, "tls"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", phase, "tls"],
  ["CERT_HAS_EXPIRED", phase, "tls"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", phase, "tls"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", phase, "tls"],
  ["EPROTO", phase, "tls"],
  ["UND_ERR_PRX_TLS", behindProxy, "tls"],
  ["SELF_SIGNED_CERT_IN_CHAIN", behindProxy, "tls"],
  ["ECONNREFUSED", behindProxy, "proxy"],
  ["ENOTFOUND", behindProxy, "proxy"],
  ["UND_ERR_CONNECT_TIMEOUT", behindProxy, "proxy"],
  ["ECONNRESET", { ...connected, viaProxy: true }, "offline"],
  ["UND_ERR_DESTROYED", phase, "cancelled"],
  ["UND_ERR_CLOSED", phase, "cancelled"],
  ["UND_ERR_INVALID_ARG", phase, "invalidRequest"],
  ["UND_ERR_HEADERS_OVERFLOW", connected, "unexpectedResponse"],
];

describe("a network error", () => {
  for (const [code, where, expected] of table) {
    const place = `${where.viaProxy ? "through a proxy, " : ""}${where.connected ? "connected" : "not connected"}`;
    it(`${code} (${place}) is ${expected}`, () => assert.equal(fromNetwork(coded(code), where).code, expected));
  }

  it("of several addresses has the code of the first one", () => {
    const error = fromNetwork(new AggregateError([coded("ENETUNREACH"), coded("ECONNREFUSED")]), phase);
    assert.deepEqual([error.code, (error.cause as { code?: string }).code], ["offline", "ENETUNREACH"]);
  });

  it("contains no address in its cause", () => {
    const error = fromNetwork(
      coded("EWHATEVER", "failed for https://u:p@host/a/b?sig=planted and ?token=planted"),
      phase,
    );
    assert.doesNotMatch(`${String(error.cause)} ${JSON.stringify(error.cause)}`, /planted|host\/a/);
  });

  it("has a cause with the rest of the text, up to 200 characters", () => {
    const causeOf = (text: string): string => (fromNetwork(coded("EWHATEVER", text), phase).cause as Error).message;
    const message = causeOf("failed for https://host/a?b=1 and /c?d=2 now");
    assert.match(message, /failed for … and \/c… now$/);
    assert.ok(causeOf("x".repeat(300)).endsWith("x".repeat(200)));
    assert.ok(!causeOf("x".repeat(300)).endsWith("x".repeat(201)));
  });

  it("of TLS names the setting for a company's certificates if that can help", () => {
    for (const [code, expected] of [
      ["SELF_SIGNED_CERT_IN_CHAIN", /taskExports\.network\.caFile/],
      ["ERR_TLS_CERT_ALTNAME_INVALID", /belongs to another host/],
      ["CERT_HAS_EXPIRED", /has expired or is not valid yet/],
    ] as const) {
      assert.match(fromNetwork(coded(code), phase).message, expected);
    }
  });

  it("of TLS never suggests turning off the checks", () => {
    for (const code of ["SELF_SIGNED_CERT_IN_CHAIN", "ERR_TLS_CERT_ALTNAME_INVALID", "CERT_HAS_EXPIRED"]) {
      assert.doesNotMatch(fromNetwork(coded(code), phase).message, /rejectUnauthorized|strictSSL|NODE_TLS/i);
    }
  });
});

describe("a timeout", () => {
  it("names the setting for connecting or the one for stalled transfers, depending on when it happens", () => {
    const before = fromNetwork(coded("ETIMEDOUT"), phase);
    const after = fromNetwork(coded("ETIMEDOUT"), connected);
    assert.match(before.message, /connectTimeoutSeconds/);
    assert.match(after.message, /stallTimeoutSeconds/);
  });
});
