import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { judgeRefusal, refusalText } from "../../../../src/download/transfer/refusal.ts";

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

describe("the text of a refusal", () => {
  const openBody = (): Readable => new Readable({ read: () => undefined });

  test("is read to its end", async () => {
    const body = Readable.from([Buffer.from("Request has "), Buffer.from("expired")]);
    assert.equal(await refusalText({ status: 403, body }), "Request has expired");
    assert.ok(body.destroyed);
  });

  test("is what arrived within five seconds, and then the connection is closed", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const body = openBody();
    const text = refusalText({ status: 403, body });
    body.push("Request has expired");
    await new Promise((resolve) => body.once("data", resolve));
    context.mock.timers.tick(4999);
    assert.ok(!body.destroyed);
    context.mock.timers.tick(1);
    assert.equal(await text, "Request has expired");
    assert.ok(body.destroyed);
  });

  test("is at most 16 KiB", async () => {
    const body = openBody();
    body.push(Buffer.alloc(500_000, "a"));
    assert.equal((await refusalText({ status: 403, body })).length, 16 * 1024);
    assert.ok(body.destroyed);
  });

  test("is not read if the status is clear enough", async () => {
    for (const status of [204, 304, 404, 410, 429, 503]) {
      const body = openBody();
      assert.equal(await refusalText({ status, body }), "");
      assert.ok(body.destroyed);
    }
  });

  test("leaves no timer behind", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const cleared = context.mock.method(globalThis, "clearTimeout");
    await refusalText({ status: 403, body: Readable.from([Buffer.from("Request has expired")]) });
    assert.equal(cleared.mock.callCount(), 1);
  });

  test("is empty if the connection fails", async () => {
    const body = openBody();
    const text = refusalText({ status: 403, body });
    body.destroy(new Error("reset"));
    assert.equal(await text, "");
  });
});
