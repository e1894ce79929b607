import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type RowNumber, rowNumber, type RowPosition, rowPosition } from "../../../../src/table/view/rowIdentity.ts";

describe("A row's number in the file and its position in a view", () => {
  it("can't be used for each other", () => {
    const number = rowNumber(7);
    const position = rowPosition(7);
    // @ts-expect-error -- a number is no position
    const wrongPosition: RowPosition = number;
    // @ts-expect-error -- a position is no number
    const wrongNumber: RowNumber = position;
    // @ts-expect-error -- any number is not yet a row's number
    const plain: RowNumber = 7;
    assert.deepEqual([wrongPosition, wrongNumber, plain], [7, 7, 7]);
  });
});
