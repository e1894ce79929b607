import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { GatheredRows } from "../../../../src/table/take/gatheredRows.ts";
import type { FileRowsAtRequest } from "../../../../src/table/tableReader.ts";
import { KnownOrder } from "../view/knownOrder.ts";

const { signal } = new AbortController();

/** A file whose rows contain their own numbers. It keeps which rows were asked for. */
class NumberedFile {
  version = 1;
  readonly asked: number[][] = [];

  rowsAt({ rows }: FileRowsAtRequest) {
    this.asked.push([...rows]);
    return Promise.resolve({ version: this.version, rows: rows.map((row) => ({ cells: [String(row)] })) });
  }
}

/** 0, 7, 14 and so on: every number below 5,000 once, in an order that is not ascending. */
const shuffled = Array.from({ length: 5_000 }, (_, position) => (position * 7) % 5_000);

async function all(rows: GatheredRows, page: number): Promise<number[]> {
  const numbers: number[] = [];
  for (;;) {
    const { rows: read } = await rows.rows({ from: numbers.length, count: page }, signal);
    if (read.length === 0) return numbers;
    numbers.push(...read.map(({ cells }) => Number(cells[0])));
  }
}

describe("rows that are gathered", () => {
  it("come in the order, whatever fits into memory", async () => {
    for (const most of [1, 5_000, 32 * 1024 * 1024]) {
      const gathered = new GatheredRows(new NumberedFile(), new KnownOrder(shuffled), { most });
      assert.deepEqual(await all(gathered, 900), shuffled);
    }
  });

  it("are read from the file in ascending pages, so that it is passed through once for a batch", async () => {
    const file = new NumberedFile();
    await all(new GatheredRows(file, new KnownOrder(shuffled)), 900);
    assert.deepEqual(
      file.asked.map(({ length }) => length),
      [1_000, 1_000, 1_000, 1_000, 1_000],
    );
    const batch = file.asked.slice(1).flat();
    assert.deepEqual(
      batch,
      batch.toSorted((one, other) => one - other),
    );
  });

  it("say that the file was read again meanwhile", async () => {
    const file = new NumberedFile();
    const gathered = new GatheredRows(file, new KnownOrder(shuffled));
    assert.equal((await gathered.rows({ from: 0, count: 1_000 }, signal)).version, 1);
    file.version = 2;
    assert.equal((await gathered.rows({ from: 1_000, count: 1_000 }, signal)).version, 2);
  });
});
