import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Transcript } from "../../../../scripts/testing/transcript.ts";

function transcript(): { shown: () => string; transcript: Transcript } {
  let text = "";
  return { shown: () => text, transcript: new Transcript((more) => (text += more)) };
}

describe("the output of steps that run at the same time", () => {
  it("is shown at once for the first step", () => {
    const { shown, transcript: all } = transcript();
    all.section().write("one");
    assert.equal(shown(), "one");
  });

  it("is shown for a later step as soon as all steps before it have ended", () => {
    const { shown, transcript: all } = transcript();
    const [first, second] = [all.section(), all.section()];
    second.write("two, ");
    first.write("one, ");
    assert.equal(shown(), "one, ");
    first.end();
    assert.equal(shown(), "one, two, ");
    second.write("two again");
    assert.equal(shown(), "one, two, two again");
  });

  it("is shown in order, even if a later step ends first", () => {
    const { shown, transcript: all } = transcript();
    const [first, second, third] = [all.section(), all.section(), all.section()];
    third.write("three");
    third.end();
    second.write("two ");
    second.end();
    first.write("one ");
    assert.equal(shown(), "one ");
    first.end();
    assert.equal(shown(), "one two three");
  });

  it("is shown at once for a step that is added after the others have ended", () => {
    const { shown, transcript: all } = transcript();
    all.section().end();
    all.section().write("late");
    assert.equal(shown(), "late");
  });
});
