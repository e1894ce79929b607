import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readOptions, UsageError } from "../../../../scripts/mutation/options.ts";

describe("the arguments of a mutation run", () => {
  it("need only a folder", () => {
    assert.deepEqual(readOptions(["src/http/"]), {
      place: "src/http",
      sample: 40,
      seed: "1",
      part: { number: 1, of: 1 },
      testFiles: 20,
      atOnce: 1,
      atLeast: 0,
    });
  });

  it("choose a sample and a part of it", () => {
    const { sample, seed, part, atLeast } = readOptions([
      "src/http",
      "--sample",
      "60",
      "--seed",
      "7",
      "--part",
      "2/3",
      "--at-least",
      "85",
    ]);
    assert.deepEqual(
      { sample, seed, part, atLeast },
      { sample: 60, seed: "7", part: { number: 2, of: 3 }, atLeast: 85 },
    );
  });

  it("can select every mutant, or every mutant of a line", () => {
    assert.equal(readOptions(["src/http", "--all"]).sample, Infinity);
    const { place, line, sample } = readOptions(["src/http/exchange.ts:45"]);
    assert.deepEqual({ place, line, sample }, { place: "src/http/exchange.ts", line: 45, sample: Infinity });
  });

  it("are refused when they can't be understood", () => {
    for (const args of [
      [],
      ["a", "b"],
      ["a", "--sample", "x"],
      ["a", "--part", "3/2"],
      ["a", "--part", "0/2"],
      ["a", "--b"],
    ]) {
      assert.throws(() => readOptions(args), UsageError, args.join(" "));
    }
  });
});
