import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { saysMissing, systemCode } from "../../../src/model/systemCode.ts";

describe("the code of a system error", () => {
  it("is the one that Node gives", async () => {
    const error: unknown = await readFile(new URL("none", import.meta.url)).catch((reason: unknown) => reason);
    assert.equal(systemCode(error), "ENOENT");
  });

  it("says whether there is nothing with a path", () => {
    assert.deepEqual(
      ["ENOENT", "ENOTDIR", "EACCES"].map((code) => saysMissing(Object.assign(new Error("no"), { code }))),
      [true, true, false],
    );
  });

  it("is undefined for everything else", () => {
    const numbered = Object.assign(new Error("x"), { code: 7 });
    for (const error of [new Error("ENOENT"), numbered, { code: "ENOENT" }, "ENOENT", undefined]) {
      assert.equal(systemCode(error), undefined);
    }
  });
});
