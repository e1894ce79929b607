import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { savedPlace } from "../../../../../src/webview/table/selection/savedPlace.ts";

describe("The message about a saved selection", () => {
  it("names the file before the folder, because a narrow footer cuts off the end", () => {
    assert.equal(savedPlace("/home/ann/exports/a (selection).csv"), "Saved a (selection).csv in /home/ann/exports");
    assert.equal(savedPlace("C:\\Users\\Ann\\a.csv"), "Saved a.csv in C:\\Users\\Ann");
  });

  it("names the root folder as a folder", () => {
    assert.equal(savedPlace("/a.csv"), "Saved a.csv in /");
    assert.equal(savedPlace("C:\\a.csv"), "Saved a.csv in C:\\");
  });
});
