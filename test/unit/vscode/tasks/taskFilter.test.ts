import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ExportTask } from "../../../../src/model/contract.ts";
import { isFiltering, passing, type TaskFilter } from "../../../../src/vscode/tasks/taskFilter.ts";

const task: ExportTask = {
  id: "12345",
  accountId: "a",
  description: "Weekly sales",
  state: "running",
  serviceState: "INPROGRESS",
  subject: "transactions",
  format: "csv",
};

function passesFilter(tested: ExportTask, filter: TaskFilter): boolean {
  return passing(filter)(tested);
}

describe("a task filter", () => {
  it("matches every task if it is empty", () => {
    for (const filter of [{}, { text: "" }, { text: "  ", status: "" }]) assert.ok(passesFilter(task, filter));
    assert.equal(isFiltering({ text: "", status: "" }), false);
  });

  it("matches if every word occurs in what the tree shows of the task, whatever the case", () => {
    for (const text of ["weekly", "SALES csv", "12345", "trans inprog"]) assert.ok(passesFilter(task, { text }), text);
    for (const text of ["monthly", "weekly json"]) assert.ok(!passesFilter(task, { text }), text);
  });

  it("matches a chain only by its whole number, because all tasks of an account have the same", () => {
    const ofChain = { ...task, chain: "1743" };
    assert.ok(passesFilter(ofChain, { text: "sales 1743" }));
    for (const text of ["7", "174", "743"]) assert.ok(!passesFilter(ofChain, { text }), text);
  });

  it("accepts a status in our words and in the service's words", () => {
    for (const status of ["running", "INPROGRESS", "inprogress"]) assert.ok(passesFilter(task, { status }), status);
    assert.ok(!passesFilter(task, { status: "done" }));
  });

  it("requires both the text and the status if both are given", () => {
    assert.ok(passesFilter(task, { text: "sales", status: "running" }));
    assert.ok(!passesFilter(task, { text: "sales", status: "done" }));
  });
});
