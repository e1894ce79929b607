import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Credentials } from "../../../../src/model/contract.ts";
import { ServiceRegistry } from "../../../../src/services/serviceRegistry.ts";
import { Accounts } from "../../../../src/vscode/accounts/accounts.ts";

const credentials: Credentials = { kind: "accessToken", token: "planted-secret" };

describe("credentials that are not stored yet", () => {
  it("are hidden in the log before they are sent, because the check can fail", async () => {
    const steps: string[] = [];
    const services = new ServiceRegistry();
    services.register({
      id: "third",
      label: "Third",
      endpoints: [],
      credentialForms: [],
      findTaskId: () => undefined,
      verify: () => {
        steps.push("sent");
        return Promise.reject(new Error("planted-secret is wrong"));
      },
      listTasks: () => Promise.resolve({ tasks: [] }),
      getTask: () => Promise.reject(new Error("not asked for")),
      resolveDownload: () => Promise.resolve([]),
    });
    const store = { hide: ({ kind }: Credentials) => void steps.push(`hidden ${kind}`) };
    const accounts = new Accounts(store as unknown as ConstructorParameters<typeof Accounts>[0], services);
    const draft = { service: "third", label: "Third", endpoint: "https://third.example.com" };
    const { signal } = new AbortController();
    await assert.rejects(accounts.checkDraft(draft, credentials, { signal }));
    assert.deepEqual(steps, ["hidden accessToken", "sent"]);
  });
});
