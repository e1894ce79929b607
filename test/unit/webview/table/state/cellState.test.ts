import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cellStateOf } from "../../../../../src/webview/table/state/cellState.ts";

describe("What a cell has to show", () => {
  it("differs for JSON's null, a missing key, an empty text and the text null", () => {
    const row = { cells: ["null", "", "", "null"], kinds: "0-ss" };
    const states = [0, 1, 2, 3, 4].map((column) => cellStateOf(row, column, column));
    assert.deepEqual(states, ["null", "missing", "empty", "text", "missing"]);
  });

  it("takes the text null of delimited text for a text, and cells after a short row's end for missing", () => {
    const row = { cells: ["null", ""] };
    assert.deepEqual(
      [0, 1, 2].map((column) => cellStateOf(row, column, column)),
      ["text", "empty", "missing"],
    );
  });

  it("does not take cells that were not read for missing ones", () => {
    const row = { cells: ["a"], unreadFrom: 1 };
    assert.deepEqual([cellStateOf(row, 0, 0), cellStateOf(row, 1, 1)], ["text", "unread"]);
  });

  it("compares with the column's index in the file where a row is only a window of columns", () => {
    assert.equal(cellStateOf({ cells: [], unreadFrom: 70 }, 4, 68), "missing");
    assert.equal(cellStateOf({ cells: [], unreadFrom: 70 }, 6, 70), "unread");
  });

  it("takes no key for missing in a JSON record that was not read to its end", () => {
    assert.equal(cellStateOf({ cells: ["", "b"], kinds: "-s", unreadFrom: 2 }, 0, 0), "unread");
  });

  it("waits for rows that are not there yet", () => {
    assert.equal(cellStateOf(undefined, 0, 0), "pending");
  });
});
