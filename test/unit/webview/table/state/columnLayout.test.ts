import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Column } from "../../../../../src/table/tableTypes.ts";
import { ColumnLayout } from "../../../../../src/webview/table/state/columnLayout.ts";

function columns(...names: string[]): Column[] {
  return names.map((name) => ({ name, type: "text" }));
}

function names(layout: ColumnLayout): string {
  return layout.shown.map((index) => layout.columns[index]?.name).join(" ");
}

describe("The columns' layout", () => {
  it("finds the columns in view among 2,000 of different widths", () => {
    const layout = new ColumnLayout(columns(...Array.from({ length: 2000 }, (_, n) => `c${n}`)));
    layout.fitted(new Map(Array.from({ length: 2000 }, (_, index) => [index, 60 + ((index * 37) % 300)])));
    layout.pin(7);
    fc.assert(
      fc.property(fc.nat(layout.scrolledWidth), fc.integer({ min: 1, max: 3000 }), (left, width) => {
        const { from, to } = layout.visible(left, width);
        const expected = layout.shown
          .map((index, slot) => ({ index, slot }))
          .filter(({ index, slot }) => {
            const edge = layout.left(slot);
            return slot > 0 && edge < left + width && edge + layout.width(index) > left;
          });
        assert.deepEqual(
          Array.from({ length: to - from }, (_, n) => from + n),
          left === layout.scrolledWidth ? [1999] : expected.map(({ slot }) => slot),
        );
      }),
    );
  });

  it("counts a column as in view if its left edge is in view", () => {
    const layout = new ColumnLayout(columns("a", "b", "c"));
    assert.deepEqual(layout.visible(layout.left(1), layout.width(1)), { from: 1, to: 2 });
    assert.deepEqual(layout.visible(layout.left(1) - 1, 2), { from: 0, to: 2 });
  });

  it("puts pinned columns first, in the order in which they were pinned", () => {
    const layout = new ColumnLayout(columns("a", "b", "c", "d"));
    layout.pin(2);
    layout.pin(1);
    assert.equal(names(layout), "c b a d");
    assert.equal(layout.pinnedCount, 2);
    assert.equal(layout.left(2), 0, "the scrolled ones begin anew");
    layout.unpin(2);
    assert.equal(names(layout), "b a c d");
  });

  it("moves a column to another slot, past hidden columns, but never across the edge of the pinned columns", () => {
    const layout = new ColumnLayout(columns("a", "b", "c", "d", "e"));
    layout.hide(1);
    layout.move(0, 1);
    assert.equal(names(layout), "c a d e");
    layout.move(0, 0);
    assert.equal(names(layout), "a c d e");
    layout.show(1);
    assert.equal(names(layout), "b a c d e", "the hidden one stayed beside c's other neighbour");
    layout.pin(4);
    layout.move(4, 3);
    assert.equal(names(layout), "e b a c d");
    layout.move(0, 0);
    assert.equal(names(layout), "e a b c d");
  });

  it("doesn't hide the last visible column", () => {
    const layout = new ColumnLayout(columns("a", "b"));
    layout.hide(0);
    layout.hide(1);
    assert.equal(names(layout), "b");
  });

  it("is restored correctly even for columns with the same name, and ignores unknown columns", () => {
    const layout = new ColumnLayout(columns("id", "x", "x", "y"));
    layout.setWidth(2, 222);
    layout.hide(1);
    layout.pin(3);
    layout.move(2, 1);
    const kept = layout.kept();
    const again = new ColumnLayout(columns("id", "x", "x", "y"), kept);
    assert.deepEqual(again.shown, layout.shown);
    assert.deepEqual(again.kept(), kept);
    assert.equal(again.width(2), 222);
    assert.notEqual(again.width(1), 222);
    const other = new ColumnLayout(columns("y", "z"), kept);
    assert.equal(names(other), "y z");
    assert.equal(other.pinnedCount, 1);
  });

  it("keeps the widths that a person chose, and fits only other columns", () => {
    const layout = new ColumnLayout(columns("a", "b"));
    layout.setWidth(0, 300);
    layout.fitted(
      new Map([
        [0, 80],
        [1, 90],
      ]),
    );
    assert.deepEqual([layout.width(0), layout.width(1)], [300, 90]);
    assert.deepEqual(layout.kept().widths, { a: 300 });
    layout.reset();
    assert.ok(layout.isUnfitted(0));
  });

  it("shows new columns at the end", () => {
    const layout = new ColumnLayout(columns("a", "b"));
    layout.move(1, 0);
    layout.update(columns("a", "b", "c"));
    assert.equal(names(layout), "b a c");
  });

  it("doesn't start with all columns hidden, whatever was saved", () => {
    const layout = new ColumnLayout(columns("a"), { widths: {}, order: [], hidden: ["a"], pinned: [] });
    assert.equal(names(layout), "a");
  });
});
