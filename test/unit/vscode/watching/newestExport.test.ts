import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ExportTask } from "../../../../src/model/contract.ts";
import { asFetched, isNewer, newestExport } from "../../../../src/vscode/watching/newestExport.ts";

const watched = { accountId: "a", label: "", since: "2026-01-01T00:00:00Z", options: {}, kind: { subject: "users" } };

function finished(id: string, more: Partial<ExportTask> = {}): ExportTask {
  return { id, accountId: "a", description: "", state: "done", serviceState: "", subject: "users", ...more };
}

describe("the newest export of a kind", () => {
  it("is the one that was completed last, wherever it is in the list", () => {
    const tasks = [
      finished("1", { completedAt: "2026-01-02T00:00:00Z" }),
      finished("2", { completedAt: "2026-01-03T00:00:00Z" }),
      finished("3", { createdAt: "2026-01-01T00:00:00Z" }),
    ];
    assert.equal(newestExport(tasks, watched)?.id, "2");
  });

  it("is the first in the list if none has a date", () => {
    assert.equal(newestExport([finished("2"), finished("1")], watched)?.id, "2");
  });

  it("is neither unfinished, nor of another kind or account", () => {
    const others = [
      finished("1", { state: "running" }),
      finished("2", { subject: "vouchers" }),
      finished("3", { accountId: "b" }),
    ];
    assert.equal(newestExport(others, watched), undefined);
  });
});

describe("a finished export", () => {
  const dated = finished("1", { completedAt: "2026-01-02T00:00:00Z" });

  it("is new if it was completed after the one that was downloaded last", () => {
    assert.equal(isNewer(dated, { taskId: "0", at: "2026-01-01T00:00:00Z" }), true);
    assert.equal(isNewer(dated, { taskId: "2", at: "2026-01-03T00:00:00Z" }), false);
  });

  it("is not new if it is the one that was downloaded last, also without a date", () => {
    assert.equal(isNewer(dated, asFetched(dated)), false);
    assert.equal(isNewer(finished("1"), asFetched(finished("1"))), false);
    assert.equal(isNewer(finished("2"), asFetched(finished("1"))), true);
  });

  it("is new if there was none before", () => {
    assert.equal(isNewer(dated, asFetched(undefined)), true);
  });
});
