import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Motion, motionOf, moved } from "../../../../../src/webview/table/state/motions.ts";
import { headerRow, isInside, Selection } from "../../../../../src/webview/table/state/selection.ts";

const size = { rows: 1000, columns: 8 };

describe("The selection", () => {
  it("is the focused cell, then the rectangle between anchor and focus, in either direction", () => {
    const selection = new Selection();
    selection.moveTo({ row: 5, slot: 3 });
    assert.ok(selection.isSingle);
    selection.extendTo({ row: 2, slot: 6 });
    assert.deepEqual(selection.area(size), { fromRow: 2, toRow: 5, fromSlot: 3, toSlot: 6 });
    assert.ok(!selection.isSingle);
    assert.ok(isInside(selection.area(size), 3, 3));
    assert.ok(!isInside(selection.area(size), 3, 2));
    selection.moveTo(selection.focus);
    assert.deepEqual(selection.area(size), { fromRow: 2, toRow: 2, fromSlot: 6, toSlot: 6 });
  });

  it("is whole rows if it starts at a row number, however far it is extended", () => {
    const selection = new Selection();
    selection.selectRow(7);
    selection.extendTo({ row: 9, slot: 4 });
    assert.deepEqual(selection.area(size), { fromRow: 7, toRow: 9, fromSlot: 0, toSlot: 7 });
  });

  it("can be whole columns, even in a table without rows", () => {
    const selection = new Selection();
    selection.selectColumn(2, 40);
    selection.extendTo({ row: 40, slot: 1 });
    assert.deepEqual(selection.area(size), { fromRow: 0, toRow: 999, fromSlot: 1, toSlot: 2 });
    selection.selectColumn(2, headerRow);
    assert.equal(selection.area({ rows: 0, columns: 8 }).toRow, -1);
  });

  it("can be widened to rows, to columns, and with both to everything", () => {
    const selection = new Selection();
    selection.moveTo({ row: 4, slot: 4 });
    selection.widen("rows");
    assert.deepEqual(selection.area(size), { fromRow: 4, toRow: 4, fromSlot: 0, toSlot: 7 });
    selection.widen("columns");
    assert.deepEqual(selection.area(size), { fromRow: 0, toRow: 999, fromSlot: 0, toSlot: 7 });
  });

  it("includes everything without moving the focus, and becomes a rectangle when it is extended", () => {
    const selection = new Selection();
    selection.moveTo({ row: 4, slot: 4 });
    selection.selectAll();
    assert.deepEqual(selection.focus, { row: 4, slot: 4 });
    assert.equal(selection.area(size).toRow, 999);
    selection.extendTo({ row: 5, slot: 4 });
    assert.deepEqual(selection.area(size), { fromRow: 4, toRow: 5, fromSlot: 4, toSlot: 4 });
  });

  it("follows its rows when their numbers are corrected, and stays in the table", () => {
    const selection = new Selection();
    selection.moveTo({ row: 999, slot: 7 });
    selection.shiftRows(20);
    assert.equal(selection.focus.row, 1019);
    selection.clamp({ rows: 10, columns: 3 });
    assert.deepEqual(selection.focus, { row: 9, slot: 2 });
    selection.clamp({ rows: 0, columns: 3 });
    assert.equal(selection.focus.row, headerRow);
  });
});

describe("Navigation keys", () => {
  const key = (name: string, control = false, alt = false) =>
    motionOf({ key: name, ctrlKey: control, metaKey: false, altKey: alt });

  it("move as in a spreadsheet, and with Control to the edges", () => {
    assert.equal(key("ArrowDown"), "down");
    assert.equal(key("ArrowDown", true), "lastRow");
    assert.equal(key("Home"), "rowStart");
    assert.equal(key("Home", true), "tableStart");
    assert.equal(motionOf({ key: "End", ctrlKey: false, metaKey: true, altKey: false }), "tableEnd");
  });

  it("move nothing if they have another meaning", () => {
    for (const name of ["Tab", "a", "Enter", "toString", "constructor"]) assert.equal(key(name), undefined);
    assert.equal(key("ArrowDown", false, true), undefined);
    assert.equal(key("PageDown", true), undefined, "VS Code's next editor");
  });
});

describe("A move of the focus", () => {
  const ground = { ...size, pageRows: 30, topRow: 500 };
  const from = (row: number, slot: number, motion: Motion) => {
    const cell = moved({ row, slot }, motion, ground);
    return [cell.row, cell.slot];
  };

  it("ends at the table's edges", () => {
    assert.deepEqual(from(999, 7, "down"), [999, 7]);
    assert.deepEqual(from(999, 7, "right"), [999, 7]);
    assert.deepEqual(from(5, 0, "left"), [5, 0]);
    assert.deepEqual(from(990, 1, "pageDown"), [999, 1]);
    assert.deepEqual(from(10, 1, "pageUp"), [0, 1]);
    assert.deepEqual(from(10, 3, "tableEnd"), [999, 7]);
    assert.deepEqual(from(10, 3, "tableStart"), [0, 0]);
    assert.deepEqual(from(10, 3, "firstRow"), [0, 3]);
    assert.deepEqual(from(10, 3, "lastRow"), [999, 3]);
  });

  it("goes from the first row to the header, and from there to the first row in view", () => {
    assert.deepEqual(from(0, 3, "up"), [headerRow, 3]);
    assert.deepEqual(from(headerRow, 3, "up"), [headerRow, 3]);
    assert.deepEqual(from(headerRow, 3, "down"), [500, 3]);
    assert.deepEqual(from(headerRow, 3, "rowEnd"), [headerRow, 7]);
  });

  it("stays in the header of a table without rows", () => {
    const empty = { rows: 0, columns: 8, pageRows: 30, topRow: 0 };
    for (const motion of ["down", "pageDown", "lastRow", "tableStart", "tableEnd"] as const) {
      assert.equal(moved({ row: headerRow, slot: 2 }, motion, empty).row, headerRow, motion);
    }
  });
});
