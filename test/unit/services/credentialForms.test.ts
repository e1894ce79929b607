import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CredentialForm, Credentials } from "../../../src/model/contract.ts";
import { spaazaCredentialForms } from "../../../src/services/spaaza/credentialForms.ts";
import { textRevealCredentialForms } from "../../../src/services/textReveal/credentialForms.ts";

function form(kind: Credentials["kind"]): CredentialForm {
  const found = [...spaazaCredentialForms(), ...textRevealCredentialForms()].find((each) => each.kind === kind);
  assert.ok(found);
  return found;
}

describe("the forms of a service", () => {
  const fieldsOf = (forms: readonly CredentialForm[]): unknown =>
    forms.map(({ kind, label, fields }) => [
      kind,
      label,
      fields.map(({ name, secret }) => `${name}${secret ? " *" : ""}`),
    ]);

  it("are in the order in which they are offered, with the names of what they ask", () => {
    assert.deepEqual(fieldsOf(spaazaCredentialForms()), [
      ["privileged", "Privileged token", ["tokenId", "tokenSecret *"]],
      ["admin", "Admin session", ["userId", "sessionKey *", "chainId"]],
    ]);
    assert.deepEqual(fieldsOf(textRevealCredentialForms()), [
      ["apiKey", "API key and secret", ["key *", "secret *"]],
      ["accessToken", "Access token", ["token *"]],
    ]);
    for (const { fields } of [...spaazaCredentialForms(), ...textRevealCredentialForms()]) {
      for (const { label } of fields) assert.notEqual(label, "");
    }
  });

  it("need no token and no ID twice", () => {
    assert.deepEqual(form("accessToken").toCredentials({ token: " t " }), { kind: "accessToken", token: "t" });
    assert.equal(form("privileged").readPasted?.(":secret"), undefined);
    assert.equal(form("privileged").readPasted?.("id:"), undefined);
    assert.equal(form("privileged").readPasted?.("id: secret"), undefined);
    assert.deepEqual(form("privileged").readPasted?.("'id:'"), { tokenId: "id:" });
  });
});

const id = "0e6f3b1e-58cc-4372-a567-0e02b2c3d479";

describe("the form of a privileged token", () => {
  const whole = { tokenId: id, tokenSecret: "s3cret/+=" };
  for (const text of [
    `${id}:s3cret/+=`,
    ` "${id}:s3cret/+=" `,
    `Bearer ${id}:s3cret/+=`,
    `Authorization: Bearer ${id}:s3cret/+=`,
    `authorization:bearer ${id}:s3cret/+=\n`,
    `'Authorization: Bearer ${id}:s3cret/+='`,
    `-H 'Authorization: Bearer ${id}:s3cret/+='`,
    `curl 'https://services-prod.spaaza.com/tasks/12345/download_url' \\\n-H "Authorization: Bearer ${id}:s3cret/+="`,
    `"Authorization": "Bearer ${id}:s3cret/+=",`,
  ]) {
    it(`fills both boxes from ${JSON.stringify(text)}`, () =>
      assert.deepEqual(form("privileged").readPasted?.(text), whole));
  }

  it("keeps a colon in the secret", () =>
    assert.deepEqual(form("privileged").readPasted?.("id:a:b"), { tokenId: "id", tokenSecret: "a:b" }));

  it("accepts a token ID alone, and removes quotes around it", () => {
    assert.equal(form("privileged").readPasted?.(` ${id} `), undefined);
    assert.deepEqual(form("privileged").readPasted?.(`"${id}"`), { tokenId: id });
  });

  it("masks only the secret", () =>
    assert.deepEqual(
      form("privileged").fields.map(({ secret }) => secret),
      [false, true],
    ));

  it("removes white space around the values", () =>
    assert.deepEqual(form("privileged").toCredentials({ tokenId: " a ", tokenSecret: "b\n" }), {
      kind: "privileged",
      tokenId: "a",
      tokenSecret: "b",
    }));

  for (const broken of ["", "   ", "a\r\nx: y", "a\nb", "a\tb", "a b", "a\u0000b", "a\u200bb", "“a”"]) {
    it(`refuses ${JSON.stringify(broken)} without repeating it`, () =>
      assert.throws(
        () => form("privileged").toCredentials({ tokenId: "id", tokenSecret: broken }),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, "invalidRequest");
          assert.match(error.message, /^Token secret (is missing|contains)/);
          return true;
        },
      ));
  }
});

describe("the form of an admin session", () => {
  it("fills its boxes from pasted header lines", () => {
    const lines = "X-Spaaza-Session-User-Id: 42\nx-spaaza-session-key: k3y=\r\nX-Spaaza-Session-Chain-Id: 1743";
    const values = { userId: "42", sessionKey: "k3y=", chainId: "1743" };
    assert.deepEqual(form("admin").readPasted?.(lines), values);
    const curl =
      "-H 'X-Spaaza-Session-User-Id: 42' -H \"X-Spaaza-Session-Key: k3y=\" -H 'X-Spaaza-Session-Chain-Id:1743'";
    assert.deepEqual(form("admin").readPasted?.(curl), values);
    assert.deepEqual(form("admin").readPasted?.("X-Spaaza-Session-User-Id: 42"), { userId: "42" });
    assert.equal(form("admin").readPasted?.("42"), undefined);
  });

  it("needs all three values", () => {
    const values = { userId: "42", sessionKey: "k", chainId: " 1743 " };
    assert.deepEqual(form("admin").toCredentials(values), {
      kind: "admin",
      userId: "42",
      sessionKey: "k",
      chainId: "1743",
    });
    for (const name of Object.keys(values)) {
      assert.throws(() => form("admin").toCredentials({ ...values, [name]: "" }), { code: "invalidRequest" });
    }
  });
});

describe("the forms of TextReveal", () => {
  it("accept a key and a secret with any characters except control characters", () => {
    assert.deepEqual(form("apiKey").toCredentials({ key: " k ", secret: "pass wörd" }), {
      kind: "apiKey",
      key: "k",
      secret: "pass wörd",
    });
    assert.throws(() => form("apiKey").toCredentials({ key: "k", secret: "a\nb" }), { code: "invalidRequest" });
    assert.throws(() => form("apiKey").toCredentials({ key: "k" }), { code: "invalidRequest" });
  });

  it("find the token in a pasted header line", () => {
    for (const text of [
      "Bearer t0k.en",
      "Authorization: Bearer t0k.en",
      "-H 'Authorization: Bearer t0k.en'",
      '"t0k.en"',
    ]) {
      assert.deepEqual(form("accessToken").readPasted?.(text), { token: "t0k.en" }, text);
    }
    assert.equal(form("accessToken").readPasted?.("t0k.en"), undefined);
    assert.throws(() => form("accessToken").toCredentials({ token: "a\r\nb" }), { code: "invalidRequest" });
  });

  it("mask every secret", () =>
    assert.ok([...form("apiKey").fields, ...form("accessToken").fields].every(({ secret }) => secret)));
});

describe("the boxes of a form", () => {
  for (const kind of ["privileged", "admin", "apiKey", "accessToken"] as const) {
    it(`reject a value of ${kind} that is too long to be stored`, () => {
      for (const { name, label } of form(kind).fields) {
        const values = Object.fromEntries(form(kind).fields.map((field) => [field.name, "x"]));
        form(kind).toCredentials({ ...values, [name]: "a".repeat(4096) });
        assert.throws(() => form(kind).toCredentials({ ...values, [name]: "a".repeat(4097) }), {
          code: "invalidRequest",
          message: `${label} is longer than 4096 characters. Copy it again.`,
        });
      }
    });
  }
});
