import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ExportTask } from "../../../../src/model/contract.ts";
import { type TaskOriginParts, TaskOrigins } from "../../../../src/vscode/downloads/taskOrigins.ts";

const key = { accountId: "a1", taskId: "12345" };
const task: ExportTask = {
  id: key.taskId,
  accountId: key.accountId,
  description: "Orders, token secret-1",
  state: "done",
  serviceState: "DONE",
  subject: "transactions",
  format: "csv",
  completedAt: "2026-11-20T10:00:00Z",
  chain: "Main",
};

function originsWith(parts: Partial<TaskOriginParts> = {}): TaskOrigins {
  return new TaskOrigins({
    accountLabels: () => new Map([["a1", "Shop"]]),
    find: () => undefined,
    ask: () => Promise.resolve(task),
    redact: (text) => text.replace("secret-1", "•••"),
    ...parts,
  });
}

describe("What a downloaded file came from", () => {
  it("is kept as its task and account are now, without a secret", () => {
    assert.deepEqual(originsWith({ find: () => task }).known(key), {
      account: "Shop",
      description: "Orders, token •••",
      subject: "transactions",
      format: "csv",
      completedAt: "2026-11-20T10:00:00Z",
    });
    assert.deepEqual(originsWith().known(key), { account: "Shop" });
  });

  it("is asked for if the task isn't loaded, and a service that doesn't answer changes nothing", async () => {
    assert.equal((await originsWith().asked(key))?.description, "Orders, token •••");
    assert.equal(await originsWith({ ask: () => Promise.reject(new Error("offline")) }).asked(key), undefined);
  });

  it("is shown as it was kept, with the account's name of today", () => {
    const origin = { account: "Old name", description: "Kept" };
    assert.deepEqual(originsWith({ find: () => task }).reader()({ ...key, origin }), {
      account: "Shop",
      description: "Kept",
    });
    assert.equal(originsWith({ accountLabels: () => new Map() }).reader()({ ...key, origin }).account, "Old name");
  });

  it("is what is known today for a file of which nothing was kept", () => {
    assert.equal(originsWith({ find: () => task }).reader()(key).subject, "transactions");
    assert.deepEqual(originsWith({ accountLabels: () => new Map() }).reader()(key), {});
  });
});
