import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decideAs } from "../../../../src/vscode/downloads/existingFiles.ts";
import { failureOf } from "../../download/downloading.ts";

const signal = new AbortController().signal;

describe("Files that exist", () => {
  it("are treated as the request or the setting says, without a question", async () => {
    const ask = (): never => assert.fail("nobody is to be asked");
    assert.deepEqual(await decideAs("keepBoth", ask)(["/a", "/b"], signal, "service"), "keepBoth");
    assert.deepEqual(await decideAs("overwrite", ask)(["/a", "/b"], signal, "service"), "overwrite");
  });

  it("with a name that only the response chose are not replaced, except for the task's own file", async () => {
    const decide = decideAs("overwrite", undefined, (path) => Promise.resolve(path === "/own.csv"));
    assert.deepEqual(await decide(["/own.csv", "/other.csv"], signal, "response"), ["overwrite", "keepBoth"]);
    assert.equal(await decideAs("skip")(["/other.csv"], signal, "response"), "skip");
  });

  it("are asked about if the setting says so", async () => {
    assert.deepEqual(await decideAs("ask", () => Promise.resolve(["skip"]))(["/a"], signal, "service"), ["skip"]);
  });

  it("make a download fail if nobody can be asked", async () => {
    const failure = await failureOf(Promise.resolve(decideAs("ask")(["/exports/a.csv"], signal, "service")));
    assert.deepEqual([failure.code, failure.details.path], ["fileExists", "/exports/a.csv"]);
  });
});
