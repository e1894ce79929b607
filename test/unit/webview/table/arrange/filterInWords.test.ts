import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Filter } from "../../../../../src/model/queryContract.ts";
import { arrangementInWords, partInWords } from "../../../../../src/webview/table/arrange/filterInWords.ts";

const wording = { nameOf: (column: number): string => ["id", "name"][column] ?? "", count: String };

describe("A filter in words", () => {
  const sentences: readonly [Filter, string][] = [
    [{ column: 1, is: "contains", value: "a" }, "name contains “a”"],
    [{ not: { column: 1, is: "contains", value: "a" } }, "name doesn't contain “a”"],
    [{ column: 1, is: "in", values: ["x"] }, "name is “x”"],
    [{ column: 1, is: "in", values: ["x", "y"] }, "name is one of 2 values"],
    [{ not: { column: 1, is: "in", values: ["x", "y"] } }, "name is none of 2 values"],
    [{ not: { column: 1, is: "empty" } }, "name is not empty"],
    [{ column: 0, is: "atMost", value: "5" }, "id ≤ “5”"],
    [{ column: 0, is: "between", from: "1", to: "2" }, "id from “1” to “2”"],
    [{ not: { column: 1, is: "startsWith", value: "a" } }, "Not: name starts with “a”"],
    [
      {
        any: [
          { column: 1, is: "empty" },
          { column: 0, is: "empty" },
        ],
      },
      "Any of 2 conditions",
    ],
    [{ column: 1, is: "equals", value: "x".repeat(100) }, `name is “${"x".repeat(40)}…”`],
  ];
  for (const [filter, sentence] of sentences) {
    it(`is ${sentence}`, () => assert.equal(partInWords(filter, wording), sentence));
  }

  it("is read out together with the order", () => {
    const sort = [{ column: 0, descending: true }, { column: 1 }];
    const filter: Filter = { column: 1, is: "empty" };
    assert.equal(
      arrangementInWords({ sort, filter }, wording),
      "Sorted by id, descending; name, ascending. Filtered: name is empty.",
    );
    assert.equal(arrangementInWords(null, wording), "In the order of the file.");
  });
});
