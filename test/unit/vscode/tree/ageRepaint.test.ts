import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { AgeRepaint } from "../../../../src/vscode/tree/ageRepaint.ts";

const minute = 60_000;

/** A view that the test shows and hides, with how often its ages were painted. */
function agedView(test: TestContext) {
  test.mock.timers.enable({ apis: ["setTimeout"] });
  const view = { visible: true, aged: true, painted: 0 };
  const ages = new AgeRepaint({
    isVisible: () => view.visible,
    hasAges: () => view.aged,
    repaintAges: () => {
      view.painted += 1;
    },
  });
  test.after(() => ages.dispose());
  const pass = (ms: number): void => test.mock.timers.tick(ms);
  return { view, ages, pass };
}

describe("The ages in the Tasks view", () => {
  it("are updated once a minute, however often the rows change in between", (test) => {
    const { view, ages, pass } = agedView(test);
    ages.plan();
    for (let seconds = 0; seconds < 59; seconds += 1) {
      pass(1000);
      ages.plan();
    }
    assert.equal(view.painted, 0);
    pass(1000);
    assert.equal(view.painted, 1);
    pass(minute);
    pass(minute);
    assert.equal(view.painted, 3);
  });

  it("are not updated while the view is hidden, and are updated at once when it is shown", (test) => {
    const { view, ages, pass } = agedView(test);
    ages.plan();
    view.visible = false;
    ages.visibilityChanged();
    pass(10 * minute);
    assert.equal(view.painted, 0);
    view.visible = true;
    ages.visibilityChanged();
    assert.equal(view.painted, 1);
    pass(minute);
    assert.equal(view.painted, 2);
  });

  it("start no timer while no row has an age, and start one when a row has", (test) => {
    const { view, ages, pass } = agedView(test);
    view.aged = false;
    ages.visibilityChanged();
    pass(10 * minute);
    assert.equal(view.painted, 0);
    view.aged = true;
    ages.plan();
    pass(minute);
    assert.equal(view.painted, 1);
    view.aged = false;
    ages.plan();
    pass(10 * minute);
    assert.equal(view.painted, 1);
  });

  it("leave no timer running when the view is disposed", (test) => {
    const { view, ages, pass } = agedView(test);
    ages.plan();
    ages.dispose();
    pass(10 * minute);
    assert.equal(view.painted, 0);
  });
});
