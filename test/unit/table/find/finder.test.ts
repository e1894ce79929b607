import fc from "fast-check";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, it } from "node:test";
import { allSearches } from "../../../../src/table/find/search.ts";
import type { FindPattern } from "../../../../src/table/tableTypes.ts";
import { csvReading } from "../csvReading.ts";
import {
  anyDelimited,
  anyJson,
  anyPattern,
  anySizes,
  expectedMatches,
  foundIn,
  openTable,
  writeDelimited,
  writeTable,
  type WrittenTable,
} from "./searchedTables.ts";

const folder = mkdtempSync(path.join(tmpdir(), "find-"));
after(() => rmSync(folder, { recursive: true }));

function findsTheSameByEveryPlan(tables: fc.Arbitrary<WrittenTable>, numRuns: number): Map<string, number> {
  const plans = new Map<string, number>();
  const cases = tables.chain((table) => fc.tuple(fc.constant(table), anyPattern(table.rows), anySizes));
  fc.assert(
    fc.property(cases, ([table, pattern, sizes]) => {
      const opened = openTable(writeTable(folder, table), table);
      try {
        const expected = expectedMatches(table, pattern);
        for (const search of allSearches(pattern, table.reading)) {
          assert.deepEqual(foundIn(opened, search, sizes), expected, search.plan.kind);
          if (expected.length > 0) plans.set(search.plan.kind, (plans.get(search.plan.kind) ?? 0) + 1);
        }
      } finally {
        opened.source.close();
      }
    }),
    { numRuns },
  );
  return plans;
}

describe("A search of a table", () => {
  it("finds in delimited text what a slow search of its cells finds, by every plan and in steps of every length", () => {
    const plans = findsTheSameByEveryPlan(anyDelimited, 500);
    assert.deepEqual([...plans.keys()].toSorted(), ["candidates", "everyRow", "literal", "rawRegex"]);
  });

  it("finds in JSON what a slow search of its values finds, by every plan and in steps of every length", () => {
    const plans = findsTheSameByEveryPlan(anyJson, 250);
    assert.deepEqual([...plans.keys()].toSorted(), ["candidates", "everyRow"]);
  });

  const regex = { regex: true, caseSensitive: true, wholeWord: false };
  const plain = { regex: false, caseSensitive: true, wholeWord: false };
  const cases: readonly [string, string[][], FindPattern][] = [
    ["matches that could overlap", [["aaaaaaaaa", "xaaaaay"], ["aaa"]], { ...plain, text: "aa" }],
    ["a value's end before a carriage return", [["x", "foo"], ["foo"], ["food"]], { ...regex, text: "foo$" }],
    ["a quote within a match", [['x"y'], ["xzy"], ["xy"]], { ...regex, text: "x.y" }],
    ["what takes no room and is repeated", [["b", "ab"], ["a"], ["aab"]], { ...regex, text: "a(?=b){2}" }],
    [
      "letters beyond ASCII that count as the same in either case",
      [["s\u212aip"], ["\u017fkip", "skip"], ["ship"]],
      { ...regex, text: "skip.?", caseSensitive: false },
    ],
    [
      "the first and the last letter in either case, and no signs next to them in ASCII",
      [["az[", "AZ["], ["aZ[", "AZ{"], ["azz"]],
      { ...plain, text: "AZ[", caseSensitive: false },
    ],
    [
      "small letters in either case, and no signs next to them in ASCII",
      [
        ["`az{", "`AZ{"],
        ["@az{", "`aZ["],
      ],
      { ...plain, text: "`az{", caseSensitive: false },
    ],
    ["what begins with a delimiter's neighbour", [["b", "ab", "cb"], ["b"]], { ...regex, text: "[^a]b" }],
  ];
  for (const [what, rows, pattern] of cases) {
    it(`finds ${what}, by every plan and in steps of every length`, () => {
      for (const quotesAll of [false, true]) {
        const style = { delimiter: ",", quote: '"', newline: "\r\n", encoding: "utf-8", endsInNewline: true } as const;
        assertFoundByEveryPlan(writeDelimited(rows, { ...style, quotesAll }), pattern);
      }
    });
  }

  it("finds letters that JSON writes as \\u escapes, and backslashes after backslashes", () => {
    const text = String.raw`{"a":"\u0073kip","b":"x"}` + "\n" + String.raw`{"a":"s\u212aip","b":"x\\skip"}`;
    const rows = [
      ["skip", "x"],
      ["s\u212aip", String.raw`x\skip`],
    ];
    const reading = { ...csvReading, kind: "jsonLines" } as const;
    const table = { bytes: Buffer.from(text), reading, newline: 10, begin: 0, rows, columns: ["a", "b"] } as const;
    assertFoundByEveryPlan(table, { ...regex, text: "skip", caseSensitive: false });
    assertFoundByEveryPlan(table, { ...plain, text: "skip" });
    assertFoundByEveryPlan(table, { ...plain, text: String.raw`x\sk` });
  });

  it("finds what follows a bracket in the only value of a JSON array", () => {
    const reading = { ...csvReading, kind: "jsonArray", arrayPath: ["rows"] } as const;
    const open = '{"rows":[';
    const bytes = Buffer.from(`${open}"x] foo"]}`);
    const rows = [["x] foo"]];
    const table = { bytes, reading, newline: 10, begin: open.length, rows, columns: ["value"] } as const;
    assertFoundByEveryPlan(table, { ...plain, text: "foo" });
  });
});

function assertFoundByEveryPlan(table: WrittenTable, pattern: FindPattern): void {
  const opened = openTable(writeTable(folder, table), table);
  const expected = expectedMatches(table, pattern);
  assert.notDeepEqual(expected, []);
  for (const search of allSearches(pattern, table.reading)) {
    for (const stretch of [4, 5, 6, 7, 9, 13, 40, 1000]) {
      assert.deepEqual(foundIn(opened, search, { stretch, longestRow: 1000 }), expected, search.plan.kind);
    }
  }
  opened.source.close();
}
