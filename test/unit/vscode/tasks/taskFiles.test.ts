import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ResolvedFile } from "../../../../src/model/contract.ts";
import { TaskFiles } from "../../../../src/vscode/tasks/taskFiles.ts";

const { signal } = new AbortController();
const file: ResolvedFile = { index: 0, name: "a.csv", url: "https://files.example/a.csv" };

/** Names of files, from a service that answers as the test says next. */
function filesFrom(answers: (ResolvedFile[] | Error)[]) {
  let asked = 0;
  const files = new TaskFiles({
    resolveDownload: () => {
      const answer = answers[asked] ?? [];
      asked += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return { files, asked: () => asked };
}

describe("The names of a task's files", () => {
  it("are requested once, and kept without their URLs", async () => {
    const { files, asked } = filesFrom([[file]]);
    assert.deepEqual(await files.names("a", "1", signal), [{ index: 0, name: "a.csv" }]);
    assert.deepEqual(await files.names("a", "1", signal), [{ index: 0, name: "a.csv" }]);
    assert.equal(asked(), 1);
  });

  it("are requested again only after a failure, or while there is no answer", async () => {
    const { files } = filesFrom([new Error("down"), [file]]);
    assert.equal(files.wouldAskAgain("a", "1"), false, "nobody has looked at them");
    const first = files.names("a", "1", signal);
    assert.equal(files.wouldAskAgain("a", "1"), true, "no answer yet");
    await assert.rejects(first);
    assert.equal(files.wouldAskAgain("a", "1"), true, "the answer was a failure");
    await files.names("a", "1", signal);
    assert.equal(files.wouldAskAgain("a", "1"), false, "they are known");
    assert.equal(files.wouldAskAgain("a", "2"), false, "another task's");
  });
});
