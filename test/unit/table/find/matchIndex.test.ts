import fc from "fast-check";
import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, it } from "node:test";
import { allMatches } from "../../../../src/table/find/allMatches.ts";
import { Finder } from "../../../../src/table/find/finder.ts";
import { type Direction, MatchIndex, type NearestMatch } from "../../../../src/table/find/matchIndex.ts";
import { allSearches, compileSearch } from "../../../../src/table/find/search.ts";
import type { FoundMatch, Match } from "../../../../src/table/tableTypes.ts";
import { csvReading } from "../csvReading.ts";
import {
  anyDelimited,
  anyJson,
  anyPattern,
  anySizes,
  expectedMatches,
  openTable,
  someLandmarks,
  writeTable,
} from "./searchedTables.ts";

const folder = mkdtempSync(path.join(tmpdir(), "find-"));
after(() => rmSync(folder, { recursive: true }));

const table = { reading: csvReading, newline: 10, begin: 0, rows: [] } as const;
const foo = { text: "foo", regex: false, caseSensitive: true, wholeWord: false };
const small = { stretch: 16, longestRow: 1000 };

function searchAll(index: MatchIndex): void {
  while (!index.done) index.step();
}

function nearest(index: MatchIndex, from: Match, direction: Direction): NearestMatch {
  const steps = index.nearest(from, direction);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** By going through all matches, as nobody would with a million of them. */
function slowNearest(matches: readonly Match[], from: Match, direction: Direction): FoundMatch | undefined {
  const order = (match: Match) => match.row * 1000 + match.column;
  const place = order(from);
  const cell =
    direction === "next"
      ? matches.find((match) => order(match) > place)
      : matches.findLast((match) => order(match) < place);
  const found = cell ?? (direction === "next" ? matches[0] : matches.at(-1));
  if (found === undefined) return undefined;
  const ordinal = matches.findIndex((match) => order(match) === order(found));
  return { ...found, ordinal, wrapped: cell === undefined };
}

describe("The index of a search's matches", () => {
  it("counts all matches, and finds the next and previous cell from any place with the number of its match, by every plan", () => {
    const tables = fc.oneof(anyDelimited, anyJson);
    const cases = tables.chain((one) => fc.tuple(fc.constant(one), anyPattern(one.rows), anySizes));
    const places = fc.array(
      fc.record({ row: fc.integer({ min: -1, max: 14 }), column: fc.integer({ min: -1, max: 6 }) }),
    );
    fc.assert(
      fc.property(cases, places, ([one, pattern, sizes], from) => {
        const opened = openTable(writeTable(folder, one), one);
        const expected = expectedMatches(one, pattern);
        for (const search of allSearches(pattern, one.reading)) {
          const index = new MatchIndex(new Finder(opened, search, sizes));
          searchAll(index);
          assert.equal(index.matches, expected.length);
          assert.equal(index.searchedBytes, one.bytes.length);
          for (const place of [...from, ...expected]) {
            for (const direction of ["next", "previous"] as const) {
              const found = slowNearest(expected, place, direction);
              assert.deepEqual(nearest(index, place, direction), { found, complete: true }, search.plan.kind);
            }
          }
        }
        opened.source.close();
      }),
      { numRuns: 150 },
    );
  });

  it("counts and finds the same between known rows, whoever counted their matches", () => {
    const tables = fc.oneof(anyDelimited, anyJson);
    const cases = tables.chain((one) => fc.tuple(fc.constant(one), anyPattern(one.rows), anySizes));
    const helped = fc.record({
      chosen: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
      elsewhere: fc.array(fc.nat({ max: 12 }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(cases, helped, ([one, pattern, sizes], { chosen, elsewhere }) => {
        const opened = openTable(writeTable(folder, one), one);
        const landmarks = someLandmarks(opened, chosen);
        const expected = expectedMatches(one, pattern);
        for (const search of allSearches(pattern, one.reading)) {
          const finder = new Finder(opened, search, sizes);
          const index = new MatchIndex(finder, landmarks);
          for (const interval of elsewhere) {
            if (interval >= landmarks.intervals || !finder.isCountable(landmarks.interval(interval))) continue;
            index.counted(interval, finder.count(landmarks.interval(interval)));
            if (interval % 2 === 0) index.step();
            assert.ok(index.matches <= expected.length);
            assert.ok(index.searchedBytes <= one.bytes.length);
          }
          searchAll(index);
          assert.equal(index.matches, expected.length, search.plan.kind);
          assert.equal(index.searchedBytes, one.bytes.length);
          for (const place of [{ row: -1, column: -1 }, ...expected]) {
            for (const direction of ["next", "previous"] as const) {
              const found = slowNearest(expected, place, direction);
              assert.deepEqual(nearest(index, place, direction), { found, complete: true }, search.plan.kind);
            }
          }
        }
        opened.source.close();
      }),
      { numRuns: 300 },
    );
  });

  it("continues where it stopped if the file grows at any byte, and neither misses nor repeats a match", () => {
    const cases = fc
      .oneof(anyDelimited, anyJson)
      .chain((one) =>
        fc.tuple(
          fc.constant(one),
          anyPattern(one.rows),
          anySizes,
          fc.array(fc.integer({ min: one.begin, max: one.bytes.length }), { maxLength: 4 }),
        ),
      );
    fc.assert(
      fc.property(cases, ([one, pattern, sizes, cuts]) => {
        const expected = expectedMatches(one, pattern);
        for (const search of allSearches(pattern, one.reading)) {
          const ends = [...cuts.toSorted((a, b) => a - b), one.bytes.length];
          const file = writeTable(folder, { bytes: one.bytes.subarray(0, ends[0]) });
          const opened = openTable(file, one);
          const index = new MatchIndex(new Finder(opened, search, sizes));
          searchAll(index);
          for (const [at, end] of ends.slice(1).entries()) {
            appendFileSync(file, one.bytes.subarray(ends[at], end));
            opened.source.grew();
            assert.equal(index.done, end === ends[at]);
            searchAll(index);
          }
          assert.equal(index.matches, expected.length, search.plan.kind);
          const first = nearest(index, { row: -1, column: -1 }, "next").found;
          assert.deepEqual(first, slowNearest(expected, { row: -1, column: -1 }, "next"));
          opened.source.close();
        }
      }),
      { numRuns: 150 },
    );
  });

  it("answers from the part that is searched so far, and says that there may be more", () => {
    const rows = Array.from({ length: 100 }, (_, row) => (row === 3 || row === 90 ? "foo\n" : "something\n"));
    const opened = openTable(writeTable(folder, { bytes: Buffer.from(rows.join("")) }), table);
    const index = new MatchIndex(new Finder(opened, compileSearch(foo, csvReading), small));
    assert.deepEqual(nearest(index, { row: 0, column: 0 }, "next"), { found: undefined, complete: false });
    for (let step = 0; step < 10; step++) index.step();
    const early = nearest(index, { row: 3, column: 0 }, "next");
    assert.deepEqual(early, { found: { row: 3, column: 0, ordinal: 0, wrapped: true }, complete: false });
    const beyond = nearest(index, { row: 99, column: 0 }, "previous");
    assert.deepEqual(beyond, { found: undefined, complete: false });
    searchAll(index);
    const late = nearest(index, { row: 3, column: 0 }, "next");
    assert.deepEqual(late, { found: { row: 90, column: 0, ordinal: 1, wrapped: false }, complete: true });
    const last = nearest(index, { row: 99, column: 0 }, "previous");
    assert.deepEqual(last, late);
    opened.source.close();
  });

  it("uses the number of the first match if a cell has several or lies in two stretches", () => {
    const long = "foo and ".repeat(20);
    const opened = openTable(writeTable(folder, { bytes: Buffer.from(`foo\nx,${long}\nfoo`) }), table);
    for (const search of allSearches(foo, csvReading)) {
      const index = new MatchIndex(new Finder(opened, search, small));
      searchAll(index);
      assert.equal(index.matches, 22);
      const before = nearest(index, { row: 2, column: 0 }, "previous").found;
      assert.deepEqual(before, { row: 1, column: 1, ordinal: 1, wrapped: false });
      const within = nearest(index, { row: 1, column: 0 }, "next").found;
      assert.deepEqual(within, before);
      const behind = nearest(index, { row: 1, column: 1 }, "next").found;
      assert.deepEqual(behind, { row: 2, column: 0, ordinal: 21, wrapped: false });
    }
    opened.source.close();
  });

  it("searches a limited number of bytes per step, so that it can be stopped between two steps", () => {
    const rows = Array.from({ length: 1000 }, () => "foo,bar\n");
    const opened = openTable(writeTable(folder, { bytes: Buffer.from(rows.join("")) }), table);
    for (const search of allSearches(foo, csvReading)) {
      const finder = new Finder(opened, search, { stretch: 800, longestRow: 1000 });
      const index = new MatchIndex(finder);
      index.step();
      assert.ok(index.matches > 90 && index.matches <= 100);
      assert.ok(index.searchedBytes > 700 && index.searchedBytes <= 800);
      const [batch = []] = allMatches(finder);
      assert.equal(batch.length, index.matches);
    }
    opened.source.close();
  });
});
