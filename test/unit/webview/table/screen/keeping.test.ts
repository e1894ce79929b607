import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import { keepWithHost } from "../../../../../src/webview/table/screen/keeping.ts";
import { GridState } from "../../../../../src/webview/table/state/gridState.ts";
import { counted, noRows, shape } from "../state/sampleTable.ts";

/** What the page has sent to the host so far, as pairs of a request and its argument. */
function kept() {
  const sent: [string, unknown][] = [];
  const state = new GridState({ shape, progress: counted, isFileOrder: true }, noRows);
  keepWithHost(
    {
      ask: (name, argument) => {
        sent.push([name, argument]);
        return new Promise<never>(() => undefined);
      },
    },
    state,
  );
  return { sent, state };
}

describe("What a page saves with the host", () => {
  it("is the layout as soon as it changes, because the tab may be closed right after", () => {
    const { sent, state } = kept();
    state.arrange((layout) => layout.hide(1));
    state.arrange((layout) => layout.showAll());
    assert.deepEqual(sent, [
      ["keepLayout", { widths: {}, order: [], hidden: ["b"], pinned: [] }],
      ["keepLayout", { widths: {}, order: [], hidden: [], pinned: [] }],
    ]);
  });

  it("is the row and column with the focus, at once and then at most a few times per second", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const { sent, state } = kept();
    for (const row of [5, 6, 7]) state.goTo({ row, slot: 1 });
    await settled();
    assert.deepEqual(sent, [["keepPosition", { number: 5, column: 1 }]]);
    context.mock.timers.tick(300);
    await settled();
    context.mock.timers.tick(1000);
    await settled();
    assert.deepEqual(sent.slice(1), [["keepPosition", { number: 7, column: 1 }]]);
  });

  it("doesn't include a layout that hasn't changed", () => {
    const { sent, state } = kept();
    state.arrange((layout) => layout.showAll());
    assert.deepEqual(sent, []);
  });
});
