import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ExportTask, TaskState } from "../../../src/model/contract.ts";
import { cancelled, type ErrorCode, ExportError } from "../../../src/model/exportError.ts";
import { explainRefusedDownload } from "../../../src/services/refusedDownload.ts";

const details = { status: 404 };
const refusal = new ExportError("taskNotFound", "Not found.", { details });
const inState = (state: TaskState): (() => Promise<ExportTask>) => {
  const task = { id: "12", accountId: "account", description: "", state, serviceState: "" };
  return () => Promise.resolve(task);
};

describe("a refused download", () => {
  const meanings: [state: TaskState, code: ErrorCode][] = [
    ["waiting", "taskNotDone"],
    ["running", "taskNotDone"],
    ["failed", "noResultFile"],
    ["done", "noResultFile"],
  ];
  for (const [state, code] of meanings) {
    it(`is ${code} if the task is ${state}`, async () => {
      const error = await explainRefusedDownload(refusal, "12", inState(state));
      assert.deepEqual([error.code, error.details], [code, details]);
    });
  }

  it("keeps its code if the state of the task doesn't explain it", async () => {
    assert.equal(await explainRefusedDownload(refusal, "12", inState("unknown")), refusal);
    const other = new ExportError("invalidRequest", "No.");
    assert.equal(await explainRefusedDownload(other, "12", inState("done")), other);
  });

  for (const code of ["taskNotFound", "unauthorized", "forbidden"] as const) {
    it(`is ${code} if the request for the state fails with that`, async () => {
      const answer = new ExportError(code, "");
      const error = await explainRefusedDownload(refusal, "12", () => Promise.reject(answer));
      assert.equal(error, answer);
    });
  }

  it("keeps its code if the request for the state fails in another way", async () => {
    for (const answer of [new ExportError("timeout", ""), new Error("broken")]) {
      assert.equal(await explainRefusedDownload(refusal, "12", () => Promise.reject(answer)), refusal);
    }
  });

  it("is canceled if the request for the state is canceled", async () => {
    await assert.rejects(
      explainRefusedDownload(refusal, "12", () => Promise.reject(cancelled())),
      { code: "cancelled" },
    );
  });
});
