import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonReply } from "../../../src/http/jsonCall.ts";
import { readRefusal } from "../../../src/services/refusal.ts";

function reply(some: Partial<JsonReply> = {}): JsonReply {
  return { status: 400, headers: {}, host: "service.example", body: { kind: "json", value: {} }, ...some };
}

describe("what is read from a refusal", () => {
  it("is the status and the host, and nothing that the service didn't send", () => {
    assert.deepEqual(readRefusal(reply(), {}, []), {
      status: 400,
      isPage: false,
      sentences: [],
      details: { status: 400, host: "service.example" },
    });
  });

  it("is what the service says, in every field", () => {
    const errors = [{ field: "from", reason: "range", message: "Too early." }, { message: "Only words." }];
    const own = { serviceCode: "E7", reason: "invalid", errors };
    const { details } = readRefusal(reply({ status: 429, retryAfterMs: 5000 }), own, []);
    assert.deepEqual(details, { status: 429, host: "service.example", ...own, retryAfterMs: 5000 });
    assert.equal(readRefusal(reply(), { serviceCode: 0 }, []).details.serviceCode, 0);
  });

  it("includes no empty list of problems", () => {
    assert.ok(!("errors" in readRefusal(reply(), { errors: [] }, []).details));
  });

  it("shows none of the secrets that were sent, wherever the service repeats them", () => {
    const secret = "planted7x";
    const text = `a ${secret} b`;
    const own = { serviceCode: text, reason: text, errors: [{ field: text, reason: text, message: text }] };
    const headers = { "x-request-id": secret };
    const value = { message: text };
    const refusal = readRefusal(reply({ headers, body: { kind: "json", value } }), own, [secret]);
    assert.doesNotMatch(JSON.stringify(refusal), /planted7x/);
    assert.deepEqual(refusal.sentences, ["a … b"]);
    assert.deepEqual(refusal.details.errors, [{ field: "a … b", reason: "a … b", message: "a … b" }]);
  });

  it("says whether the body is a web page instead of data", () => {
    assert.equal(readRefusal(reply({ body: { kind: "text", text: " <html>" } }), {}, []).isPage, true);
    assert.equal(readRefusal(reply({ body: { kind: "text", text: "No." } }), {}, []).isPage, false);
    assert.equal(readRefusal(reply({ body: { kind: "json", value: "<html>" } }), {}, []).isPage, false);
  });

  describe("as the request's ID", () => {
    const idFrom = (headers: Record<string, string>): string | undefined =>
      readRefusal(reply({ headers }), {}, []).details.requestId;

    for (const name of [
      "x-request-id",
      "request-id",
      "x-correlation-id",
      "x-amzn-requestid",
      "x-amz-request-id",
      "x-trace-id",
      "cf-ray",
    ]) {
      it(`is the header ${name}`, () => assert.equal(idFrom({ [name]: "a-7.b:c=d+e/f_g" }), "a-7.b:c=d+e/f_g"));
    }

    it("is the first of several", () => assert.equal(idFrom({ "cf-ray": "second", "x-request-id": "first" }), "first"));

    it("is ignored if it has another form or is too long", () => {
      for (const id of ["", "two words", "<b>", "a\tb", "ü", "a".repeat(101)]) {
        assert.equal(idFrom({ "x-request-id": id }), undefined, id);
      }
      assert.equal(idFrom({ "x-request-id": "a".repeat(100) })?.length, 100);
    });
  });
});
