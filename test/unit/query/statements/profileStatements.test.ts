import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ColumnProfile, Filter } from "../../../../src/model/queryContract.ts";
import { profileColumn } from "../../../../src/query/statements/profileStatements.ts";
import { orderStatement } from "../../../../src/query/statements/orderStatement.ts";
import { Engine } from "./engine.ts";

describe("the statements of a profile", () => {
  let engine: Engine;
  before(async () => {
    engine = await Engine.open();
  });
  after(() => engine.close());

  const profileOf = async (values: readonly (string | null)[], filter?: Filter): Promise<ColumnProfile> => {
    const columns = { names: ["c"], tables: await engine.tables([values]) };
    return profileColumn(0, filter === undefined ? {} : { filter }, columns, engine.run);
  };

  it("count numbers, and find their range, mean and quantiles", async () => {
    const profile = await profileOf([...Array.from({ length: 101 }, (_, number) => String(number)), "", null]);
    const { type, count, empty, distinct, min, max, mean, quantiles, lengths } = profile;
    assert.deepEqual(
      { type, count, empty, distinct, min, max, mean, quantiles, lengths },
      {
        type: "BIGINT",
        count: 103,
        empty: 2,
        distinct: 101,
        min: "0",
        max: "100",
        mean: 50,
        quantiles: [5, 25, 50, 75, 95],
        lengths: undefined,
      },
    );
    assert.equal(profile.histogram?.length, 20);
  });

  it("count the characters of text, and its most frequent values first", async () => {
    const profile = await profileOf(["Lille", "Gent", "Gent", "", "Ås"]);
    assert.deepEqual(profile.lengths, { min: 2, max: 5, mean: 3.75 });
    assert.deepEqual(profile.frequent, [
      { value: "Gent", count: 2 },
      { value: "Lille", count: 1 },
      { value: "Ås", count: 1 },
    ]);
    assert.deepEqual([profile.min, profile.max, profile.empty], ["Gent", "Ås", 1]);
    assert.equal(profile.histogram, undefined);
  });

  for (const { name, values } of [
    { name: "decimals", values: ["0.1", "0.2", "0.3", "7.25", "9.99", "10"] },
    { name: "whole numbers", values: ["3", "3", "4", "6", "7"] },
    { name: "exponents", values: ["1e3", "2.5e-3", "1e10"] },
    { name: "dates", values: ["2024-01-01", "2024-02-29", "2024-12-31", ""] },
    { name: "times", values: ["2024-01-01T10:00", "2024-01-01T10:00:00.5", "2024-01-03T00:00"] },
    { name: "equal numbers", values: ["5", "5"] },
  ]) {
    it(`divide ${name} into bars whose ranges find as many rows as they count`, async () => {
      const columns = { names: ["c"], tables: await engine.tables([values]) };
      const { histogram = [] } = await profileColumn(0, {}, columns, engine.run);
      assert.equal(
        histogram.reduce((sum, { count }) => sum + count, 0),
        values.filter((value) => value !== "").length,
      );
      for (const { from, to, count } of histogram.filter((bar) => bar.count > 0)) {
        const filter: Filter = { column: 0, is: "between", from, to };
        assert.equal((await engine.run(orderStatement({ filter }, columns))).length, count, `${from} to ${to}`);
      }
    });
  }

  it("are about the rows that pass a filter", async () => {
    const profile = await profileOf(["1", "2", "3", ""], { column: 0, is: "more", value: "1" });
    assert.deepEqual([profile.count, profile.empty, profile.min, profile.mean], [2, 0, "2", 2.5]);
  });

  it("draw bars for numbers that no BIGINT can hold", async () => {
    for (const values of [
      ["12345678901234567890", "12345678901234567891"],
      ["12345678901234567890"],
      ["1e308", "-1e308"],
    ]) {
      const { histogram = [] } = await profileOf(values);
      assert.equal(
        histogram.reduce((sum, { count }) => sum + count, 0),
        values.length,
        values.join(),
      );
    }
  });

  it("of a column without values say only that", async () => {
    const profile = await profileOf(["", null]);
    const { name, type, count, empty, distinct, distinctIsExact, frequent } = profile;
    assert.deepEqual(profile, { name, type, count, empty, distinct, distinctIsExact, frequent });
    assert.deepEqual([count, empty, distinct], [2, 2, 0]);
  });
});
