import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as v from "valibot";
import type { Credentials } from "../../../src/model/contract.ts";
import { credentialsSchema, secretValues } from "../../../src/model/credentials.ts";

const kinds: readonly [credentials: Credentials, secrets: readonly string[]][] = [
  [{ kind: "privileged", tokenId: "one", tokenSecret: "two" }, ["one", "two"]],
  [{ kind: "admin", userId: "one", sessionKey: "two", chainId: "three" }, ["two"]],
  [{ kind: "apiKey", key: "one", secret: "two" }, ["one", "two"]],
  [{ kind: "accessToken", token: "one" }, ["one"]],
  [{ kind: "custom", values: { a: "one", b: "two" } }, ["one", "two"]],
];

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

  it("of an unknown kind are refused", () => {
    for (const value of [{ kind: "" }, { kind: "password", password: "x" }, {}, null]) {
      assert.equal(v.is(credentialsSchema, value), false);
    }
  });
});
