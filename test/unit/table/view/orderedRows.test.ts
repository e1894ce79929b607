import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { OrderedRows } from "../../../../src/table/view/orderedRows.ts";
import { rowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import type { ViewMatch } from "../../../../src/table/view/rowView.ts";
import { tablePrograms } from "../file/tablePrograms.ts";
import { KnownOrder } from "./knownOrder.ts";

const never = new AbortController().signal;
const rowCount = 400;
/** Each cell has none to two matches. */
const cellsOf = (row: number): string[] =>
  [0, 1, 2].map((column) => "x".repeat([0, 1, 0, 2, 0][(row * 7 + column) % 5] ?? 0));
const allRows = Array.from({ length: rowCount }, (_, row) => row);
const text = ["a,b,c", ...allRows.map((row) => cellsOf(row).join(",")), ""].join("\n");
const pattern = { text: "x", regex: false, caseSensitive: true, wholeWord: false };

type Found = Pick<ViewMatch, "position" | "number" | "column" | "ordinal">;

/** Every cell with matches in the order of the view, found slowly. */
function matchesIn(numbers: readonly number[]): Found[] {
  let ordinal = 0;
  return numbers.flatMap((row, position) =>
    cellsOf(row).flatMap((cell, column) => {
      if (cell === "") return [];
      ordinal += cell.length;
      const first = ordinal - cell.length;
      return [{ position: rowPosition(position), number: rowNumber(row), column, ordinal: first }];
    }),
  );
}

function nearest(all: readonly Found[], position: number, column: number, direction: "next" | "previous") {
  const distance = (cell: Found): number => (cell.position - position) * 10 + cell.column - column;
  const near =
    direction === "next" ? all.find((cell) => distance(cell) > 0) : all.findLast((cell) => distance(cell) < 0);
  const found = near ?? all.at(direction === "next" ? 0 : -1);
  return found && { ...found, wrapped: near === undefined };
}

function withoutOrdinal({ position, number, column, wrapped }: ViewMatch): ViewMatch {
  return { position, number, column, wrapped };
}

const orders = fc
  .shuffledSubarray(allRows, { minLength: 0 })
  .chain((numbers) => fc.tuple(fc.constant(numbers), fc.integer({ min: -1, max: Math.max(-1, numbers.length - 1) })));

describe("Rows that are sorted and filtered", { timeout: 120_000 }, () => {
  let file: OpenFile;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "task-exports-ordered-"));
    await writeFile(join(folder, "rows.csv"), text);
    file = new OpenFile({ path: join(folder, "rows.csv"), growing: false, readAs: {} }, tablePrograms);
    await file.indexed(Infinity, never);
  });

  after(async () => {
    await file.dispose();
    await rm(folder, { recursive: true });
  });

  async function searched(view: OrderedRows) {
    const done = new Promise<number>((resolve) => {
      view.listen({ onFind: (progress) => progress.done && resolve(progress.matches) });
    });
    await view.find(pattern);
    return done;
  }

  for (const [which, mostCells] of [
    ["kept", 10_000],
    ["too many to be kept", 3],
  ] as const) {
    it(`have the matches that are next to any cell, also if they are ${which}`, async () => {
      const cell = fc.tuple(
        orders,
        fc.integer({ min: -1, max: 2 }),
        fc.constantFrom("next" as const, "previous" as const),
      );
      await fc.assert(
        fc.asyncProperty(cell, async ([[numbers, position], column, direction]) => {
          const view = new OrderedRows(file, new KnownOrder(numbers), { mostCells });
          try {
            const all = matchesIn(numbers);
            const total = numbers.flatMap(cellsOf).join("").length;
            assert.equal(await searched(view), total);
            const found = await view.findNext({ position: rowPosition(position), column }, direction, never);
            const expected = nearest(all, position, column, direction);
            const isNumbered = all.length <= mostCells;
            assert.deepEqual(found, isNumbered ? expected : expected && withoutOrdinal(expected));
          } finally {
            view.dispose();
          }
        }),
        { numRuns: 15, examples: [[[[[223, 46, 206], -1], 0, "previous"]]] },
      );
    });
  }

  it("find a match among too many before all of them are counted", async () => {
    const numbers = allRows.toReversed();
    const order = new KnownOrder(numbers);
    let positions = 0;
    const slow = new Promise<never>(() => undefined);
    const view = new OrderedRows(
      file,
      {
        rows: order.rows,
        numbers: (...request) => order.numbers(...request),
        // The matches of the first batch are counted, the others never.
        positions: (rows, signal) => (positions++ === 0 ? order.positions(rows, signal) : slow),
        dispose: () => undefined,
      },
      { mostCells: 3 },
    );
    await view.find(pattern);
    const found = await view.findNext({ position: rowPosition(0), column: -1 }, "next", never);
    assert.equal(found?.number, matchesIn(numbers)[0]?.number);
    view.dispose();
  });

  it("end a search that is waited for", async () => {
    const order = new KnownOrder(allRows);
    const waits = { rows: rowCount, numbers: order.numbers.bind(order), dispose: () => undefined };
    const view = new OrderedRows(file, { ...waits, positions: () => new Promise<never>(() => undefined) });
    await view.find(pattern);
    const found = view.findNext({ position: rowPosition(0), column: 0 }, "next", never);
    view.endFind();
    await assert.rejects(found, { code: "cancelled" });
  });

  it("say how many they are, not how many the file has", async () => {
    const view = new OrderedRows(file, new KnownOrder([5, 3, 300]));
    assert.partialDeepStrictEqual(view.size, { rows: 3, exact: true });
    const page = await view.rows({ from: rowPosition(1), count: 50 }, never);
    assert.deepEqual([page.numbers, page.atEnd, page.rows.length], [[3, 300], true, 2]);
    assert.equal(await view.positionOf(rowNumber(300), never), 2);
    assert.equal(await view.positionOf(rowNumber(4), never), undefined);
    const behind = await view.rows({ from: rowPosition(3), count: 50 }, never);
    assert.deepEqual([behind.numbers, behind.atEnd], [[], true]);
    view.dispose();
  });

  it("are not added up if they are too many", async () => {
    const view = new OrderedRows(file, new KnownOrder(allRows));
    const rows = { from: rowPosition(0), count: 1_000_000 };
    assert.deepEqual(await view.summarize({ rows, columns: [0, 1, 2] }, never), { tooLarge: true });
    view.dispose();
  });
});
