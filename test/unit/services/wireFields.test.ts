import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as v from "valibot";
import { anyList, firstOf, isOneLine, maybe, moment, taskIdText, words } from "../../../src/services/wireFields.ts";

describe("a field of a service's response", () => {
  it("is ignored if it is missing or has another type", () => {
    const shape = v.object({ name: maybe(v.string()) });
    assert.deepEqual(v.parse(shape, { name: "a" }), { name: "a" });
    for (const value of [{}, { name: null }, { name: 5 }]) assert.equal(v.parse(shape, value).name, undefined);
  });

  it("that is a list is not copied, and of a long one only the first entries are taken", () => {
    const list = [1, "a", null];
    assert.equal(v.parse(anyList, list), list);
    assert.deepEqual(v.parse(firstOf(2), list), [1, "a"]);
    assert.deepEqual(v.parse(firstOf(3), list), list);
    for (const none of [{ length: 1 }, "abc", null]) assert.equal(v.is(anyList, none), false);
  });

  it("that people read has at most 10,000 characters", () => {
    assert.equal(v.parse(words, "a".repeat(10_000)).length, 10_000);
    assert.equal(v.parse(words, "a".repeat(10_001)).length, 10_000);
    assert.equal(v.is(words, 5), false);
  });

  it("that is a date stays as it is written, unless it can't be read", () => {
    assert.equal(moment("Sat, 31 Jan 2026 12:00:00 GMT"), "Sat, 31 Jan 2026 12:00:00 GMT");
    assert.equal(moment("soon"), undefined);
    assert.equal(moment(undefined), undefined);
  });
});

describe("the ID of a task", () => {
  it("is one line of 1 to 200 characters", () => {
    for (const id of ["1", "a b", "x".repeat(200)]) assert.equal(v.is(taskIdText, id), true);
    for (const id of ["", "x".repeat(201), "a\nb", "a\u0000", "a\u2028b", "a\u2029b", "a\u0085b", 5]) {
      assert.equal(v.is(taskIdText, id), false, JSON.stringify(id));
    }
    assert.deepEqual([isOneLine("a\tb"), isOneLine("a b"), isOneLine("")], [false, true, true]);
  });
});
