import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { onFirstUse } from "../../../src/model/onFirstUse.ts";

describe("A value that is made on first use", () => {
  it("is made once, when it is first asked for, even if it is undefined", () => {
    let made = 0;
    const value = onFirstUse((): string | undefined => {
      made++;
      return undefined;
    });
    assert.equal(made, 0);
    assert.equal(value(), undefined);
    value();
    assert.equal(made, 1);
  });
});
