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
    it(`of a task that is ${state} is ${code}`, async () => {
      const error = await explainRefusedDownload(refusal, "12", inState(state));
      assert.deepEqual([error.code, error.details], [code, details]);
    });
  }

  it("stays what it is when the state says nothing more", async () => {
    assert.equal(await explainRefusedDownload(refusal, "12", inState("unknown")), refusal);
    const other = new ExportError("invalidRequest", "No.");
    assert.equal(await explainRefusedDownload(other, "12", inState("done")), other);
  });

  for (const code of ["taskNotFound", "unauthorized", "forbidden"] as const) {
    it(`is ${code} when that is the answer to the question for the state`, async () => {
      const answer = new ExportError(code, "");
      const error = await explainRefusedDownload(refusal, "12", () => Promise.reject(answer));
      assert.equal(error, answer);
    });
  }

  it("stays what it is when the question fails in another way", async () => {
    for (const answer of [new ExportError("timeout", ""), new Error("broken")]) {
      assert.equal(await explainRefusedDownload(refusal, "12", () => Promise.reject(answer)), refusal);
    }
  });

  it("is canceled when the question is", async () => {
    await assert.rejects(
      explainRefusedDownload(refusal, "12", () => Promise.reject(cancelled())),
      { code: "cancelled" },
    );
  });
});
