import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Column } from "../../../../src/table/tableTypes.ts";
import { rowNumber } from "../../../../src/table/view/rowIdentity.ts";
import { TableState } from "../../../../src/vscode/tableEditor/tableState.ts";
import { PlainMemento } from "../plainMemento.ts";

const columns = (...names: string[]): Column[] => names.map((name) => ({ name, type: "text" }));
const layout = (width: number) => ({ widths: { id: width }, order: ["id"], hidden: [], pinned: [] });

function fakeTimers(test: TestContext): void {
  test.mock.timers.enable({ apis: ["setTimeout"] });
}

describe("What is kept of tables", () => {
  it("is a layout per list of columns, whatever the file and their types", (test) => {
    fakeTimers(test);
    const state = new TableState(new PlainMemento());
    state.keepLayout(columns("id", "name"), layout(100));
    state.keepLayout(columns("name", "id"), layout(200));
    assert.deepEqual(state.layout([{ name: "id", type: "number" }, ...columns("name")]), layout(100));
    assert.deepEqual(state.layout(columns("name", "id")), layout(200));
    assert.equal(state.layout(columns("id,name")), undefined);
  });

  it("is still there in the next window, even if the window closes immediately", () => {
    const memento = new PlainMemento();
    const state = new TableState(memento);
    state.keepLayout(columns("id"), layout(100));
    state.keepPosition("file:///a.csv", { number: rowNumber(7), column: 1 });
    state.dispose();
    const later = new TableState(memento);
    assert.deepEqual(later.layout(columns("id")), layout(100));
    assert.deepEqual(later.position("file:///a.csv"), { number: rowNumber(7), column: 1 });
    assert.equal(later.position("file:///b.csv"), undefined);
  });

  it("includes the size of the detail pane, the same for all files, until the user resets it", () => {
    const memento = new PlainMemento();
    const state = new TableState(memento);
    assert.equal(state.detailSize, undefined);
    state.keepDetailSize(55);
    state.dispose();
    const later = new TableState(memento);
    assert.equal(later.detailSize, 55);
    later.keepDetailSize(undefined);
    later.dispose();
    assert.equal(new TableState(memento).detailSize, undefined);
  });

  it("is written once for many changes in a row", (test) => {
    fakeTimers(test);
    const memento = new PlainMemento();
    const state = new TableState(memento);
    for (let row = 0; row < 50; row += 1) state.keepPosition("file:///a.csv", { number: rowNumber(row), column: 0 });
    assert.equal(memento.writes, 0);
    test.mock.timers.tick(500);
    assert.equal(memento.writes, 1);
    assert.deepEqual(new TableState(memento).position("file:///a.csv"), { number: rowNumber(49), column: 0 });
  });

  it("stays small: the layout and the position that were used longest ago are dropped", () => {
    const memento = new PlainMemento();
    const state = new TableState(memento);
    for (let n = 0; n < 100; n += 1) state.keepLayout(columns(`c${n}`), layout(n));
    assert.deepEqual(state.layout(columns("c0")), layout(0));
    state.keepLayout(columns("c100"), layout(100));
    assert.equal(state.layout(columns("c1")), undefined);
    assert.deepEqual(state.layout(columns("c0")), layout(0));
    for (let n = 0; n <= 200; n += 1) state.keepPosition(`file:///${n}`, { number: rowNumber(n), column: 0 });
    assert.equal(state.position("file:///0"), undefined);
    assert.deepEqual(state.position("file:///1"), { number: rowNumber(1), column: 0 });
  });

  it("contains the names of columns, and nothing else from a file", () => {
    const memento = new PlainMemento();
    const state = new TableState(memento);
    state.keepLayout(columns("id"), layout(1));
    state.keepPosition("file:///a.csv", { number: rowNumber(7), column: 1 });
    state.dispose();
    assert.deepEqual(memento.get("tablePositions"), [["file:///a.csv", { number: rowNumber(7), column: 1 }]]);
    assert.deepEqual(
      memento.get<[string, unknown][]>("tableLayouts").map(([, kept]) => kept),
      [layout(1)],
    );
  });

  it("includes positions that an earlier version kept in another form", async () => {
    const memento = new PlainMemento();
    await memento.update("tablePositions", [["file:///a.csv", { row: 7, column: 1 }]]);
    assert.deepEqual(new TableState(memento).position("file:///a.csv"), { number: 7, column: 1 });
  });

  it("is ignored if it is damaged", async () => {
    const memento = new PlainMemento();
    await memento.update("tableLayouts", [["x", { widths: 7 }]]);
    await memento.update("tablePositions", "gone");
    await memento.update("tableDetailSize", [["detail", "wide"]]);
    const state = new TableState(memento);
    assert.equal(state.layout(columns("id")), undefined);
    assert.equal(state.position("file:///a.csv"), undefined);
    assert.equal(state.detailSize, undefined);
  });
});
