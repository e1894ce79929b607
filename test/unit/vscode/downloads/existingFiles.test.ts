import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decideAs } from "../../../../src/vscode/downloads/existingFiles.ts";
import { failureOf } from "../../download/downloading.ts";

const signal = new AbortController().signal;

describe("Files that exist", () => {
  it("are treated as the request or the setting says, without a question", async () => {
    const ask = (): never => assert.fail("nobody is to be asked");
    assert.deepEqual(await decideAs("keepBoth", ask)(["/a", "/b"], signal), "keepBoth");
  });

  it("are asked about if the setting says so", async () => {
    assert.deepEqual(await decideAs("ask", () => Promise.resolve(["skip"]))(["/a"], signal), ["skip"]);
  });

  it("make a download fail if nobody can be asked", async () => {
    const failure = await failureOf(Promise.resolve(decideAs("ask")(["/exports/a.csv"], signal)));
    assert.deepEqual([failure.code, failure.details.path], ["fileExists", "/exports/a.csv"]);
  });
});
