import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findSpaazaTaskId, isSpaazaTaskId } from "../../../../src/services/spaaza/taskId.ts";

describe("the ID of a Spaaza task", () => {
  it("is 1 to 18 digits and nothing else", () => {
    for (const id of ["0", "1".repeat(18)]) assert.equal(isSpaazaTaskId(id), true);
    for (const id of ["", "1".repeat(19), "1a", "a1", " 1", "1\n"]) assert.equal(isSpaazaTaskId(id), false, id);
  });

  for (const [text, id] of [
    [" 7 ", "7"],
    ["Users_Export-7.csv", "7"],
    ["USERS_EXPORT-7.CSV", "7"],
    ["a/Users_Export-7.csv", "7"],
    ["https://h.test/a%2FUsers_Export-7.csv", "7"],
    ["https://h.test/100%/Users_Export-7.csv?x", "7"],
    ["https://h.test/tasks/7", "7"],
    ["https://h.test/tasks/7/download_url", "7"],
    ["/tasks/7/", "7"],
    ["https://h.test/tasks/8/Users_Export-7.csv", "7"],
  ] as const) {
    it(`is found in ${JSON.stringify(text)}`, () => assert.equal(findSpaazaTaskId(text), id));
  }

  for (const text of [
    "Users_Export-7.csv.gz.",
    "Users_Export-7.csv/a",
    "Users_Export-7",
    `Users_Export-${"1".repeat(19)}.csv`,
    "Users_Export-.csv",
    "/tasks/7a",
    `/tasks/${"1".repeat(19)}`,
    "tasks/7",
    "https://h.test/?a=/tasks/7",
    "a 7",
  ]) {
    it(`is not found in ${JSON.stringify(text)}`, () => assert.equal(findSpaazaTaskId(text), undefined));
  }
});
