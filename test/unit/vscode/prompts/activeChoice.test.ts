import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { activeChoice } from "../../../../src/vscode/prompts/activeChoice.ts";

const choices = [
  { label: "Production", value: "prod" },
  { label: "Test", value: "test" },
  { label: "Another URL…", value: "" },
];

describe("The active choice of a list", () => {
  it("is the wanted one, also if its value is empty", () => {
    assert.deepEqual(activeChoice(choices, "test"), [choices[1]]);
    assert.deepEqual(activeChoice(choices, ""), [choices[2]]);
  });

  it("is the first one if none is wanted, or if the wanted one isn't in the list", () => {
    assert.deepEqual(activeChoice(choices, undefined), [choices[0]]);
    assert.deepEqual(activeChoice(choices, "gone"), [choices[0]]);
  });

  it("is nothing in an empty list", () => {
    assert.deepEqual(activeChoice(choices.slice(0, 0), "test"), []);
  });
});
