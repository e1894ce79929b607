import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { columnByName } from "../../../../../src/webview/table/goto/columnByName.ts";

const columns = ["id", "Shop", "shop id", "note", "id"].map((name, index) => ({ name, index }));
const indexOf = (text: string, current = 0) => columnByName(columns, text, current)?.index;

describe("The column for a typed name", () => {
  it("has this name in upper or lower case", () => {
    assert.equal(indexOf("shop"), 1);
    assert.equal(indexOf(" NOTE "), 3);
  });

  it("begins with the text, or otherwise contains it", () => {
    assert.equal(indexOf("no"), 3);
    assert.equal(indexOf("hop i"), 2);
  });

  it("is the next one if several have the same name", () => {
    assert.equal(indexOf("id", 0), 4);
    assert.equal(indexOf("id", 4), 0);
  });

  it("is none if no name contains the text or the text is empty", () => {
    assert.equal(indexOf("city"), undefined);
    assert.equal(indexOf("  "), undefined);
  });
});
