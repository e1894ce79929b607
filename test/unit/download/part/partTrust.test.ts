import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { PartBeginning } from "../../../../src/download/part/partFile.ts";
import { PartTrust } from "../../../../src/download/part/partTrust.ts";
import { openPart, partWith } from "./openPart.ts";

const checksums: PartBeginning["checksums"] = [{ algorithm: "md5", value: "00" }];
const lastModified = "Sat, 31 Jan 2026 12:00:00 GMT";

async function trusting(context: TestContext, bytes: number, beginning: Partial<PartBeginning> = {}) {
  return new PartTrust(await partWith(context, bytes, beginning));
}

describe("how many bytes of a part a range can continue", () => {
  it("are none of a part that was never begun", async (context) => {
    const trust = new PartTrust(await openPart(context));
    assert.equal(trust.usableLength, 0);
    assert.deepEqual(trust.restRequest(), { from: 0, have: 0, known: undefined, hasChecksum: false, headers: {} });
  });

  it("are none of a part that is too short to be compared", async (context) => {
    assert.equal((await trusting(context, 1024)).usableLength, 0);
    assert.equal((await trusting(context, 1025)).usableLength, 1025);
  });

  it("are none of a part that contains decoded bytes", async (context) =>
    assert.equal((await trusting(context, 5000, { decoded: true, checksums })).usableLength, 0));

  it("are none if nothing can prove that a response has the same version", async (context) => {
    assert.equal((await trusting(context, 5000, { identity: {} })).usableLength, 0);
    assert.equal((await trusting(context, 5000, { identity: { etag: 'W/"v1"' } })).usableLength, 0);
    assert.equal((await trusting(context, 5000, { identity: { lastModified } })).usableLength, 0);
  });

  it("are all if a checksum of the file will prove it", async (context) =>
    assert.equal((await trusting(context, 5000, { identity: {}, checksums })).usableLength, 5000));

  it("are none once a range didn't say of which version it is, unless there is a checksum", async (context) => {
    const trust = await trusting(context, 5000);
    trust.distrustRanges();
    assert.equal(trust.usableLength, 0);
    const withChecksum = await trusting(context, 5000, { checksums });
    withChecksum.distrustRanges();
    assert.equal(withChecksum.usableLength, 5000);
  });

  it("are none once the bytes turned out to be wrong, until the part starts over", async (context) => {
    const trust = await trusting(context, 5000);
    trust.forget();
    assert.equal(trust.usableLength, 0);
    trust.startedOver();
    assert.equal(trust.usableLength, 5000);
  });
});

describe("the length of the file that a part belongs to", () => {
  const identity = { etag: '"v1"', total: 9000 };

  it("is certain only after a response of this run had the same version", async (context) => {
    const trust = await trusting(context, 5000, { identity });
    assert.deepEqual([trust.isConfirmed, trust.confirmedTotal], [false, undefined]);
    trust.confirm();
    assert.deepEqual([trust.isConfirmed, trust.confirmedTotal], [true, 9000]);
  });

  it("is not certain if the bytes turned out to be wrong, but again when the part starts over", async (context) => {
    const trust = await trusting(context, 5000, { identity });
    trust.confirm();
    trust.forget();
    assert.deepEqual([trust.isConfirmed, trust.confirmedTotal], [true, undefined]);
    trust.startedOver();
    assert.equal(trust.confirmedTotal, 9000);
  });

  it("is certain when a new part is started from a response", async (context) => {
    const trust = await trusting(context, 5000, { identity });
    trust.startedOver();
    assert.deepEqual([trust.isConfirmed, trust.confirmedTotal], [true, 9000]);
  });

  it("is unknown if there is no part", async (context) => {
    const trust = new PartTrust(await openPart(context));
    trust.confirm();
    assert.equal(trust.confirmedTotal, undefined);
  });
});

describe("the request for the rest of a file", () => {
  it("overlaps with the part by 1 KiB, so that bytes can be compared", async (context) => {
    const identity = { etag: '"v1"', total: 9000 };
    assert.deepEqual((await trusting(context, 5000, { identity })).restRequest(), {
      from: 5000 - 1024,
      have: 5000,
      known: identity,
      hasChecksum: false,
      headers: { range: "bytes=3976-", "if-range": '"v1"' },
    });
  });

  it("begins after the part if this run has confirmed a strong ETag", async (context) => {
    const trust = await trusting(context, 5000);
    trust.confirm();
    assert.deepEqual(trust.restRequest().headers, { range: "bytes=5000-", "if-range": '"v1"' });
  });

  it("overlaps again once the store doesn't confirm that ETag", async (context) => {
    const trust = await trusting(context, 5000);
    trust.confirm();
    trust.askOverlap();
    assert.equal(trust.restRequest().from, 5000 - 1024);
  });

  it("overlaps if only the date names the version, even if it was confirmed", async (context) => {
    const trust = await trusting(context, 5000, { identity: { lastModified, lastModifiedIsStrong: true } });
    trust.confirm();
    assert.deepEqual(trust.restRequest().headers, { range: "bytes=3976-", "if-range": lastModified });
  });

  it("has no condition if nothing is strong enough to be one", async (context) => {
    const request = (await trusting(context, 5000, { identity: { etag: 'W/"v1"' }, checksums })).restRequest();
    assert.deepEqual(request.headers, { range: "bytes=3976-" });
    assert.equal(request.hasChecksum, true);
  });

  it("is for the whole file, of any version, if no byte is usable", async (context) => {
    const trust = await trusting(context, 5000);
    trust.forget();
    assert.deepEqual(trust.restRequest(), { from: 0, have: 0, known: undefined, hasChecksum: false, headers: {} });
  });
});
