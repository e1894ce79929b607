import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Account, ExportService } from "../../../../src/model/contract.ts";
import { ServiceRegistry } from "../../../../src/services/serviceRegistry.ts";
import { Accounts } from "../../../../src/vscode/accounts/accounts.ts";

function service(id: string, findTaskId: ExportService["findTaskId"]): ExportService {
  return {
    id,
    label: id,
    endpoints: [],
    credentialForms: [],
    findTaskId,
    verify: () => Promise.resolve(),
    listTasks: () => Promise.resolve({ tasks: [] }),
    getTask: () => Promise.reject(new Error("not asked for")),
    resolveDownload: () => Promise.resolve([]),
  };
}

/** Accounts of a built-in service with numbers as task IDs, and of another extension's service that claims every text. */
function accountsOf(...serviceIds: string[]): Accounts {
  const services = new ServiceRegistry();
  services.register(service("greedy", (text) => text));
  services.register(
    service("numbers", (text) => /^\d+$/.exec(text)?.[0]),
    "builtIn",
  );
  const list = serviceIds.map((id): Account => ({ id, service: id, label: id, endpoint: "https://example.com" }));
  return new Accounts({ list: () => list } as unknown as ConstructorParameters<typeof Accounts>[0], services);
}

describe("the accounts that can have a task", () => {
  it("are those of the built-in service that knows the ID, whatever another extension's service claims", () => {
    assert.equal(accountsOf("greedy", "numbers").only(undefined, "12345").id, "numbers");
    assert.throws(() => accountsOf("greedy").only(undefined, "12345"), { code: "noAccount" });
  });

  it("are those of another extension's service if no built-in service knows the ID", () => {
    assert.equal(accountsOf("greedy", "numbers").only(undefined, "G-7").id, "greedy");
  });
});
