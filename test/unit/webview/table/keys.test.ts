import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keyForAria, keyInWords } from "../../../../src/webview/table/keys.ts";

describe("Keys in menus", () => {
  it("have the names on the person's keyboard", () => {
    assert.equal(keyInWords({ key: "C", command: true }, false), "Ctrl+C");
    assert.equal(keyInWords({ key: "C", command: true }, true), "⌘C");
    assert.equal(keyInWords({ key: "F3", shift: true }, false), "Shift+F3");
    assert.equal(keyInWords({ key: "Enter" }, true), "Enter");
  });

  it("have the names that ARIA defines for screen readers", () => {
    assert.equal(keyForAria({ key: "C", command: true }, false), "Control+C");
    assert.equal(keyForAria({ key: "C", command: true, shift: true }, true), "Meta+Shift+C");
  });
});
