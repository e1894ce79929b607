import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import ts from "typescript";
import { publishTypes } from "../../scripts/packaging/publishTypes.ts";

/** The names that the contract promises to other extensions. */
const promised = [
  "TaskExportsApi",
  "AddAccountRequest",
  "Account",
  "ExportTask",
  "TaskPage",
  "ResolvedFile",
  "DownloadRequest",
  "DownloadProgress",
  "DownloadedFile",
  "DownloadResult",
  "ExportService",
  "CreateExportRequest",
  "Dialect",
  "RowPage",
];

/** What another extension may write; `everyMethod` does not compile while a method of the API is missing in it. */
const consumer = `
import type { Account, DownloadProgress, DownloadResult, ExportService, ResolvedFile, SpaazaSegment, TaskExportsApi } from "./task-exports.js";

export async function useAll(api: TaskExportsApi, service: ExportService, signal: AbortSignal): Promise<string[]> {
  const version: 1 = api.apiVersion;
  const spaaza: Account = await api.addAccount({
    service: "spaaza",
    label: "Shop",
    endpoint: "https://services.example.com",
    credentials: { kind: "privileged", tokenId: "id", tokenSecret: "secret" },
    verify: false,
  });
  await api.addAccount({
    service: "textreveal",
    label: "News",
    credentials: { kind: "apiKey", key: "key", secret: "secret" },
  });
  await api.verifyAccount(spaaza.id, { signal });
  const [first] = await api.listAccounts();
  if (first === undefined) return [String(version)];
  for (let cursor: string | undefined; ; ) {
    const page = await api.listTasks(first.id, { pageSize: 10, signal, ...(cursor === undefined ? {} : { cursor }) });
    for (const task of page.tasks) if (task.state === "done") console.log(task.id, task.format ?? "", task.serviceState);
    cursor = page.next;
    if (cursor === undefined) break;
  }
  const files: ResolvedFile[] = await api.resolveDownload(first.id, "12345", { signal });
  const onProgress = (progress: DownloadProgress) => console.log(progress.phase, progress.receivedBytes, files.length);
  const result = await api.download({ accountId: first.id, taskId: 12345, fileExists: "keepBoth", open: "none" }, { signal, onProgress });
  await api.watchTask(first.id, "12345", { fileExists: "keepBoth", files: [0] });
  await api.unwatchTask(first.id, "12345");
  const disposables: { dispose(): void }[] = [];
  const event: import("vscode").Event<DownloadResult> = api.onDidDownload;
  event(({ taskId, files }) => console.log(taskId, files.length), undefined, disposables as []).dispose();
  for (const { file, downloadedAt, missing } of await api.listDownloads()) console.log(file.name, downloadedAt, missing);
  const registration = api.registerService(service);
  registration.dispose();
  const { columns: summed, truncated } = await api.query("/a.csv", "SELECT 1", { others: { b: "/b.csv" }, maxRows: 5, signal });
  const { uri: written, rows: count, bytes } = await api.saveView("/a.csv", "/c.parquet", { format: "parquet", columns: ["a", 1], overwrite: true, signal });
  void [summed[0]?.type, truncated, written, count, bytes];
  const { rows, total } = await api.readRows(result.files[0]?.uri ?? "", { from: 0, count: 10, dialect: { delimiter: ";" }, signal });
  console.log(rows[0]?.[0] ?? "", total ?? 0);
  const { rows: savedRows, bytes: savedBytes } = await api.saveView("/a.csv", "/b.parquet", { format: "parquet", overwrite: true, signal });
  void [savedRows, savedBytes];
  const [profile] = await api.profile("file:///a.csv", { columns: ["amount", 0], filter: { column: 0, is: "empty" }, signal });
  console.log(profile?.type ?? "", profile?.quantiles?.[2] ?? 0, profile?.frequent[0]?.value ?? "");
  for await (const batch of api.findRows("file:///a.csv", { text: "x", regex: true, column: "id" }, { signal })) {
    for (const { row, column } of batch) console.log(row, column);
  }
  const segment: SpaazaSegment = {
    entity: "people",
    index: "users",
    join: "all",
    rules: [{ field_name: "country", operator: "is", value: "NL" }],
  };
  const created = await api.createTask(
    { accountId: first.id, service: "spaaza", index: "users", format: "csv", description: "All users", segment },
    { signal },
  );
  await api.createTask({ accountId: first.id, service: "textreveal", universeId: "u", filters: { isin: ["x"] } });
  await api.runTask(created.accountId, created.taskId, { signal });
  await api.removeAccount(first.id);
  return result.files.map(({ uri, sha256, verified }) => [uri, sha256, verified].join(" "));
}

export const everyMethod: Record<keyof TaskExportsApi, true> = {
  apiVersion: true,
  addAccount: true,
  listAccounts: true,
  verifyAccount: true,
  removeAccount: true,
  listTasks: true,
  resolveDownload: true,
  download: true,
  listDownloads: true,
  onDidDownload: true,
  registerService: true,
  createTask: true,
  runTask: true,
  readRows: true,
  query: true,
  saveView: true,
  findRows: true,
  profile: true,
  watchTask: true,
  unwatchTask: true,
};
`;

const misuse = `
import type { TaskExportsApi } from "./task-exports.js";
export const wrong = (api: TaskExportsApi) => api.download({ taskId: true });
`;

describe("The published types", () => {
  let folder = "";
  let declarations = "";

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-types-"));
    await publishTypes(path.join(folder, "task-exports.d.ts"));
    declarations = await readFile(path.join(folder, "task-exports.d.ts"), "utf8");
  });
  after(() => rm(folder, { recursive: true }));

  async function problemsOf(program: string): Promise<string[]> {
    const file = path.join(folder, "consumer.ts");
    await writeFile(file, program);
    const compiled = ts.createProgram([file], {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ["node"],
      typeRoots: [path.resolve(import.meta.dirname, "../../node_modules/@types")],
    });
    return ts
      .getPreEmitDiagnostics(compiled)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  it("hold every name of the contract, with its comments, and import nothing", () => {
    const missing = promised.filter(
      (name) => !new RegExp(`^export (?:interface|type) ${name}\\b`, "m").test(declarations),
    );
    assert.deepEqual(missing, []);
    assert.match(declarations, /They are secrets: never log or store them/);
    assert.doesNotMatch(declarations, /^import|from "/m);
  });

  it("let another extension use every method of the API under strict rules", async () => {
    assert.deepEqual(await problemsOf(consumer), []);
  });

  it("refuse a request of another shape", async () => {
    const problems = await problemsOf(misuse);
    assert.equal(problems.length, 1);
    assert.match(problems.join(), /'boolean' is not assignable to type 'string \| number'/);
  });
});
