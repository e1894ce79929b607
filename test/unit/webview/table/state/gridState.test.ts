import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Filter } from "../../../../../src/model/queryContract.ts";
import type { TableProgress } from "../../../../../src/table/tableTypes.ts";
import { rowNumber, type RowPosition, rowPosition } from "../../../../../src/table/view/rowIdentity.ts";
import { GridState } from "../../../../../src/webview/table/state/gridState.ts";
import { headerRow } from "../../../../../src/webview/table/state/selection.ts";
import { wheelPixels } from "../../../../../src/webview/table/scroll/wheel.ts";
import { counted, noRows, shape } from "./sampleTable.ts";
import { parseRowNumber } from "../../../../../src/webview/table/goto/rowNumber.ts";

function stateOf(progress: TableProgress): GridState {
  const state = new GridState({ shape, progress, isFileOrder: true }, noRows);
  state.resize(800, 440);
  return state;
}

describe("The grid when columns are fitted to their values", () => {
  it("keeps the whole focused cell in view", () => {
    const state = stateOf(counted);
    state.resize(300, 440);
    state.move("rowEnd", false);
    state.fit(new Map([[2, 250]]));
    assert.equal(state.horizontal.left, 120 + 120 + 250 - 300);
  });

  it("does not scroll to a focused cell that is out of view", () => {
    const state = stateOf(counted);
    state.resize(300, 440);
    state.move("rowEnd", false);
    state.scroll((_, horizontal) => horizontal.scrollTo(0));
    state.fit(new Map([[2, 250]]));
    assert.equal(state.horizontal.left, 0);
  });
});

describe("The grid while its table grows", () => {
  it("keeps its scroll position", () => {
    const state = stateOf(counted);
    state.goTo({ row: 500, slot: 1 });
    const { visible } = state.vertical;
    state.updateProgress({ ...counted, rows: 2000, indexedRows: 2000 });
    assert.deepEqual(state.vertical.visible, visible);
    assert.deepEqual(state.selection.focus, { row: 500, slot: 1 });
  });

  it("stays at the end if it is there, with the focus on the same row", () => {
    const state = stateOf(counted);
    state.move("tableEnd", false);
    state.updateProgress({ ...counted, rows: 2000, indexedRows: 2000 });
    assert.equal(state.vertical.visible.to, 2000);
    assert.equal(state.selection.focus.row, 999);
  });

  it("keeps the focus on the last rows when their estimated numbers are corrected", () => {
    const state = stateOf({ ...counted, exact: false, indexedRows: 10 });
    state.move("tableEnd", false);
    state.updateProgress({ ...counted, rows: 1030, indexedRows: 1030 });
    assert.equal(state.selection.focus.row, 1029);
    assert.equal(state.vertical.visible.to, 1030);
  });

  it("ignores progress of an earlier version of the rows", () => {
    const state = stateOf(counted);
    state.updateProgress({ ...counted, version: 0, rows: 5 });
    assert.equal(state.size.rows, 1000);
  });
});

describe("The focus", () => {
  it("goes to the start of the row and shows the first columns, even if the first is pinned", () => {
    const state = stateOf(counted);
    state.resize(200, 440);
    state.arrange((layout) => layout.pin(0));
    state.resize(200, 440);
    state.move("rowEnd", false);
    assert.ok(state.horizontal.left > 0);
    state.move("rowStart", false);
    assert.equal(state.horizontal.left, 0);
  });

  it("stays on its column when columns are moved, and goes to the next one when its column is hidden", () => {
    const state = stateOf(counted);
    state.goTo({ row: 3, slot: 2 });
    state.arrange((layout) => layout.move(2, 0));
    assert.deepEqual([state.selection.focus.slot, state.focusColumn], [0, 2]);
    state.arrange((layout) => layout.hide(2));
    assert.deepEqual([state.selection.focus.slot, state.focusColumn], [0, 0]);
  });

  it("starts where the person was before", () => {
    const position = { number: rowNumber(700), column: 2 };
    const state = new GridState({ shape, progress: counted, isFileOrder: true, position }, noRows);
    assert.deepEqual(state.selection.focus, { row: 700, slot: 2 });
    state.resize(800, 440);
    const { from, to } = state.vertical.visible;
    assert.ok(from <= 700 && to > 700, "in view");
  });
});

