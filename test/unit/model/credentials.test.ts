import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as v from "valibot";
import type { Credentials } from "../../../src/model/contract.ts";
import { credentialsSchema, secretValues, storedCredentialsSchema } from "../../../src/model/credentials.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { readRequest } from "../../../src/model/readRequest.ts";

const kinds: readonly [credentials: Credentials, secrets: readonly string[]][] = [
  [{ kind: "privileged", tokenId: "one", tokenSecret: "two" }, ["one", "two"]],
  [{ kind: "admin", userId: "one", sessionKey: "two", chainId: "three" }, ["two"]],
  [{ kind: "apiKey", key: "one", secret: "two" }, ["one", "two"]],
  [{ kind: "accessToken", token: "one" }, ["one"]],
  [{ kind: "custom", values: { a: "one", b: "two" } }, ["one", "two"]],
];

const tooLong = "A value of the credentials is longer than 4096 characters. Copy it again.";

/** The message of the `invalidRequest` that a caller gets. */
function problemOf(credentials: unknown): string | undefined {
  try {
    readRequest(credentialsSchema, credentials, "credentials");
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ExportError);
    assert.equal(error.code, "invalidRequest");
    return error.message;
  }
}

describe("credentials", () => {
  for (const [credentials, secrets] of kinds) {
    const { kind, ...values } = credentials;

    it(`of the kind ${kind} have these secrets: ${secrets.join(", ")}`, () => {
      assert.deepEqual(secretValues(credentials), secrets);
    });

    it(`of the kind ${kind} are accepted whole, without other fields`, () => {
      assert.deepEqual(v.parse(credentialsSchema, { ...credentials, other: "x" }), credentials);
      for (const name of Object.keys(values)) {
        assert.equal(v.is(credentialsSchema, { ...credentials, [name]: undefined }), false, name);
        assert.equal(v.is(credentialsSchema, { ...credentials, [name]: "" }), false, name);
      }
    });
  }

  it("have no value that is too long, and no more values than a form could have", () => {
    const longest = "a".repeat(4096);
    for (const [credentials] of kinds) {
      const { kind, ...values } = credentials;
      if (kind === "custom") continue;
      for (const name of Object.keys(values)) {
        assert.ok(v.is(credentialsSchema, { ...credentials, [name]: ` ${longest} ` }), name);
        assert.deepEqual(problemOf({ ...credentials, [name]: `${longest}b` }), tooLong, name);
        assert.ok(v.is(storedCredentialsSchema, { ...credentials, [name]: longest.repeat(10) }), name);
      }
    }
    assert.deepEqual(problemOf({ kind: "custom", values: { a: "b", c: `${longest}b` } }), tooLong);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`v${index}`, "x"]));
    assert.equal(
      problemOf({ kind: "custom", values: many }),
      "The credentials have more than 100 values. Check the call.",
    );
  });

  it("of an unknown kind are refused", () => {
    for (const value of [{ kind: "" }, { kind: "password", password: "x" }, {}, null]) {
      assert.equal(v.is(credentialsSchema, value), false);
    }
  });
});
