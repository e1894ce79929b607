import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { CellTally } from "../../../../src/table/summary/cellTally.ts";
import type { CellSummary } from "../../../../src/table/tableTypes.ts";

function summaryOf(cells: readonly (string | undefined)[]): CellSummary {
  const tally = new CellTally();
  for (const cell of cells) tally.add(cell);
  return tally.summary;
}

describe("The summary of cells", () => {
  it("counts the numbers and the empty cells", () => {
    const cells = ["1", " 2.5 ", "x", "", undefined, "null", "007", "1,5", "2024-01-01", "true"];
    const { cells: all, empty, numbers } = summaryOf(cells);
    assert.deepEqual([all, empty, numbers], [10, 3, 2]);
  });

  it("has an exact sum and average", () => {
    assert.deepEqual(summaryOf(["0.1", "0.2", "0.3"]), {
      cells: 3,
      empty: 0,
      numbers: 3,
      sum: "0.6",
      average: "0.2",
    });
    assert.equal(summaryOf(["12345678901234567890", "0.01"]).sum, "12345678901234567890.01");
    assert.equal(summaryOf(["9007199254740993", "9007199254740993"]).sum, "18014398509481986");
  });

  it("says that an average with endless digits is rounded", () => {
    const { average, averageIsRounded } = summaryOf(["1", "0", "0"]);
    assert.deepEqual([average, averageIsRounded], ["0.3333333333", true]);
  });

  it("has no sum if there are no numbers or one of them is too long", () => {
    assert.deepEqual(summaryOf(["x"]), { cells: 1, empty: 0, numbers: 0 });
    assert.deepEqual(summaryOf(["1", "1e5000", "2"]), { cells: 3, empty: 0, numbers: 3 });
  });

  it("is exact for short whole numbers, which are added up faster, and for long ones", () =>
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), { minLength: 1 }), (numbers) => {
        const sum = numbers.reduce((all, number) => all + number, 0n);
        assert.equal(summaryOf(numbers.map(String)).sum, String(sum));
      }),
    ));

  it("can be combined from summaries of several files", () => {
    const tally = new CellTally();
    tally.addSummary(summaryOf(["0.1", "x", ""]));
    tally.addSummary(summaryOf(["y"]));
    tally.addSummary(summaryOf(["0.2", "3"]));
    assert.deepEqual(tally.summary, { cells: 6, empty: 1, numbers: 3, sum: "3.3", average: "1.1" });
    tally.addSummary(summaryOf(["1e5000"]));
    assert.deepEqual(tally.summary, { cells: 7, empty: 1, numbers: 4 });
  });
});
