import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CreateDraft } from "../../../../src/model/createRequest.ts";
import { createStepwise } from "../../../../src/vscode/creating/createStepwise.ts";
import { OtherQuestions } from "../../../../src/vscode/creating/otherQuestions.ts";
import { Refusals } from "../../../../src/vscode/creating/questions.ts";
import { ScriptedAsker } from "./scriptedAsker.ts";
import { create, now } from "./walks.ts";

describe("Create Export Task of another extension's service", () => {
  it("asks for the fields that the service names, and shows their values", async () => {
    const ask = new ScriptedAsker(["Report", "sales"], ["Region", ""], create);
    const fields = [
      { name: "report", label: "Report" },
      { name: "region", label: "Region", optional: true },
    ];
    const refusals = new Refusals();
    const drafts: CreateDraft[] = [];
    await createStepwise("Create Export Task", {
      ask,
      refusals,
      questions: new OtherQuestions(ask, refusals, fields, {}),
      preview: () => undefined,
      create: (draft) => {
        drafts.push(draft);
        return Promise.resolve({ accountId: "a1", taskId: "t" });
      },
      copy: () => assert.fail("there is nothing to copy"),
      now: () => now,
    });
    assert.deepEqual(ask.rows, ["Create Export Task: ", "report: sales"]);
    assert.deepEqual(drafts, [{ values: { report: "sales" } }]);
  });
});
