import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import type { TableSpec } from "../../../../src/table/document/tableSpec.ts";
import type { OpenedTable, TableListener } from "../../../../src/table/tableReader.ts";
import type { TableProblem } from "../../../../src/table/tableTypes.ts";
import { DetectionRetry } from "../../../../src/vscode/tableEditor/detectionRetry.ts";

/** An open file whose content the test decides. */
function fileWith(problem: TableProblem["kind"], size: number) {
  const listeners = new Set<TableListener>();
  const state: { spec: TableSpec; opened: OpenedTable } = {
    spec: { path: "export.json", size, growing: true, readAs: {} },
    opened: { kind: "problem", problem: { kind: problem === "unreadable" ? "empty" : problem } as TableProblem },
  };
  const file = {
    get spec() {
      return state.spec;
    },
    settled: () => Promise.resolve(state.opened),
    listen: (listener: TableListener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const tried: number[] = [];
  const retry = new DetectionRetry(file, (source) => {
    tried.push(source.size);
    state.spec = { ...state.spec, ...source };
    for (const listener of listeners) listener.onReread?.();
    return Promise.resolve();
  });
  const grew = async (bytes: number, growing = true): Promise<void> => {
    await retry.grew({ path: "export.json", size: bytes, growing });
  };
  return { tried, grew, retry };
}

describe("A file that isn't a table yet", () => {
  it("is read again whenever its size has doubled, and when it is complete", async () => {
    const { tried, grew } = fileWith("brokenJson", 100);
    for (const bytes of [150, 199, 200, 399, 400]) await grew(bytes);
    await grew(410, false);
    assert.deepEqual(tried, [200, 400, 410]);
  });

  it("isn't read again if more bytes change nothing", async () => {
    const { tried, grew } = fileWith("zip", 100);
    await grew(1000);
    await grew(1000, false);
    assert.deepEqual(tried, []);
  });

  it("is read again only when it is complete if it is a gzip file", async () => {
    const { tried, grew } = fileWith("gzip", 100);
    await grew(1000);
    await grew(1000, false);
    assert.deepEqual(tried, [1000]);
  });

  it("is read with the newest bytes if it grows several times while it is read", async () => {
    const { tried, grew } = fileWith("empty", 0);
    await Promise.all([grew(10), grew(20), grew(30)]);
    await settled();
    assert.deepEqual(tried, [30]);
  });
});
