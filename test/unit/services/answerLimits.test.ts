import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { limitFiles, limitTasks } from "../../../src/services/answerLimits.ts";

describe("a response with very many entries", () => {
  for (const [what, limit] of [
    ["tasks", limitTasks],
    ["files", limitFiles],
  ] as const) {
    it(`is accepted with up to 10,000 ${what}, and refused with more`, () => {
      for (const count of [0, 1, 10_000]) limit("Shop", count);
      const details = { status: 200 };
      assert.throws(() => limit("Shop", 10_001, details), {
        code: "unexpectedResponse",
        message: new RegExp(`^Shop returned 10001 ${what}.*At most 10000 are accepted`),
        details,
      });
    });
  }
});