describe("The focus in another order than the file's", () => {
  const position = { number: rowNumber(700), column: 2 };

  function restoring() {
    let answer: (row: RowPosition | undefined) => void = () => undefined;
    const positionOf = (): Promise<RowPosition | undefined> => new Promise((resolve) => (answer = resolve));
    const table = { shape, progress: counted, isFileOrder: false, position };
    const state = new GridState(table, { ...noRows, positionOf });
    state.resize(800, 440);
    const answerRow = async (row: number): Promise<void> => {
      answer(rowPosition(row));
      await Promise.resolve();
    };
    return { state, answer: answerRow };
  }

  it("moves to the row where the person was as soon as the host says where it is", async () => {
    const { state, answer } = restoring();
    assert.deepEqual(state.selection.focus, { row: 0, slot: 2 });
    await answer(299);
    assert.deepEqual(state.selection.focus, { row: 299, slot: 2 });
    const { from, to } = state.vertical.visible;
    assert.ok(from <= 299 && to > 299, "in view");
  });

  it("stays where the person has moved it meanwhile", async () => {
    const { state, answer } = restoring();
    state.move("down", false);
    await answer(299);
    assert.equal(state.selection.focus.row, 1);
  });
});

describe("The focus when rows are arranged", () => {
  const sort = [{ column: 1 }];
  const filter: Filter = { column: 0, is: "empty" };
  const rows = { ...counted, rows: 100, indexedRows: 100 };

  function at(row: number): GridState {
    const state = new GridState({ shape, progress: counted, isFileOrder: true }, noRows);
    state.resize(800, 440);
    state.goTo({ row, slot: 2 });
    return state;
  }

  it("stays on its row, in view, when the filter changes", () => {
    const state = at(900);
    const applied = { sort: [], filter, fileRows: 1000 };
    state.rearrange({ progress: rows, isFileOrder: false, applied, position: rowPosition(60) });
    assert.deepEqual([state.selection.focus, state.size.rows], [{ row: 60, slot: 2 }, 100]);
    assert.ok(state.vertical.visible.from <= 60 && state.vertical.visible.to > 60, "in view");
    state.rearrange({ progress: counted, isFileOrder: true, applied: null, position: rowPosition(900) });
    assert.equal(state.selection.focus.row, 900);
    assert.ok(state.vertical.visible.from <= 900 && state.vertical.visible.to > 900, "in view again");
    assert.equal(state.arrangement.applied, undefined);
  });

  it("goes to the first row if its row isn't there, or if the order changes", () => {
    for (const [applied, position] of [
      [{ sort: [], filter, fileRows: 1000 }, null],
      [{ sort, filter: null, fileRows: 1000 }, rowPosition(60)],
    ] as const) {
      const state = at(900);
      state.rearrange({ progress: rows, isFileOrder: false, applied, position });
      assert.deepEqual([state.selection.focus.row, state.vertical.top], [0, 0]);
    }
  });

  it("stays in the header", () => {
    const state = at(headerRow);
    const applied = { sort, filter: null, fileRows: 1000 };
    state.rearrange({ progress: rows, isFileOrder: false, applied, position: null });
    assert.equal(state.selection.focus.row, headerRow);
  });
});

describe("Typed row numbers and the mouse wheel", () => {
  it("row numbers are accepted as people write them", () => {
    assert.equal(parseRowNumber(" 7,654,321 "), 7_654_321);
    assert.equal(parseRowNumber("7.654.321"), 7_654_321);
    assert.equal(parseRowNumber("7 654"), 7654);
    for (const text of ["", "-5", "1e5", "twelve", "9".repeat(16)]) assert.equal(parseRowNumber(text), undefined, text);
  });

  it("the wheel scrolls by pixels, lines or pages, and sideways with Shift", () => {
    const turn = { deltaX: 0, deltaY: 3, deltaMode: 1, shiftKey: false, altKey: false };
    assert.deepEqual(wheelPixels(turn, 22, 700), { x: 0, y: 66 });
    assert.deepEqual(wheelPixels({ ...turn, deltaMode: 2 }, 22, 700), { x: 0, y: 2100 });
    assert.deepEqual(wheelPixels({ ...turn, shiftKey: true }, 22, 700), { x: 66, y: 0 });
    assert.deepEqual(wheelPixels({ ...turn, deltaX: 2, deltaMode: 0, shiftKey: true }, 22, 700), { x: 2, y: 3 });
    assert.deepEqual(wheelPixels({ ...turn, altKey: true, deltaMode: 0 }, 22, 700), { x: 0, y: 15 });
  });
});
