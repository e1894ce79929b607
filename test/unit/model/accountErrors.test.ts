import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  ambiguousAccount,
  invalidArgument,
  noAccount,
  noAccountOf,
  noCredentials,
  notATaskId,
  secretStorageFailed,
  secretStorageRefused,
  unknownAccount,
  unknownService,
} from "../../../src/model/accountErrors.ts";

describe("a failure with an account", () => {
  it("names what it is about", () => {
    assert.match(noAccountOf("Service").message, /belongs to Service/);
    assert.match(unknownService("Service").message, /Unknown service Service\./);
    assert.match(noCredentials("My account").message, /My account/);
  });

  it("has a code that says whether an account or its credentials are missing", () => {
    for (const error of [noAccount(), unknownAccount(), noAccountOf("a"), ambiguousAccount()]) {
      assert.match(error.message, /^[A-Z].+\.$/);
      assert.equal(error.code, "noAccount");
    }
    assert.equal(noCredentials("a").code, "noCredentials");
    assert.equal(unknownService("a").code, "invalidRequest");
  });

  it("of the secret storage keeps its cause", () => {
    const cause = new Error("locked");
    for (const error of [secretStorageFailed("a", cause), secretStorageRefused("a", cause)]) {
      assert.deepEqual([error.code, error.cause], ["noCredentials", cause]);
    }
  });

  it("of a request has the sentence that it was given", () => {
    const error = invalidArgument("The task ID is missing.");
    assert.deepEqual([error.code, error.message], ["invalidRequest", "The task ID is missing."]);
  });

  it("quotes at most 60 characters of a text that is not an ID", () => {
    const text = `b${"c".repeat(100)}`;
    const error = notATaskId(text);
    assert.ok(error.message.startsWith(`“${text.slice(0, 60)}” is not a task ID.`), error.message);
    assert.equal(error.code, "invalidRequest");
  });
});
