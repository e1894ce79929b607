import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  isData,
  isErrorEnvelope,
  isExport,
  parseEntries,
  parseLink,
  parseProblem,
  parseTask,
  parseTasks,
  toExportTask,
} from "../../../../src/services/spaaza/wire.ts";

const { signal } = new AbortController();

describe("a task of Spaaza", () => {
  it("has an ID of up to 18 digits, as a number or as text", async () => {
    for (const id of [7, "7", "1".repeat(18)]) assert.equal(parseTask({ id })?.id, id);
    for (const id of [1.5, 2 ** 53, "", "a", "7a", "a7", "1".repeat(19), null])
      assert.equal(parseTask({ id }), undefined);
    assert.deepEqual(
      (await parseTasks([{ id: 1 }, {}, 5, { id: 2 }], signal)).map(({ id }) => id),
      [1, 2],
    );
  });

  it("has what the service says of it, in our words", () => {
    const task = parseTask({
      id: 7,
      chain: 1743,
      desc: "Nightly",
      state: { code: "DONE", last_run_date: "2026-01-01", last_modified: "2026-01-02", created_date: "2026-01-03" },
      target: { action: "export", export_index: "users", export_format: "CSV" },
    });
    assert.ok(task);
    assert.deepEqual(toExportTask(task, "a"), {
      id: "7",
      accountId: "a",
      description: "Nightly",
      state: "done",
      serviceState: "DONE",
      subject: "users",
      format: "csv",
      createdAt: "2026-01-03",
      completedAt: "2026-01-02",
      chain: "1743",
    });
  });

  it("needs nothing but its ID", () => {
    const least = { id: "7", accountId: "a", description: "", state: "unknown", serviceState: "" };
    for (const more of [
      {},
      { chain: {}, desc: 5, state: "DONE", target: 7 },
      { state: { code: 5 }, target: { export_format: "xml" } },
    ]) {
      const task = parseTask({ id: 7, ...more });
      assert.ok(task);
      assert.deepEqual(toExportTask(task, "a"), least);
    }
  });

  it("was completed only if it is DONE: when that was set, or else when it ran", () => {
    const completed = (code: string, state: object): string | undefined =>
      toExportTask(
        {
          id: 7,
          chain: undefined,
          desc: undefined,
          target: undefined,
          state: { code, last_run_date: undefined, last_modified: undefined, created_date: undefined, ...state },
        },
        "a",
      ).completedAt;
    const dates = { last_run_date: "2026-01-01", last_modified: "2026-01-02" };
    assert.equal(completed("DONE", dates), "2026-01-02");
    assert.equal(completed("DONE", { ...dates, last_modified: "soon" }), "2026-01-01");
    for (const code of ["READY", "INPROGRESS", "ERROR", "done"]) assert.equal(completed(code, dates), undefined);
  });

  for (const [code, state] of [
    ["READY", "waiting"],
    ["INPROGRESS", "running"],
    ["DONE", "done"],
    ["ERROR", "failed"],
    ["PAUSED", "unknown"],
  ] as const) {
    it(`is ${state} if the service says ${code}`, () => {
      const task = parseTask({ id: 7, state: { code } });
      assert.ok(task);
      const { state: found, serviceState } = toExportTask(task, "a");
      assert.deepEqual([found, serviceState], [state, code]);
    });
  }

  it("is an export unless it says that it is something else", () => {
    for (const [target, isOne] of [
      [undefined, true],
      [{}, true],
      [{ action: "export" }, true],
      [{ action: "import" }, false],
      [{ action: "" }, false],
    ] as const) {
      const task = parseTask({ id: 7, target });
      assert.ok(task);
      assert.equal(isExport(task), isOne);
    }
  });
});

describe("a response of Spaaza", () => {
  it("is data if it is a list, a task or a link", () => {
    assert.deepEqual([[], { id: 7 }, { url: "a" }].map(isData), [true, true, true]);
    assert.deepEqual([{}, null, "a", { id: "a" }, { url: 5 }].map(isData), [false, false, false, false, false]);
    assert.deepEqual([parseEntries([1]), parseEntries({})], [[1], undefined]);
    assert.deepEqual([parseLink({ url: "a" }), parseLink({}), parseLink("a")], ["a", undefined, undefined]);
  });

  it("is an error if its envelope says so, in any case of letters", () => {
    for (const status of ["error", "ERROR"]) assert.equal(isErrorEnvelope({ result: { status } }), true);
    for (const value of [{ result: { status: "ok" } }, { result: {} }, {}, null, []]) {
      assert.equal(isErrorEnvelope(value), false);
    }
  });

  it("names its problem in the envelope, or else first in the older list", () => {
    const told = (value: unknown): readonly unknown[] => {
      const { serviceCode, reason } = parseProblem(value);
      return [serviceCode, reason];
    };
    assert.deepEqual(told({ error: { code: 5, name: "n" } }), [5, "n"]);
    assert.deepEqual(told({ error: { code: "E5" } }), ["E5", undefined]);
    const errors = [{ code: 6, name: "first" }, { code: 7 }];
    assert.deepEqual(told({ errors }), [6, "first"]);
    assert.deepEqual(told({ error: { code: 5 }, errors }), [5, undefined]);
    const unreadable = { error: { code: Infinity, name: 7 } };
    for (const value of [{}, { error: "text" }, { errors: [] }, { errors: ["text"] }, unreadable]) {
      assert.deepEqual(told(value), [undefined, undefined]);
    }
    assert.deepEqual(parseProblem(null), {});
  });

  it("names the fields of the list, with the description or else the message, twenty at most", () => {
    const errors = [
      { field: "a", name: "n", description: "d", message: "m" },
      { field: "b", message: "m" },
      { field: "c" },
      { name: "no field" },
      "text",
    ];
    assert.deepEqual(parseProblem({ errors }).errors, [
      { field: "a", reason: "n", message: "d" },
      { field: "b", message: "m" },
      { field: "c" },
    ]);
    assert.equal(parseProblem({}).errors, undefined);
    const many = Array.from({ length: 21 }, (_, at) => ({ field: `f${at}` }));
    assert.equal(parseProblem({ errors: many }).errors?.length, 20);
  });
});
