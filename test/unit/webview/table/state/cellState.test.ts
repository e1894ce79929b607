import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cellStateOf } from "../../../../../src/webview/table/state/cellState.ts";

describe("The state of a cell", () => {
  it("differs for JSON's null, a missing key, an empty text and the text null", () => {
    const row = { cells: ["null", "", "", "null"], kinds: "0-ss" };
    const states = [0, 1, 2, 3, 4].map((column) => cellStateOf(row, column, column));
    assert.deepEqual(states, ["null", "missing", "empty", "text", "missing"]);
  });

  it("is text for the word null in delimited text, and missing for cells after the end of a short row", () => {
    const row = { cells: ["null", ""] };
    assert.deepEqual(
      [0, 1, 2].map((column) => cellStateOf(row, column, column)),
      ["text", "empty", "missing"],
    );
  });

  it("is not missing for cells that were not read", () => {
    const row = { cells: ["a"], unreadFrom: 1 };
    assert.deepEqual([cellStateOf(row, 0, 0), cellStateOf(row, 1, 1)], ["text", "unread"]);
  });

  it("uses the column's index in the file if only some columns of a row were read", () => {
    assert.equal(cellStateOf({ cells: [], unreadFrom: 70 }, 4, 68), "missing");
    assert.equal(cellStateOf({ cells: [], unreadFrom: 70 }, 6, 70), "unread");
  });

  it("is not missing for any key of a JSON record that was not read to its end", () => {
    assert.equal(cellStateOf({ cells: ["", "b"], kinds: "-s", unreadFrom: 2 }, 0, 0), "unread");
  });

  it("is pending for rows that have not arrived", () => {
    assert.equal(cellStateOf(undefined, 0, 0), "pending");
  });
});
