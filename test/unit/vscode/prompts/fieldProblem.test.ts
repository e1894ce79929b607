import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CredentialForm } from "../../../../src/model/contract.ts";
import { invalidArgument } from "../../../../src/model/accountErrors.ts";
import { spaazaCredentialForms } from "../../../../src/services/spaaza/credentialForms.ts";
import { fieldProblem } from "../../../../src/vscode/prompts/fieldProblem.ts";

function formOf(toCredentials: CredentialForm["toCredentials"]): CredentialForm {
  const fields = ["name", "pin"].map((name) => ({ name, label: name, secret: false }));
  return { kind: "custom", label: "Custom", fields, toCredentials };
}

function problemIn(form: CredentialForm | undefined, name: string, value: string): string | undefined {
  const field = form?.fields.find((candidate) => candidate.name === name);
  assert.ok(form && field);
  return fieldProblem(form, field, value);
}

describe("The problem with a credential field", () => {
  const [privileged] = spaazaCredentialForms();

  it("is found in the field that has it, before the others are filled in", () => {
    assert.match(problemIn(privileged, "tokenId", "two words") ?? "", /^Token ID contains spaces/);
    assert.match(problemIn(privileged, "tokenSecret", "two words") ?? "", /^Token secret contains spaces/);
  });

  it("is not reported for a value that can be sent", () => {
    assert.equal(problemIn(privileged, "tokenId", "5a4db0c5"), undefined);
  });

  it("is not reported if the form rejects the placeholders that stand for the other fields", () => {
    const form = formOf(({ name, pin }) => {
      if (!/^\d{4}$/.test(pin ?? "")) throw invalidArgument("A PIN has four digits.");
      return { kind: "custom", values: { name: name ?? "", pin: pin ?? "" } };
    });
    assert.equal(problemIn(form, "name", "Shop"), undefined);
  });

  it("is not reported if the form's own code fails", () => {
    const form = formOf(() => {
      throw new TypeError("a bug");
    });
    assert.throws(() => problemIn(form, "name", "Shop"), /a bug/);
  });
});
