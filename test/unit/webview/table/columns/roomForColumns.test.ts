import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withRoom } from "../../../../../src/webview/table/columns/roomForColumns.ts";

const columns = [
  { index: 0, width: 60, needed: 60 },
  { index: 1, width: 400, needed: 450 },
  { index: 2, width: 400, needed: 900 },
];

describe("The space left in the window", () => {
  it("is divided among columns whose values are cut off; if one needs less, the others get more", () => {
    assert.deepEqual(
      [...withRoom(columns, 300)],
      [
        [0, 60],
        [1, 450],
        [2, 650],
      ],
    );
  });

  it("is shared equally if it isn't enough for any column", () => {
    assert.deepEqual(
      [...withRoom(columns, 60)],
      [
        [0, 60],
        [1, 430],
        [2, 430],
      ],
    );
  });

  it("makes no column wider than its values", () => {
    assert.deepEqual(
      [...withRoom(columns, 5000)],
      [
        [0, 60],
        [1, 450],
        [2, 900],
      ],
    );
  });

  it("changes no width if there is none", () => {
    assert.deepEqual(
      [...withRoom(columns, -200)],
      [
        [0, 60],
        [1, 400],
        [2, 400],
      ],
    );
  });
});
