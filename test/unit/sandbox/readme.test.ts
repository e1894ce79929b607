import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { reservedExports } from "../../../sandbox/spaaza/reservedExports.ts";
import { reservedRefusals } from "../../../sandbox/spaaza/reservedRefusals.ts";
import { TaskBook } from "../../../sandbox/spaaza/taskBook.ts";
import { reservedTasks } from "../../../sandbox/textReveal/reservedTasks.ts";
import { TaskLedger } from "../../../sandbox/textReveal/taskLedger.ts";
import { reservedId } from "../../../sandbox/textReveal/textRevealTask.ts";

const readme = await readFile(path.resolve(import.meta.dirname, "../../../sandbox/README.md"), "utf8");

/** The ids in the first column of the tables, ranges written out. */
function idsInTables(pattern: RegExp): Set<number> {
  const ids = new Set<number>();
  for (const [, cell = ""] of readme.matchAll(/^\| (`[^|]+?) +\|/gm)) {
    const numbers = [...cell.matchAll(pattern)].map(([, digits]) => Number(digits));
    const [first = 0, last = 0] = numbers;
    if (!cell.includes("–")) for (const id of numbers) ids.add(id);
    else if (numbers.length > 0) for (let id = first; id <= last; id++) ids.add(id);
  }
  return ids;
}

describe("The sandbox's README", () => {
  it("names every reserved Spaaza task, and no other", () => {
    const told = idsInTables(/`(\d{5})`/g);
    const reserved = [...reservedExports(0), ...reservedRefusals(0)].map(({ id }) => id);
    assert.deepEqual(
      reserved.filter((id) => !told.has(id)),
      [],
    );
    const book = new TaskBook(1, 0);
    assert.deepEqual(
      [...told].filter((id) => book.find(id) === undefined),
      [],
    );
  });

  it("names every reserved TextReveal task, and no other", () => {
    const told = new Set([...idsInTables(/`…(\d{6})`/g)].map(reservedId));
    assert.deepEqual(
      reservedTasks(0).filter(({ id }) => !told.has(id)),
      [],
    );
    const ledger = new TaskLedger(1, 0);
    assert.deepEqual(
      [...told].filter((id) => ledger.find(id) === undefined),
      [],
    );
    assert.ok(told.size > 1024);
  });
});
