import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toFindBarState } from "../../../../src/webview/table/find/findBarState.ts";
import { PageMemory } from "../../../../src/webview/table/pageMemory.ts";

/** VS Code's side, which keeps one value for a page. */
function keeperOf(kept?: unknown) {
  const keeper = { kept };
  return {
    keeper,
    state: {
      getState: () => keeper.kept,
      setState: (value: unknown) => {
        keeper.kept = value;
      },
    },
  };
}

const entered = { isOpen: true, text: "a", regex: false, caseSensitive: true, wholeWord: false, column: 2 };

describe("What a page remembers while its tab is hidden", () => {
  it("is restored in the next page, separately for each part", () => {
    const { state } = keeperOf();
    const first = new PageMemory(state);
    first.set("find", entered);
    first.set("detail", { isOpen: true });
    const next = new PageMemory(state);
    assert.deepEqual(toFindBarState(next.get("find")), entered);
    assert.deepEqual(next.get("detail"), { isOpen: true });
  });

  it("is empty at first, and if something else was kept", () => {
    for (const kept of [undefined, null, "text", ["a"]]) {
      assert.equal(toFindBarState(new PageMemory(keeperOf(kept).state).get("find")), undefined);
    }
    assert.equal(toFindBarState({ text: 1 }), undefined);
    assert.equal(toFindBarState(null), undefined);
  });

  it("leaves out a column that is not a number", () => {
    assert.deepEqual(toFindBarState({ text: "a", column: "2" }), {
      isOpen: false,
      text: "a",
      regex: false,
      caseSensitive: false,
      wholeWord: false,
    });
  });
});
