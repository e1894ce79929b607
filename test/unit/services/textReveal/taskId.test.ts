import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findTextRevealTaskId, isTextRevealTaskId } from "../../../../src/services/textReveal/taskId.ts";

const id = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

describe("the ID of a TextReveal task", () => {
  it("is a UUID and nothing else", () => {
    for (const text of [id, id.toUpperCase()]) assert.equal(isTextRevealTaskId(text), true);
    for (const text of ["", `${id}0`, `0${id}`, ` ${id}`, id.replace("a", "g"), id.replaceAll("-", "")]) {
      assert.equal(isTextRevealTaskId(text), false, text);
    }
  });

  for (const text of [
    ` ${id}\n`,
    id.toUpperCase(),
    `https://h.test/tasks/${id}/download`,
    `https://h.test/TASKS/${id.toUpperCase()}`,
    `https://h.test/a?task=${id}&b=1`,
    `https://h.test/a%3Ftask%3D${id}`,
    `https://h.test/100%/tasks/${id}`,
  ]) {
    it(`is found in small letters in ${JSON.stringify(text)}`, () => assert.equal(findTextRevealTaskId(text), id));
  }

  for (const text of ["", "7", `a ${id}`, `/tasks/${id}0`, `/tasks/${id}-1`, `subtask=${id}`, `tasks/${id}`]) {
    it(`is not found in ${JSON.stringify(text)}`, () => assert.equal(findTextRevealTaskId(text), undefined));
  }
});
