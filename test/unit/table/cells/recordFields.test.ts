import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { recordFields } from "../../../../src/table/cells/recordFields.ts";
import type { Column } from "../../../../src/table/tableTypes.ts";

const columns: Column[] = ["a", "b", "c"].map((name) => ({ name, type: "text" }));

describe("The whole record of a row", () => {
  it("names every column, and says which values a short row lacks", () => {
    assert.deepEqual(recordFields({ cells: ["1", ""], malformed: false }, columns, 10), [
      { name: "a", text: "1" },
      { name: "b", text: "" },
      { name: "c", text: "", kind: "-" },
    ]);
  });

  it("says what each value of a JSON record is", () => {
    assert.deepEqual(recordFields({ cells: ["", "null"], kinds: "-0", malformed: false }, columns, 10), [
      { name: "a", text: "", kind: "-" },
      { name: "b", text: "null", kind: "0" },
      { name: "c", text: "", kind: "-" },
    ]);
  });

  it("cuts long values and says how long they are", () => {
    assert.deepEqual(
      recordFields({ cells: ["12345678901", "1234567890"], malformed: false }, columns, 10).slice(0, 2),
      [
        { name: "a", text: "1234567890", fullLength: 11 },
        { name: "b", text: "1234567890" },
      ],
    );
  });

  it("does not report values as missing that were not read", () => {
    assert.deepEqual(recordFields({ cells: ["1", "half"], openColumn: 1, malformed: false }, columns, 10), [
      { name: "a", text: "1" },
      { name: "b", text: "half", fullLength: "unknown" },
      { name: "c", text: "", fullLength: "unknown" },
    ]);
  });
});
