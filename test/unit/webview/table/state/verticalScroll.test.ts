import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { thumbOf, VerticalScroll } from "../../../../../src/webview/table/state/verticalScroll.ts";

const rowHeight = 22;
/** 330 million pixels: ten times as high as an element may be. */
const manyRows = 15_000_000;

function scrollOver(rows: number, viewHeight: number): VerticalScroll {
  const scroll = new VerticalScroll(rowHeight);
  scroll.setRows(rows);
  scroll.setViewHeight(viewHeight);
  return scroll;
}

describe("Scrolling over rows", () => {
  it("is exact at both ends of 15 million rows", () => {
    const scroll = scrollOver(manyRows, 705);
    assert.deepEqual(scroll.visible, { from: 0, to: 33, offset: 0 });
    scroll.scrollToEnd();
    const { from, to, offset } = scroll.visible;
    assert.equal(to, manyRows);
    assert.equal((to - from) * rowHeight - offset, 705, "the last row's lower edge is the view's");
    scroll.scrollBy(1e12);
    assert.deepEqual(scroll.visible, { from, to, offset });
    scroll.scrollBy(-1e12);
    assert.equal(scroll.top, 0);
  });

  it("moves by one pixel anywhere among 10 billion rows", () => {
    const scroll = scrollOver(1e10, 700);
    scroll.scrollTo(1e10 * 11 + 5);
    const before = scroll.visible;
    scroll.scrollBy(1);
    assert.equal(scroll.visible.offset - before.offset, 1);
  });

  it("adds up the small steps of a trackpad", () => {
    const scroll = scrollOver(1000, 400);
    for (let step = 0; step < 10; step += 1) scroll.scrollBy(0.3);
    assert.equal(scroll.visible.offset, 3);
  });

  it("converts a position to a place of the thumb and back, exact to a pixel of the scroll bar", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000_000 }),
        fc.integer({ min: 30, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, viewHeight, share) => {
          const scroll = scrollOver(rows, viewHeight);
          scroll.scrollTo(scroll.largestTop * share);
          const thumb = scroll.thumb(viewHeight);
          if (thumb === undefined) return;
          const { top } = scroll;
          assert.ok(thumb.size >= 24 && thumb.start >= 0 && thumb.start + thumb.size <= viewHeight + 1e-6);
          scroll.scrollTo(0);
          scroll.dragTo(thumb.start, viewHeight);
          assert.ok(Math.abs(scroll.top - top) <= 1e-6 * Math.max(1, scroll.largestTop));
        },
      ),
    ));

  it("drags the thumb exactly to both ends, and not beyond", () => {
    const scroll = scrollOver(manyRows, 705);
    const { size } = scroll.thumb(705) ?? { size: 0 };
    scroll.dragTo(705 - size, 705);
    assert.equal(scroll.top, scroll.largestTop);
    scroll.dragTo(5000, 705);
    assert.equal(scroll.top, scroll.largestTop);
    scroll.dragTo(-3, 705);
    assert.equal(scroll.top, 0);
  });

  it("has no thumb if everything is in view", () => {
    assert.equal(scrollOver(10, 705).thumb(705), undefined);
    assert.equal(thumbOf(20, 705, 1e6, 0), undefined);
  });

  it("keeps the same rows in view when others are added, and knows whether the end was in view", () => {
    const scroll = scrollOver(1000, 400);
    assert.equal(scroll.isAtEnd, false);
    scroll.scrollToEnd();
    assert.equal(scroll.isAtEnd, true);
    const { from } = scroll.visible;
    scroll.setRows(2000);
    assert.equal(scroll.visible.from, from);
    assert.equal(scroll.isAtEnd, false);
  });

  it("is not at the end if everything is in view", () => assert.equal(scrollOver(3, 400).isAtEnd, false));

  it("stays at the end when the size of the view changes", () => {
    const scroll = scrollOver(1000, 400);
    scroll.scrollToEnd();
    scroll.setViewHeight(300);
    assert.equal(scroll.visible.to, 1000);
    scroll.setViewHeight(500);
    assert.equal(scroll.top, scroll.largestTop);
  });

  it("moves back if the number of rows was estimated too high", () => {
    const scroll = scrollOver(1000, 400);
    scroll.scrollToEnd();
    scroll.setRows(10);
    assert.deepEqual(scroll.visible, { from: 0, to: 10, offset: 0 });
  });

  it("brings a row into view by the shortest way, into the middle, or not at all", () => {
    const scroll = scrollOver(manyRows, 440);
    scroll.scrollToRow(19, "nearest");
    assert.equal(scroll.top, 0);
    scroll.scrollToRow(20, "nearest");
    assert.equal(scroll.top, rowHeight);
    scroll.scrollToRow(0, "nearest");
    assert.equal(scroll.top, 0);
    scroll.scrollToRow(7_654_320, "middle");
    assert.equal(scroll.visible.from, 7_654_310);
    scroll.scrollToRow(7_654_315, "settled");
    assert.equal(scroll.visible.from, 7_654_310);
    scroll.scrollToRow(100, "settled");
    assert.equal(scroll.visible.from, 90);
  });
});
