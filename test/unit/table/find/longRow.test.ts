import fc from "fast-check";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, it } from "node:test";
import { allSearches, compileSearch } from "../../../../src/table/find/search.ts";
import type { FindPattern, Match } from "../../../../src/table/tableTypes.ts";
import { csvReading } from "../csvReading.ts";
import { expectedMatches, foundIn, openTable, writeDelimited, writeTable } from "./searchedTables.ts";

const folder = mkdtempSync(path.join(tmpdir(), "find-"));
after(() => rmSync(folder, { recursive: true }));

const style = {
  delimiter: ",",
  quote: '"',
  newline: "\n",
  encoding: "utf-8",
  endsInNewline: true,
  quotesAll: false,
} as const;

function find(rows: string[][], pattern: Partial<FindPattern> & { text: string }, sizes = tiny): Match[] {
  const written = writeDelimited(rows, style);
  const opened = openTable(writeTable(folder, written), written);
  const choices = { regex: true, caseSensitive: true, wholeWord: false, ...pattern };
  const found = foundIn(opened, compileSearch(choices, csvReading), sizes);
  opened.source.close();
  return found;
}

/** Matches by "row:column". */
function countsOf(matches: readonly Match[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { row, column } of matches) counts[`${row}:${column}`] = (counts[`${row}:${column}`] ?? 0) + 1;
  return counts;
}

const tiny = { stretch: 64, longestRow: 256 };

describe("A row too long to be read whole", () => {
  it("is searched field by field, with the same matches as a short one", () => {
    const field = fc.array(fc.constantFrom("fo", "foo", "é,", "\n", '"', "20", "😀"), { maxLength: 6 });
    const rows = fc.array(
      fc.array(
        field.map((parts) => parts.join("")),
        { minLength: 1, maxLength: 60 },
      ),
      { maxLength: 4 },
    );
    const texts = fc.constantFrom("^fo", "o.", "foo|20", "[^f]o$", '"', "é", "(?<=o)f");
    const column = fc.option(fc.nat(50), { nil: undefined });
    fc.assert(
      fc.property(rows, texts, column, fc.boolean(), (cells, text, only, quotesAll) => {
        const written = writeDelimited(cells, { ...style, quotesAll });
        const opened = openTable(writeTable(folder, written), written);
        const choices = { text, regex: true, caseSensitive: true, wholeWord: false };
        const pattern = only === undefined ? choices : { ...choices, column: only };
        for (const search of allSearches(pattern, csvReading)) {
          const found = foundIn(opened, search, tiny);
          assert.deepEqual(found, expectedMatches(written, pattern), search.plan.kind);
        }
        opened.source.close();
      }),
      { numRuns: 300 },
    );
  });

  it("is searched in overlapping pieces if a single field is longer than a stretch", () => {
    const long = Array.from({ length: 300 }, (_, at) => `é${at % 10} foo`).join("");
    const rows = [["a", "short foo", long, "foo"], ["foo"]];
    const found = find(rows, { text: ".foo" });
    assert.deepEqual(countsOf(found), { "0:1": 1, "0:2": 300 });
    assert.equal(find(rows, { text: "[é]\\d" }).length, 300);
    assert.equal(find(rows, { text: "(?:é\\d foo){1,2}" }).length, 150);
    assert.equal(find(rows, { text: "foo.", column: 2 }).length, 299);
  });

  it("does not end where a piece of a field ends", () => {
    const [piece, overlap] = [tiny.stretch, tiny.stretch / 4];
    const long = "x".repeat(piece - overlap) + "y".repeat(overlap) + "z".repeat(300);
    assert.deepEqual(find([[long]], { text: `y{${overlap}}$` }), []);
    assert.equal(find([[long]], { text: `y{${overlap}}z` }).length, 1);
  });

  it("reports matches of a JSON record in its first column, and the search continues with the next record", () => {
    const records = [{ a: "foo" }, { a: "x", b: "foo ".repeat(200) }, { a: 1, b: "foo" }];
    for (const [kind, open, between, close] of [
      ["jsonArray", "[", ",", `] ${"foo, ".repeat(200)}`],
      ["jsonLines", "", "\n", "\n"],
    ] as const) {
      const reading = { ...csvReading, kind, arrayPath: kind === "jsonArray" ? ["rows"] : [] };
      const text = open + records.map((record) => JSON.stringify(record)).join(between) + close;
      const file = writeTable(folder, { bytes: Buffer.from(text) });
      const opened = openTable(file, { reading, newline: 10, begin: open.length, rows: [], columns: ["a", "b"] });
      for (const search of allSearches({ text: "foo", regex: false, caseSensitive: true, wholeWord: false }, reading)) {
        assert.deepEqual(countsOf(foundIn(opened, search, tiny)), { "0:0": 1, "1:0": 200, "2:1": 1 });
      }
      opened.source.close();
    }
  });

  for (const [what, repeats, cell] of [
    ["read whole", 30, "1:1"],
    ["read in pieces", 200, "1:0"],
  ] as const) {
    it(`ends with the array if it is the last record: ${what}`, () => {
      const record = JSON.stringify({ a: 1, b: "foo ".repeat(repeats) });
      for (const behind of ["]", `] ${"foo, ".repeat(200)}`, `], "b": [${"foo, ".repeat(3)}`]) {
        const reading = { ...csvReading, kind: "jsonArray", arrayPath: ["rows"] } as const;
        const file = writeTable(folder, { bytes: Buffer.from(`[1,${record}${behind}`) });
        const opened = openTable(file, { reading, newline: 10, begin: 1, rows: [], columns: ["a", "b"] });
        for (const search of allSearches(
          { text: "foo", regex: false, caseSensitive: true, wholeWord: false },
          reading,
        )) {
          assert.deepEqual(countsOf(foundIn(opened, search, tiny)), { [cell]: repeats }, search.plan.kind);
        }
        opened.source.close();
      }
    });
  }

  it("is also searched with the default sizes", () => {
    const long = `${"x".repeat(5_000_000)}foo`;
    const rows = [
      ["foo", long, "foo"],
      ["a", "foo"],
    ];
    const found = find(rows, { text: "x?foo" }, { stretch: 1 << 20, longestRow: 4 << 20 });
    assert.deepEqual(found, [
      { row: 0, column: 0 },
      { row: 0, column: 1 },
      { row: 0, column: 2 },
      { row: 1, column: 1 },
    ]);
  });
});
