import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createDraft, isComplete, toCreateRequest } from "../../../src/model/createRequest.ts";
import { readRequest } from "../../../src/model/readRequest.ts";
import { ruleKind } from "../../../src/model/segmentShapes.ts";

const read = (given: unknown) => readRequest(createDraft, given, "request");
const spaaza = { id: "a1", service: "spaaza" };
const textReveal = { id: "a2", service: "textreveal" };
const rule = { field_name: "country", operator: "is", value: "NL" };
const segment = { entity: "people", index: "users", join: "all", rules: [rule] };
const whole = { index: "users", format: "csv", description: "x" };

describe("A request to create an export", () => {
  it("reads each field once, also those of a segment's rules", () => {
    const reads: string[] = [];
    const watched = (object: object, path: string): object =>
      new Proxy(object, {
        get(target, key, receiver) {
          if (typeof key === "string") reads.push(`${path}.${key}`);
          return Reflect.get(target, key, receiver) as unknown;
        },
      });
    const given = watched(
      { ...whole, segment: watched({ ...segment, rules: [watched(rule, "rule")] }, "segment") },
      "r",
    );
    assert.deepEqual(read(given).segment, segment);
    for (const name of new Set(reads)) assert.equal(reads.filter((each) => each === name).length, 1, name);
  });

  it("has its time in UTC, and its texts without spaces around them", () => {
    const { runAt, description } = read({ runAt: "2026-01-31T10:00:00+02:00", description: " x " });
    assert.deepEqual([runAt, description], ["2026-01-31T08:00:00.000Z", "x"]);
  });

  it("names the field that is wrong", () => {
    for (const [given, message] of [
      [{ segment: { ...segment, rules: [{ ...rule, value: {} }] } }, /segment\.rules\.0\.value/],
      [{ segment: { ...segment, rules: [{ ...rule, operator: "like" }] } }, /segment\.rules\.0\.operator/],
      [{ segment: { ...segment, rules: Array.from({ length: 101 }, () => rule) } }, /segment\.rules/],
      [{ filters: { sector: ["x"] } }, /doesn't document/],
      [{ filters: { constructor: ["x"] } }, /filters/],
      [{ filters: JSON.parse('{"__proto__":["x"]}') as object }, /filters/],
      [{ runAt: "soon" }, /runAt/],
      [{ runAt: "12" }, /runAt/],
      [{ runAt: "2026-02-30T10:00:00Z" }, /runAt/],
      [{ runAt: "31 Jan 2026" }, /runAt/],
      [{ chainId: "12a" }, /chainId/],
    ] as const) {
      assert.throws(() => read(given), { code: "invalidRequest", message });
    }
  });

  it("contains only what belongs to the service of its account", () => {
    const draft = read({ ...whole, universeId: "u", order: "name:asc" });
    assert.deepEqual(toCreateRequest(draft, spaaza), { accountId: "a1", service: "spaaza", ...whole });
    assert.deepEqual(toCreateRequest(draft, textReveal), {
      accountId: "a2",
      service: "textreveal",
      universeId: "u",
      order: "name:asc",
    });
    const other = toCreateRequest(read({ values: { a: "1" } }), { id: "a3", service: "third" });
    assert.deepEqual(other, { accountId: "a3", service: "third", values: { a: "1" } });
  });

  it("says what is missing or doesn't fit together", () => {
    for (const [given, account, message] of [
      [{ ...whole, service: "textreveal" }, spaaza, /another service/],
      [{ format: "csv", description: "x" }, spaaza, /^index is missing/],
      [{ ...whole, segment, segmentId: "1" }, spaaza, /either segmentId or segment/],
      [{ ...whole, index: "vouchers", segment }, spaaza, /segment is for users/],
      [{}, textReveal, /^universeId is missing/],
    ] as const) {
      assert.throws(() => toCreateRequest(read(given), account), { code: "invalidRequest", message });
    }
  });

  it("is complete if nothing has to be asked for", () => {
    assert.ok(isComplete(read(whole), "spaaza"));
    assert.ok(!isComplete(read({ index: "users", format: "csv" }), "spaaza"));
    assert.ok(isComplete(read({ universeId: "u" }), "textreveal"));
    assert.ok(!isComplete(read({}), "textreveal"));
    assert.ok(isComplete(read({ values: {} }), "third"));
    assert.ok(!isComplete(read({}), "third"));
  });
});

describe("A rule of a segment", () => {
  it("has the values of its operator", () => {
    const kinds = ["is", "does_not_contain", "is_date", "is_after_date", "is_before_date", "is_between_date"];
    assert.deepEqual(kinds.map(ruleKind), ["value", "value", "dateValue", "after", "before", "between"]);
    assert.deepEqual(["relative_less_than", "is_between_number"].map(ruleKind), ["relative", "range"]);
    assert.deepEqual(["like", "relative_", 5, undefined].map(ruleKind), [undefined, undefined, undefined, undefined]);
  });
});
