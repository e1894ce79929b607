import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Transcript } from "../../../../scripts/testing/transcript.ts";

function transcript(): { shown: () => string; transcript: Transcript } {
  let text = "";
  return { shown: () => text, transcript: new Transcript((more) => (text += more)) };
}

describe("the text of steps that run side by side", () => {
  it("of the first comes at once", () => {
    const { shown, transcript: all } = transcript();
    all.section().write("one");
    assert.equal(shown(), "one");
  });

  it("of a later one is held until those before it have ended, and then comes at once", () => {
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

  it("comes in order when a later one ends first", () => {
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

  it("comes at once in a section that is added after the others have ended", () => {
    const { shown, transcript: all } = transcript();
    all.section().end();
    all.section().write("late");
    assert.equal(shown(), "late");
  });
});
