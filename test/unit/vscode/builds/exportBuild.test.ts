import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { ambiguousAccount } from "../../../../src/model/accountErrors.ts";
import type { Account, DownloadResult, ExportTask, TaskPage } from "../../../../src/model/contract.ts";
import { cancelled, ExportError } from "../../../../src/model/exportError.ts";
import { type ExportBuildParts, runExportBuild } from "../../../../src/vscode/builds/exportBuild.ts";
import { mostPages } from "../../../../src/vscode/builds/newestExport.ts";
import type { NamedRequest } from "../../../../src/vscode/downloads/download.ts";

const shop: Account = { id: "1", service: "spaaza", label: "Shop", endpoint: "https://example.com" };
const twin: Account = { ...shop, id: "2" };
const other: Account = { ...shop, id: "3", label: "Other" };

function task(id: string, change: Partial<ExportTask> = {}): ExportTask {
  const nightly = { description: "Nightly", state: "done", serviceState: "DONE", subject: "users" } as const;
  return { ...nightly, id, accountId: "1", ...change };
}

describe("Running a build", () => {
  let workspace: string;
  let requests: NamedRequest[];
  let listed: (string | undefined)[];
  let lines: string[];

  beforeEach(async () => {
    workspace = await mkdtemp(path.join(os.tmpdir(), "task-exports-build-"));
    [requests, listed, lines] = [[], [], []];
  });

  afterEach(() => rm(workspace, { recursive: true, force: true }));

  /** Saves a file as requested, unless it fails. */
  async function save(request: NamedRequest, savedAs = request.fileName ?? ""): Promise<DownloadResult> {
    requests.push(request);
    const file = path.join(request.folder ?? "", savedAs);
    await writeFile(file, "a\n");
    const saved = {
      index: 0,
      uri: pathToFileURL(file).href,
      name: savedAs,
      bytes: 2,
      sha256: "",
      requests: 1,
      resumed: 0,
    };
    return { accountId: "1", taskId: String(request.taskId), files: [{ ...saved, verified: "length" }] };
  }

  function run(
    definition: object,
    parts: Partial<ExportBuildParts> & { list?: Account[]; pages?: TaskPage[]; signal?: AbortSignal } = {},
  ): Promise<DownloadResult | undefined> {
    const { list = [shop], pages = [], signal = new AbortController().signal, ...changed } = parts;
    const accounts: ExportBuildParts["accounts"] = {
      store: { list: () => list },
      only: (id) => {
        const [first, second] = list.filter((each) => id === undefined || each.id === id);
        if (first === undefined || second !== undefined) throw ambiguousAccount();
        return first;
      },
      listTasks: (_account, { cursor }) => {
        listed.push(cursor);
        return Promise.resolve(pages[Number(cursor ?? 0)] ?? { tasks: [] });
      },
    };
    const whole = { accounts, isTrusted: () => true, download: (request: NamedRequest) => save(request), ...changed };
    const tell = (line: string): number => lines.push(line);
    return runExportBuild(whole, definition, { workspace, signal, tell, onProgress: () => undefined });
  }

  it("downloads a task under the name of the target, into folders that it creates", async () => {
    const result = await run({ task: 12_345, target: "data/in/orders.csv" });
    assert.equal(result?.files[0]?.name, "orders.csv");
    const folder = path.join(workspace, "data", "in");
    const file = { folder, fileName: "orders.csv", fileExists: "overwrite" };
    assert.deepEqual(requests, [{ accountId: "1", taskId: "12345", ...file }]);
    assert.deepEqual(await readdir(folder), ["orders.csv"]);
  });

  it("downloads only one of several files", async () => {
    await run({ task: 1, file: 2, target: "orders.csv" });
    assert.deepEqual(requests[0]?.files, [2]);
  });

  it("finds an account by its name or ID, and doesn't guess between two of one name", async () => {
    const list = [shop, twin, other];
    await run({ account: "Other", task: 1, target: "a.csv" }, { list });
    await run({ account: "2", task: 1, target: "a.csv" }, { list });
    assert.deepEqual(
      requests.map(({ accountId }) => accountId),
      ["3", "2"],
    );
    await assert.rejects(run({ account: "Shop", task: 1, target: "a.csv" }, { list }), { code: "noAccount" });
    await assert.rejects(run({ account: "None", task: 1, target: "a.csv" }, { list }), { code: "noAccount" });
    await assert.rejects(run({ newest: { subject: "users" }, target: "a.csv" }, { list }), { code: "noAccount" });
  });

  it("finds the export of a kind that was completed last, in a list without an order", async () => {
    const pages = [
      {
        tasks: [
          task("1", { completedAt: "2026-01-02" }),
          task("2", { subject: "vouchers", completedAt: "2026-09-09" }),
        ],
        next: "1",
      },
      {
        tasks: [task("3", { completedAt: "2026-03-01" }), task("4", { state: "running", createdAt: "2026-08-01" })],
        next: "2",
      },
      { tasks: [task("5", { createdAt: "2026-02-01" })] },
    ];
    await run({ newest: { subject: "users" }, target: "a.csv" }, { pages });
    assert.equal(requests[0]?.taskId, "3");
    assert.deepEqual(listed, [undefined, "1", "2"]);
    assert.ok(lines.some((line) => line.includes("Nightly")));
  });

  it("finds it also if the dates are of different time zones", async () => {
    const early = task("1", { completedAt: "2026-01-31T10:30:00+02:00" });
    const late = task("2", { completedAt: "2026-01-31T09:30:00Z" });
    await run({ newest: { subject: "users" }, target: "a.csv" }, { pages: [{ tasks: [early, late] }] });
    assert.equal(requests[0]?.taskId, "2");
  });

  it("says so if there is no export of the kind, and doesn't list forever", async () => {
    const pages = Array.from({ length: 100 }, (_none, n) => ({ tasks: [], next: String(n + 1) }));
    await assert.rejects(run({ newest: { subject: "nothing" }, target: "a.csv" }, { pages }), {
      code: "taskNotFound",
      message: /nothing/,
    });
    assert.equal(listed.length, mostPages);
  });

  it("keeps an existing file without a request, or fails, as the definition says", async () => {
    await writeFile(path.join(workspace, "a.csv"), "old");
    assert.equal(await run({ newest: { subject: "users" }, target: "a.csv", ifExists: "skip" }), undefined);
    await assert.rejects(run({ task: 1, target: "a.csv", ifExists: "fail" }), { code: "fileExists" });
    assert.deepEqual([requests, listed], [[], []]);
  });

  it("removes the folders that it created if nothing got there", async () => {
    await mkdir(path.join(workspace, "kept"));
    const download = (): Promise<DownloadResult> => Promise.reject(new ExportError("offline", "Offline."));
    await assert.rejects(run({ task: 1, target: "kept/new/deep/a.csv" }, { download }), { code: "offline" });
    assert.deepEqual(await readdir(workspace, { recursive: true }), ["kept"]);
  });

  it("doesn't leave the workspace through a link", { skip: process.platform === "win32" }, async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), "task-exports-outside-"));
    await symlink(outside, path.join(workspace, "data"));
    await assert.rejects(run({ task: 1, target: "data/a.csv" }), { code: "notWritable" });
    assert.deepEqual([requests, await readdir(outside)], [[], []]);
    await rm(outside, { recursive: true });
  });

  it("fails if the export is of another kind than the name of the target says", async () => {
    const download = (request: NamedRequest): Promise<DownloadResult> => save(request, "a.csv.gz");
    await assert.rejects(run({ task: 1, target: "a.csv" }, { download }), {
      code: "invalidRequest",
      message: /a\.csv\.gz/,
    });
  });

  it("does nothing in a workspace that isn't trusted, nor when it is already canceled", async () => {
    await assert.rejects(run({ task: 1, target: "a.csv" }, { isTrusted: () => false }), { code: "invalidRequest" });
    await assert.rejects(run({ task: 1, target: "x/a.csv" }, { signal: AbortSignal.abort() }), {
      code: cancelled().code,
    });
    assert.deepEqual([requests, await readdir(workspace)], [[], []]);
  });
});
