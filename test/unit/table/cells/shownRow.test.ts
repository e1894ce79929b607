import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cellText, shownRow } from "../../../../src/table/cells/shownRow.ts";

describe("A row that is shown", () => {
  const read = { cells: ["a", "bbbb", "ccc"], malformed: false };

  it("has the wanted columns, and nothing that it does not need", () => {
    assert.deepEqual(shownRow(read, { from: 1, count: 1, longest: 4 }), { cells: ["bbbb"] });
    assert.deepEqual(shownRow(read, { from: 2, count: 5, longest: 4 }), { cells: ["ccc"] });
  });

  it("has long values cut, and says which by their index among those that are shown", () => {
    assert.deepEqual(shownRow(read, { from: 1, count: 2, longest: 3 }), { cells: ["bbb", "ccc"], cut: [0] });
    assert.deepEqual(shownRow(read, { from: 0, count: 3, longest: 2 }), { cells: ["a", "bb", "cc"], cut: [1, 2] });
  });

  it("says whether it is malformed, and what kind its values have", () => {
    const all = { ...read, malformed: true, kinds: "sn-" };
    assert.deepEqual(shownRow(all, { from: 1, count: 1, longest: 9 }), {
      cells: ["bbbb"],
      malformed: true,
      kinds: "n",
    });
  });

  it("says from which column on it was not read, and that the last value may be longer", () => {
    const part = { from: 1, count: 5, longest: 9 };
    assert.deepEqual(shownRow({ ...read, openColumn: 2 }, part), { cells: ["bbbb", "ccc"], cut: [1], unreadFrom: 3 });
  });
});

describe("One value of a row", () => {
  const read = { cells: ["a", "bbbb"], malformed: false };

  it("is whole, or cut with its length", () => {
    assert.deepEqual(cellText(read, 1, 4), { text: "bbbb" });
    assert.deepEqual(cellText(read, 1, 3), { text: "bbb", fullLength: 4 });
    assert.deepEqual(cellText(read, 1, 0), { text: "", fullLength: 4 });
    assert.deepEqual(cellText(read, 7, 4), { text: "" });
  });

  it("has no known length if the row was not read to its end", () => {
    const open = { ...read, openColumn: 1 };
    assert.deepEqual(cellText(open, 0, 4), { text: "a" });
    assert.deepEqual(cellText(open, 1, 3), { text: "bbb", fullLength: "unknown" });
    assert.deepEqual(cellText(open, 2, 3), { text: "", fullLength: "unknown" });
  });
});
