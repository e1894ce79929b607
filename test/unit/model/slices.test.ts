import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { filterInSlices, mapInSlices, Slices, sortInSlices } from "../../../src/model/slices.ts";
import { loopUse } from "./loopTurns.ts";

const { signal } = new AbortController();
const numbers = Array.from({ length: 20_000 }, (_none, at) => (at * 7919) % 20_011);

const rows = numbers.map((key) => ({ key }));

describe("a slice of work", () => {
  it("is over after eight milliseconds, and the next one begins after other work", async (context) => {
    let now = 1000;
    context.mock.method(performance, "now", () => now);
    const slices = new Slices(signal);
    now = 1007;
    assert.equal(slices.isOver, false);
    now = 1008;
    assert.equal(slices.isOver, true);
    let hadTurn = false;
    setImmediate(() => (hadTurn = true));
    await slices.next();
    assert.equal(hadTurn, true);
    assert.equal(slices.isOver, false);
    now = 1016;
    assert.equal(slices.isOver, true);
  });

  it("is not begun after a cancel", async () => {
    await assert.rejects(new Slices(AbortSignal.abort()).next(), { code: "cancelled" });
  });

  for (const [what, work] of [
    ["map", (controller: AbortController) => mapInSlices(rows, () => controller.abort(), controller.signal)],
    ["filter", (controller: AbortController) => filterInSlices(rows, () => endsIn(controller), controller.signal)],
    ["sort", (controller: AbortController) => sortInSlices(rows, () => Number(endsIn(controller)), controller.signal)],
  ] as const) {
    it(`asks before each entry whether it is over: ${what}`, async (context) => {
      let now = 0;
      context.mock.method(performance, "now", () => (now += 100));
      await assert.rejects(work(new AbortController()), { code: "cancelled" });
    });
  }

  function endsIn(controller: AbortController): boolean {
    controller.abort();
    return true;
  }
});

describe("work in slices", () => {
  it("leaves gaps for other work while changing each entry", async () => {
    const use = await loopUse((step) => mapInSlices(numbers, step, signal));
    assert.equal(use.steps, numbers.length);
    assert.ok(use.longest <= 8, JSON.stringify(use));
  });

  it("leaves gaps for other work while selecting entries", async () => {
    const selects = (step: () => void) => (number: number) => {
      step();
      return number % 2 === 0;
    };
    const use = await loopUse((step) => filterInSlices(numbers, selects(step), signal));
    assert.equal(use.steps, numbers.length);
    assert.ok(use.longest <= 8, JSON.stringify(use));
  });

  it("leaves gaps for other work while sorting entries", async () => {
    const compares = (step: () => void) => (one: { key: number }, other: { key: number }) => {
      step();
      return one.key - other.key;
    };
    const use = await loopUse((step) => sortInSlices(rows, compares(step), signal));
    // A piece sorts at most eight runs of 256 entries, with fewer than eight comparisons for each entry.
    assert.ok(use.longest < 8 * 256 * 8, JSON.stringify(use));
    assert.ok(use.steps > 10 * use.longest, JSON.stringify(use));
  });

  it("ends as canceled when its signal is aborted", async () => {
    const controller = new AbortController();
    const work = mapInSlices(numbers, String, controller.signal);
    controller.abort();
    await assert.rejects(work, { code: "cancelled" });
  });

  it("gives what arrays give, and keeps the order of equal entries", async () => {
    const entries = fc.array(fc.record({ key: fc.integer({ min: 0, max: 20 }), tag: fc.string() }), {
      maxLength: 2000,
      size: "max",
    });
    await fc.assert(
      fc.asyncProperty(entries, async (items) => {
        const compare = (one: { key: number }, other: { key: number }): number => one.key - other.key;
        assert.deepEqual(await sortInSlices(items, compare, signal), items.toSorted(compare));
        const isEven = ({ key }: { key: number }): boolean => key % 2 === 0;
        assert.deepEqual(await filterInSlices(items, isEven, signal), items.filter(isEven));
        const tagAt = ({ tag }: { tag: string }, at: number): string => `${at}${tag}`;
        assert.deepEqual(await mapInSlices(items, tagAt, signal), items.map(tagAt));
      }),
      { numRuns: 30 },
    );
  });
});
