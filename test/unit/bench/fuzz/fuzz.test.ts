import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fuzz, type FuzzOptions } from "../../../../bench/fuzz/fuzz.ts";
import { bundledPrograms } from "../../../../bench/fuzz/programs.ts";
import { lastLine, reportOf } from "../../../../bench/fuzz/report.ts";
import { type SlowRow, slowRead } from "../../../../bench/fuzz/slowReader.ts";

let folder = "";
let options: Omit<FuzzOptions, "goesOn">;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-fuzz-"));
  const programs = await bundledPrograms(folder);
  options = { seed: 7, most: 20_000, folder, programs, signal: new AbortController().signal };
});

after(() => rm(folder, { recursive: true }));

describe("random tables", () => {
  it("have the rows, matches and copies that an independent reader finds in them", async () => {
    const result = await fuzz({ ...options, goesOn: (tables) => tables < 30 });
    assert.equal(result.found && reportOf(result.found), undefined);
    assert.equal(result.tables, 30);
    assert.ok(result.comparisons > 1_000, lastLine(result, options.seed));
  });

  it("show a mistake in one value, with the seed and a small table that has it", async () => {
    const mistaken = ({ cells, malformed }: SlowRow): SlowRow => ({
      cells: new Map([...cells].map(([column, cell]) => [column, { ...cell, text: cell.text.replace("Ann", "Anne") }])),
      malformed,
    });
    const result = await fuzz({
      ...options,
      goesOn: (tables) => tables < 30,
      slowRead: (table, told) => {
        const { header, rows } = slowRead(table, told);
        return { header, rows: rows.map(mistaken) };
      },
    });
    assert.ok(result.found !== undefined);
    assert.match(result.found.table.text, /Ann/);
    assert.ok(result.found.table.text.length < 100, reportOf(result.found));
    assert.match(reportOf(result.found), new RegExp(`^Seed ${result.found.seed}: .* differs\\.`));
    assert.match(lastLine(result, options.seed), /^\d+ tables, \d+ comparisons, seed 7$/);
  });
});
