import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { filterInSlices, mapInSlices, Slices, sortInSlices } from "../../../src/model/slices.ts";
import { loopUse } from "./eventLoopPieces.ts";

const { signal } = new AbortController();
const numbers = Array.from({ length: 200_000 }, (_none, at) => (at * 7919) % 200_003);

const rows = numbers.slice(0, 20_000).map((key) => ({ key }));

/** Takes a while, like a check against a schema. */
function slowly(number: number): number {
  return Number(BigInt(number) ** 9n % 1_000_003n);
}

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
  const works = {
    "changing each entry": () => mapInSlices(numbers, slowly, signal),
    "selecting entries": () => filterInSlices(numbers, (number) => slowly(number) % 2 === 0, signal),
    "sorting entries": () => sortInSlices(rows, (one, other) => slowly(one.key) - slowly(other.key), signal),
  };
  for (const [what, work] of Object.entries(works)) {
    it(`leaves gaps for other work while ${what}`, async () => {
      const uses = [await loopUse(work), await loopUse(work)];
      assert.ok(
        uses.some(({ longestMs, wholeMs }) => longestMs < wholeMs / 3),
        JSON.stringify(uses),
      );
    });
  }

  it("ends as canceled when its signal is aborted", async () => {
    const controller = new AbortController();
    const work = mapInSlices(numbers, slowly, controller.signal);
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
