import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FaultTally } from "../../../../src/download/transfer/faultTally.ts";

const host = "store.example";

describe("the faults of a store", () => {
  it("end a transfer at the second change of the file, even with progress in between", () => {
    const faults = new FaultTally();
    faults.changed(host);
    faults.progress();
    assert.throws(() => faults.changed(host), { code: "fileChanged" });
  });

  it("end a transfer at the second response with other bytes", () => {
    const faults = new FaultTally();
    faults.wrongAnswer(host, 206);
    faults.progress();
    assert.throws(() => faults.wrongAnswer(host, 206), { code: "unexpectedResponse" });
  });

  it("end a transfer at the second empty body", () => {
    const faults = new FaultTally();
    assert.equal(faults.emptyBody(host).code, "truncated");
    faults.progress();
    assert.throws(() => faults.emptyBody(host), { code: "truncated" });
  });

  it("end a transfer at the second body that can't be decoded, and say whether it was cut off", () => {
    const faults = new FaultTally();
    const first = faults.codingFailed(host, false);
    assert.notEqual(first.code, "truncated");
    faults.progress();
    assert.throws(() => faults.codingFailed(host, true), { code: "truncated" });
    const cutOff = new FaultTally().codingFailed(host, true);
    assert.equal(cutOff.code, "truncated");
  });

  it("end a transfer at the fourth expired URL in a row, with a pause from the second on", () => {
    const faults = new FaultTally();
    assert.deepEqual([faults.expired(host), faults.expired(host), faults.expired(host)], [false, true, true]);
    assert.throws(() => faults.expired(host), { code: "linkExpired" });
    faults.progress();
    assert.equal(faults.expired(host), false);
  });

  it("end a transfer at the second refusal in a row", () => {
    const faults = new FaultTally();
    faults.refused(host, 403);
    faults.progress();
    faults.refused(host, 403);
    assert.throws(
      () => faults.refused(host, 403),
      (error: Error & { details?: unknown; code?: unknown }) => {
        assert.equal(error.code, "storageRefused");
        assert.deepEqual(error.details, { host, status: 403 });
        return true;
      },
    );
  });
});
