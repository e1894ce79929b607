import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  parseLinks,
  parseLoginProblem,
  parsePage,
  parseProblem,
  parseStatus,
  parseTasks,
  parseToken,
  toExportTask,
} from "../../../../src/services/textReveal/wire.ts";

const { signal } = new AbortController();

describe("a page of TextReveal's list", () => {
  it("has entries, and a cursor only if there is a next page", () => {
    const page = (more: object): unknown => parsePage({ data: [1], ...more });
    const last = { entries: [1], searchAfter: undefined, count: undefined };
    assert.deepEqual(page({ has_next: true, search_after: "s", count: 3 }), {
      entries: [1],
      searchAfter: "s",
      count: 3,
    });
    assert.deepEqual(page({ has_next: true, search_after: [1, "a"] }), { ...last, searchAfter: '[1,"a"]' });
    assert.deepEqual(page({ has_next: true, search_after: 0 }), { ...last, searchAfter: "0" });
    for (const more of [
      { has_next: false, search_after: "s" },
      { search_after: "s" },
      { has_next: "yes", search_after: "s" },
      { has_next: true },
      { has_next: true, search_after: null },
      { has_next: true, search_after: "" },
      { count: -1 },
      { count: 1.5 },
    ]) {
      assert.deepEqual(page(more), last, JSON.stringify(more));
    }
    assert.equal(parsePage({}), undefined);
    assert.equal(parsePage({ data: {} }), undefined);
  });

  it("has a cursor of up to 4,096 characters", () => {
    const cursor = (length: number): unknown =>
      parsePage({ data: [], has_next: true, search_after: "s".repeat(length) });
    assert.notEqual(cursor(4096), undefined);
    assert.equal(cursor(4097), undefined);
  });
});

describe("a task of TextReveal", () => {
  it("has what the service says of it, in our words", async () => {
    const dates = { created_at: "2026-01-01", completed_at: "2026-01-02" };
    const [whole, least, ...more] = await parseTasks(
      [
        { id: "a", status: "completed", description: "d", ...dates },
        { id: "b", status: 5, created_at: "soon", completed_at: 7 },
        {},
        { id: "" },
        5,
      ],
      signal,
    );
    assert.ok(whole && least);
    assert.deepEqual(more, []);
    assert.deepEqual(toExportTask(whole, "x"), {
      id: "a",
      accountId: "x",
      description: "d",
      state: "done",
      serviceState: "completed",
      createdAt: "2026-01-01",
      completedAt: "2026-01-02",
    });
    assert.deepEqual(toExportTask(least, "x"), {
      id: "b",
      accountId: "x",
      description: "",
      state: "unknown",
      serviceState: "",
    });
  });

  for (const [status, state] of [
    ["starting", "waiting"],
    ["running", "running"],
    ["completed", "done"],
    ["failed", "failed"],
    ["Completed", "unknown"],
  ] as const) {
    it(`is ${state} if the service says ${status}, alone or in a field`, () => {
      for (const value of [status, { status }]) assert.equal(parseStatus(value), status);
      assert.equal(toExportTask({ id: "a", status }, "x").state, state);
    });
  }

  it("has no state in another response", () => {
    for (const value of [{}, 5, null, { status: 5 }]) assert.equal(parseStatus(value), undefined);
  });
});

describe("a response of TextReveal", () => {
  it("has links if it is a list of texts", () => {
    assert.deepEqual(parseLinks(["a", "b"]), ["a", "b"]);
    assert.deepEqual(parseLinks([]), []);
    for (const value of [["a", 5], {}, "a"]) assert.equal(parseLinks(value), undefined);
  });

  it("has a token, and how long that is valid, up to a year", () => {
    const year = 31_536_000;
    assert.deepEqual(parseToken({ access_token: "t", expires_in: year }), { token: "t", lifetimeSeconds: year });
    assert.equal(parseToken({ access_token: "t", expires_in: 0 })?.lifetimeSeconds, 0);
    for (const expires_in of [year + 1, -1, "60", undefined]) {
      assert.deepEqual(parseToken({ access_token: "t", expires_in }), { token: "t", lifetimeSeconds: undefined });
    }
    for (const value of [{}, { access_token: "" }, { access_token: 5 }, null])
      assert.equal(parseToken(value), undefined);
  });

  it("names its problem and those of the fields, of which people get twenty", () => {
    assert.deepEqual(
      parseProblem({
        code: 400,
        reason: "invalid",
        errors: ["a", 5, { field: "f", reason: "r", message: "m", more: 1 }, { field: 7 }],
      }),
      {
        serviceCode: 400,
        reason: "invalid",
        errors: [{ message: "a" }, { field: "f", reason: "r", message: "m" }, {}],
      },
    );
    assert.equal(parseProblem({ code: "E7" }).serviceCode, "E7");
    assert.deepEqual(parseProblem({ code: Infinity, reason: 5, errors: "none" }), {
      serviceCode: undefined,
      reason: undefined,
      errors: undefined,
    });
    assert.equal(parseProblem({ errors: Array<string>(30).fill("a") }).errors?.length, 20);
    assert.deepEqual(parseProblem(null), {});
  });

  it("to a login names its problem in OAuth's words", () => {
    assert.equal(parseLoginProblem({ error: "invalid_grant" }), "invalid_grant");
    for (const value of [{}, { error: 5 }, null]) assert.equal(parseLoginProblem(value), undefined);
  });
});
