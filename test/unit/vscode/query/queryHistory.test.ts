import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { QueryHistory } from "../../../../src/vscode/query/queryHistory.ts";
import { PlainMemento } from "../plainMemento.ts";

const at = "2024-01-01T00:00:00.000Z";

describe("the history of queries", () => {
  it("lists what ran for a kind of export, the last one first and each statement once", () => {
    const state = new PlainMemento();
    const history = new QueryHistory(state);
    for (const sql of ["a", "b", "a"]) history.add({ kind: "k", sql, at });
    history.add({ kind: "other", sql: "c", at, rows: 3 });
    assert.deepEqual(
      new QueryHistory(state).ran("k").map(({ sql }) => sql),
      ["a", "b"],
    );
    assert.deepEqual(history.ran("other"), [{ kind: "other", sql: "c", at, rows: 3 }]);
  });

  it("keeps 50 statements of a kind, 300 in all, and no very long one", () => {
    const history = new QueryHistory(new PlainMemento());
    for (let n = 0; n < 60; n += 1) history.add({ kind: "k", sql: `q${n}`, at });
    assert.equal(history.ran("k").length, 50);
    assert.equal(history.ran("k").at(-1)?.sql, "q10");
    history.add({ kind: "k", sql: "x".repeat(20_001), at });
    assert.equal(history.ran("k")[0]?.sql, "q59");
    for (let n = 0; n < 300; n += 1) history.add({ kind: `k${n % 10}`, sql: `q${n}`, at });
    assert.equal(history.ran("k").length, 0);
  });

  it("forgets one kind", () => {
    const history = new QueryHistory(new PlainMemento());
    for (const kind of ["k", "l"]) history.add({ kind, sql: "a", at });
    history.forget("k");
    assert.deepEqual([history.ran("k").length, history.ran("l").length], [0, 1]);
  });

  it("keeps saved queries by name for each kind, until they are deleted", () => {
    const state = new PlainMemento();
    const history = new QueryHistory(state);
    history.save({ kind: "k", name: "b", sql: "1" });
    history.save({ kind: "k", name: "a", sql: "2" });
    history.save({ kind: "k", name: "b", sql: "3" });
    history.save({ kind: "l", name: "b", sql: "4" });
    const saved = (): string[] => new QueryHistory(state).saved("k").map(({ name, sql }) => name + sql);
    assert.deepEqual(saved(), ["a2", "b3"]);
    history.deleteSaved({ kind: "k", name: "a" });
    assert.deepEqual(saved(), ["b3"]);
  });

  it("skips damaged entries", async () => {
    const state = new PlainMemento();
    await state.update("queryHistory", [{ kind: "k" }, 1, { kind: "k", sql: "a", at }]);
    await state.update("savedQueries", "damaged");
    const history = new QueryHistory(state);
    assert.equal(history.ran("k").length, 1);
    assert.deepEqual(history.saved("k"), []);
  });
});
