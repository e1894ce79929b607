import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { judgeRefusal } from "../../../../src/download/transfer/refusal.ts";

const date = "Wed, 01 Jan 2020 12:00:00 GMT";
const serverNow = Date.parse(date);
/** This computer believes in another year. */
const wrongNow = Date.parse("2031-01-01T00:00:00Z");

function kindOf(status: number, text = "", endsAt?: number): string {
  return judgeRefusal({ status, headers: { date }, text, linkExpiresAt: endsAt }, wrongNow).kind;
}

describe("what a refusal means", () => {
  for (const status of [400, 401, 403]) {
    test(`${status} means expired after the URL's own expiry and refused before it, by the server's clock`, () => {
      assert.equal(kindOf(status, "", serverNow), "expired");
      assert.equal(kindOf(status, "", serverNow - 1), "expired");
      assert.equal(kindOf(status, "", serverNow + 1), "refused");
      assert.equal(kindOf(status), "refused");
    });
  }

  test("this computer's clock is used if the server doesn't send its time", () => {
    const answer = { status: 403, headers: {}, text: "", linkExpiresAt: serverNow };
    assert.equal(judgeRefusal(answer, serverNow).kind, "expired");
    assert.equal(judgeRefusal(answer, serverNow - 1).kind, "refused");
  });

  test("words about expiry matter only with status 400, 401 and 403", () => {
    assert.equal(kindOf(403, "<Message>Request has expired</Message>"), "expired");
    assert.equal(kindOf(400, "<Code>ExpiredToken</Code>"), "expired");
    assert.equal(kindOf(404, "<Message>Request has expired</Message>"), "missing");
    assert.equal(kindOf(409, "<Message>Request has expired</Message>"), "refused");
  });

  test("a wrong signature does not mean expired", () => {
    assert.equal(kindOf(403, "<Code>SignatureDoesNotMatch</Code>"), "refused");
    assert.equal(kindOf(403, "<Code>AuthenticationFailed</Code>Signature did not match."), "refused");
  });

  test("404 and 410 mean that the file is gone", () =>
    assert.deepEqual([kindOf(404), kindOf(410)], ["missing", "missing"]));

  test("temporary problems are recognized, with the time to wait that the store asks for", () => {
    for (const status of [408, 425, 429, 500, 502, 503, 504, 520]) assert.equal(kindOf(status), "busy");
    const asked = judgeRefusal({ status: 503, headers: { "retry-after": "7" }, text: "", linkExpiresAt: undefined }, 0);
    assert.deepEqual(asked, { kind: "busy", retryAfterMs: 7000 });
  });

  test("anything that is neither a file nor a refusal is unexpected", () => {
    for (const status of [204, 205, 300, 304]) assert.equal(kindOf(status), "unexpected");
  });
});
