import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { answerLimits, boundedRows, firstFitting } from "../../../../src/vscode/tools/toolAnswer.ts";

function numbered(rows: readonly (readonly string[])[]): { row: number; cells: readonly string[] }[] {
  return rows.map((cells, row) => ({ row, cells }));
}

describe("The rows in a tool's answer", () => {
  it("are complete if they are few and short", () => {
    const rows = numbered([
      ["1", "Ada"],
      ["2", "Grace"],
    ]);
    assert.deepEqual(boundedRows(["id", "name"], rows), { columns: ["id", "name"], rows, cut: [] });
  });

  it("have cut values, and say so", () => {
    const { rows, cut } = boundedRows(["a"], numbered([["x".repeat(501)], ["y"]]));
    assert.equal(rows[0]?.cells[0], `${"x".repeat(500)}…`);
    assert.equal(rows[1]?.cells[0], "y");
    assert.match(cut.join(), /Long values/);
  });

  it("are fewer if they don't fit, and say how many", () => {
    const { rows, cut } = boundedRows(["a"], numbered(Array.from({ length: 100 }, () => ["x".repeat(400)])));
    assert.ok(rows.length > 10 && rows.length < 60);
    assert.match(cut.join(), new RegExp(`Only ${rows.length} of 100 rows`));
  });

  it("have at most 200 columns, and say how many there are", () => {
    const names = Array.from({ length: 1000 }, (_none, n) => `c${n}`);
    const { columns, rows, cut } = boundedRows(names, numbered([names]));
    assert.deepEqual([columns.length, rows[0]?.cells.length], [200, 200]);
    assert.match(cut.join(), /200 of 1000 columns/);
  });

  it("keep as much of a wide row as fits", () => {
    const { rows } = boundedRows([], numbered([Array.from({ length: 200 }, () => "x".repeat(400))]));
    assert.ok(rows[0]?.cells.every((cell) => cell !== null && cell.length > 50));
  });

  it("are short enough and at least one, whatever the file contains", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 50 }),
      fc.constantFrom("\0".repeat(2000), '"'.repeat(5000), "\ud83d\ude00".repeat(700), "x".repeat(100_000)),
    );
    const row = fc
      .array(text, { maxLength: 30 })
      .chain((cells) => fc.constantFrom(1, 20).map((times) => Array.from({ length: times }, () => cells).flat()));
    fc.assert(
      fc.property(row, fc.array(row, { minLength: 1, maxLength: 20 }), (columns, given) => {
        const answer = boundedRows(columns, numbered(given));
        const longest = answerLimits.text + answerLimits.columnText + 2_000;
        assert.ok(JSON.stringify(answer).length < longest, `${JSON.stringify(answer).length}`);
        assert.ok(answer.rows.length > 0);
        const isWhole = answer.rows.length === given.length && columns.length <= answerLimits.columns;
        assert.ok(isWhole || answer.cut.length > 0);
      }),
      { numRuns: 100 },
    );
  });
});

describe("The list in a tool's answer", () => {
  it("has only as many entries as fit", () => {
    const entries = Array.from({ length: 100 }, (_none, n) => ({ n }));
    assert.deepEqual(firstFitting(entries), entries);
    assert.equal(firstFitting(entries, 80).length, 10);
  });
});
