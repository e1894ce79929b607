import assert from "node:assert/strict";
import { setImmediate as settled } from "node:timers/promises";
import { describe, it, type TestContext } from "node:test";
import type { Account, ExportService, ExportTask } from "../../../../src/model/contract.ts";
import { ServiceRegistry } from "../../../../src/services/serviceRegistry.ts";
import { AccountTasks } from "../../../../src/vscode/tasks/accountTasks.ts";
import { reloadWithServices } from "../../../../src/vscode/tasks/serviceChanges.ts";

function account(id: string, service: string): Account {
  return { id, service, label: id, endpoint: "https://service.example" };
}

const task: ExportTask = { id: "1", accountId: "a", description: "A task", state: "done", serviceState: "DONE" };

function service(id: string): ExportService {
  return {
    id,
    label: id,
    endpoints: [],
    credentialForms: [],
    findTaskId: () => undefined,
    verify: () => Promise.resolve(),
    listTasks: () => Promise.resolve({ tasks: [task] }),
    getTask: () => Promise.resolve(task),
    resolveDownload: () => Promise.resolve([]),
  };
}

/** Accounts whose tasks come from the services that are registered, with what was asked for and how often rows change. */
function accountsOver(test: TestContext, ...accounts: Account[]) {
  const services = new ServiceRegistry();
  const asked: string[] = [];
  const view = { painted: 0 };
  const changed = (): void => void (view.painted += 1);
  const credentials = { kind: "custom", values: {} } as const;
  const lists = new Map(
    accounts.map((each) => [
      each.id,
      // Its failure is a promise's, as where the account's secret is read first.
      new AccountTasks(async (_cursor, call) => {
        asked.push(each.id);
        await settled();
        return services.get(each.service).listTasks({ account: each, credentials }, { pageSize: 50 }, call);
      }, changed),
    ]),
  );
  const store = { list: () => accounts };
  const listening = reloadWithServices({ services, store }, (id) => lists.get(id), changed);
  test.after(() => listening.dispose());
  const stateOf = (id: string) => lists.get(id)?.state;
  const answered = async (): Promise<void> => {
    while (accounts.some(({ id }) => stateOf(id)?.loading === true)) await settled();
  };
  return { services, lists, asked, view, listening, stateOf, answered };
}

describe("The tasks of a service that is registered or removed", () => {
  it("are reloaded when it is registered, and those of other services are not", async (test) => {
    const all = accountsOver(test, account("a", "third"), account("b", "other"));
    all.services.register(service("other"));
    for (const list of all.lists.values()) await list.refresh();
    assert.ok(all.stateOf("a")?.error, "the service is not there");
    all.asked.length = 0;
    all.services.register(service("third"));
    await all.answered();
    assert.deepEqual(all.asked, ["a"]);
    assert.deepEqual([all.stateOf("a")?.error, all.stateOf("a")?.tasks], [undefined, [task]]);
  });

  it("stay visible, with an error that says that the service is missing", async (test) => {
    const all = accountsOver(test, account("a", "third"));
    const registration = all.services.register(service("third"));
    await all.lists.get("a")?.refresh();
    registration.dispose();
    await all.answered();
    const error = all.stateOf("a")?.error;
    assert.ok(error instanceof Error && "code" in error);
    assert.equal(error.code, "invalidRequest");
    assert.deepEqual(all.stateOf("a")?.tasks, [task]);
  });

  it("are repainted but not loaded if they were never shown, and nothing happens without an account", (test) => {
    const all = accountsOver(test, account("a", "third"));
    all.services.register(service("third"));
    assert.deepEqual([all.asked, all.view.painted], [[], 1]);
    all.services.register(service("fourth"));
    assert.equal(all.view.painted, 1);
  });

  it("are not reloaded after the listener was disposed", (test) => {
    const all = accountsOver(test, account("a", "third"));
    all.listening.dispose();
    all.services.register(service("third"));
    assert.equal(all.view.painted, 0);
  });
});
