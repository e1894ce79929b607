import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keyForAria, keyInWords } from "../../../../src/webview/table/keys.ts";

describe("Keys in menus", () => {
  it("are written as on a person's keyboard", () => {
    assert.equal(keyInWords({ key: "C", command: true }, false), "Ctrl+C");
    assert.equal(keyInWords({ key: "C", command: true }, true), "⌘C");
    assert.equal(keyInWords({ key: "F3", shift: true }, false), "Shift+F3");
    assert.equal(keyInWords({ key: "Enter" }, true), "Enter");
  });

  it("are written for screen readers as ARIA defines", () => {
    assert.equal(keyForAria({ key: "C", command: true }, false), "Control+C");
    assert.equal(keyForAria({ key: "C", command: true, shift: true }, true), "Meta+Shift+C");
  });
});
