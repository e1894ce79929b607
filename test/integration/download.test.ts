import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import * as vscode from "vscode";
import type { Account, DownloadProgress, DownloadResult, TaskExportsApi } from "../../src/model/contract.ts";
import {
  activateApi,
  addSandboxAccount,
  closeAllEditors,
  codeOf,
  filesBelow,
  removeAllAccounts,
  requestFor,
  sandbox,
  sha256OfUri,
  textrevealTask,
  until,
} from "./support.ts";

describe("Download Task Export", () => {
  let api: TaskExportsApi;
  let spaaza: Account;
  let textReveal: Account;
  let folder: string;

  before(async () => {
    api = await activateApi();
    spaaza = await addSandboxAccount("spaaza");
    textReveal = await addSandboxAccount("textreveal");
    const credentials = [spaaza, textReveal];
    assert.equal(credentials.length, 2);
  });

  after(removeAllAccounts);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-download-"));
  });

  afterEach(async () => {
    await closeAllEditors();
    await rm(folder, { recursive: true, force: true });
  });

  async function assertExpected(result: DownloadResult): Promise<void> {
    const expected = await sandbox.expectedFiles(result.taskId);
    assert.deepEqual(
      result.files.map(({ bytes, sha256 }) => ({ bytes, sha256 })),
      expected.map(({ bytes, sha256 }) => ({ bytes, sha256 })),
    );
    for (const file of result.files) {
      assert.equal(await sha256OfUri(file.uri), file.sha256, "the file on the disk is the one reported");
      assert.ok(fileURLToPath(file.uri).startsWith(folder), "the file lies in the folder asked for");
    }
  }

  it("downloads a complete CSV file with the service's name that only its owner can read", async () => {
    const result = await api.download({ taskId: 12_345, folder });
    await assertExpected(result);
    const [file] = result.files;
    assert.equal(file?.name, "Transaction_Export-12345.csv");
    assert.equal(file.verified, "checksum");
    if (process.platform !== "win32") assert.equal((await stat(fileURLToPath(file.uri))).mode & 0o077, 0);
    assert.deepEqual(await filesBelow(folder), ["Transaction_Export-12345.csv"]);
  });

  it("downloads a JSON file, a file with unusual values, and an empty file completely", async () => {
    for (const taskId of ["12347", "12361", "12360"]) await assertExpected(await api.download({ taskId, folder }));
  });

  it("downloads the files of a task into one folder, in order, under different names", async () => {
    for (const taskId of ["3", "4", "2"].map(textrevealTask)) {
      const result = await api.download({ taskId, folder });
      await assertExpected(result);
      const folders = new Set(result.files.map(({ uri }) => path.dirname(fileURLToPath(uri))));
      assert.equal(folders.size, 1);
      assert.equal(new Set(result.files.map(({ uri }) => uri)).size, result.files.length);
    }
  });

  it("downloads only the requested files", async () => {
    const result = await api.download({ taskId: textrevealTask("3"), files: [1], folder });
    assert.deepEqual(
      result.files.map(({ index }) => index),
      [1],
    );
    const expected = await sandbox.expectedFiles(textrevealTask("3"));
    assert.equal(result.files[0]?.sha256, expected[1]?.sha256);
  });

  it("reports its progress until it is done", async () => {
    const seen: DownloadProgress[] = [];
    await api.download({ taskId: "20008", folder }, { onProgress: (progress) => seen.push(progress) });
    assert.equal(seen[0]?.phase, "resolving");
    assert.equal(seen.at(-1)?.phase, "done");
    assert.equal(seen.at(-1)?.receivedBytes, seen.at(-1)?.totalBytes);
  });

  it("requests a new download URL if the first one has expired", async () => {
    await assertExpected(await api.download({ taskId: "60000", folder }));
  });

  it("waits as long as a busy service asks, reports the wait, and continues", async () => {
    const seen: DownloadProgress[] = [];
    await assertExpected(
      await api.download({ taskId: "42900", folder }, { onProgress: (progress) => seen.push(progress) }),
    );
    const wait = seen.find(({ phase }) => phase === "waiting");
    assert.ok(wait?.retryInMs !== undefined && wait.retryInMs <= 1000, "the wait is told");
    assert.ok(wait.reason !== undefined);
  });

  it("leaves nothing behind when it is canceled, and rejects with cancelled", async () => {
    const stop = new AbortController();
    const download = api.download(
      { taskId: "20064", folder },
      {
        signal: stop.signal,
        onProgress: ({ receivedBytes }) => {
          if (receivedBytes > 0) stop.abort();
        },
      },
    );
    assert.equal(await codeOf(download), "cancelled");
    assert.deepEqual(await filesBelow(folder), []);
  });

  it("can be paused, and resumes at the same byte", async () => {
    const request = { accountId: spaaza.id, taskId: "20064" };
    let received = 0;
    const first = api.download(
      { ...request, folder },
      {
        onProgress: ({ receivedBytes }) => {
          received = receivedBytes;
        },
      },
    );
    const ended = codeOf(first);
    await until(() => received > 1_000_000);
    await vscode.commands.executeCommand("taskExports.pauseDownload", request);
    assert.equal(await ended, "cancelled");
    const names = await filesBelow(folder);
    assert.ok(
      names.every((name) => !name.endsWith(".csv")),
      `no final name yet: ${names.join(" ")}`,
    );
    const seen: DownloadProgress[] = [];
    const result = await api.download({ ...request, folder }, { onProgress: (progress) => seen.push(progress) });
    await assertExpected(result);
    assert.ok((seen.find(({ resumedFrom }) => resumedFrom !== undefined)?.resumedFrom ?? 0) > 0);
  });

  it("keeps or replaces an existing file or adds a number as requested, and otherwise rejects", async () => {
    await api.download({ taskId: "12346", folder });
    assert.equal(await codeOf(api.download({ taskId: "12346", folder })), "fileExists");
    assert.equal((await api.download({ taskId: "12346", folder, fileExists: "skip" })).files[0]?.skipped, true);
    await assertExpected(await api.download({ taskId: "12346", folder, fileExists: "overwrite" }));
    assert.equal((await filesBelow(folder)).length, 1);
    await assertExpected(await api.download({ taskId: "12346", folder, fileExists: "keepBoth" }));
    assert.equal((await filesBelow(folder)).length, 2);
  });

  it("keeps files inside the folder, whatever names the service sends", async () => {
    for (const taskId of ["60005", "60006", "60010", "60011"])
      await assertExpected(await api.download({ taskId, folder }));
    assert.deepEqual(
      (await filesBelow(path.dirname(folder))).filter((name) => name.includes("escaped") && !name.includes(".")),
      [],
    );
  });

  for (const [taskId, code] of [
    ["40000", "notAnExportTask"],
    ["40300", "forbidden"],
    ["40400", "taskNotFound"],
    ["40900", "taskNotDone"],
    ["42200", "noResultFile"],
    ["40912", "noResultFile"],
    ["50200", "unexpectedResponse"],
    ["50222", "unexpectedResponse"],
    ["60002", "fileMissing"],
    ["60003", "notAnExportFile"],
    ["60007", "storageRefused"],
    ["60009", "checksumMismatch"],
  ] as const) {
    it(`rejects task ${taskId} with ${code} and leaves no file`, async () => {
      assert.equal(await codeOf(api.download({ accountId: spaaza.id, taskId, folder })), code);
      assert.deepEqual(
        (await filesBelow(folder)).filter((name) => !name.includes(".part")),
        [],
      );
    });
  }

  it("says which folder it can't write to", async () => {
    assert.equal(await codeOf(api.download({ taskId: "12346", folder: "not/absolute" })), "notWritable");
    const file = (await api.download({ taskId: "12346", folder })).files[0]?.uri;
    assert.ok(file);
    assert.equal(await codeOf(api.download({ taskId: "12346", folder: fileURLToPath(file) })), "notWritable");
  });

  it("never sends credentials to the store", async () => {
    await api.download({ taskId: "12345", folder, fileExists: "overwrite" });
    await api.download({ taskId: textrevealTask("1"), folder });
    const log = await sandbox.storeLog();
    assert.ok(log.includes("Transaction_Export-12345"), "the log holds the download");
    // On a yes or no: the log is far too long to be printed.
    assert.ok(!/"(authorization|cookie|x-spaaza-[a-z-]+)"/i.test(log), "no header that proves who asks");
    for (const service of ["spaaza", "textreveal"] as const) {
      const { kind, ...values } = (await requestFor(service)).credentials;
      for (const value of Object.values(values)) assert.ok(!log.includes(String(value)), `no value of ${kind}`);
    }
  });

  describe("and its editor", () => {
    async function runCommand(request: object): Promise<DownloadResult> {
      const result = await vscode.commands.executeCommand<DownloadResult | undefined>(
        "taskExports.downloadTaskExport",
        {
          accountId: spaaza.id,
          folder,
          ...request,
        },
      );
      assert.ok(result);
      return result;
    }

    function openFiles(): { uri: string; column: number }[] {
      return vscode.window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
        tabs.flatMap(({ input }) =>
          input instanceof vscode.TabInputText ? [{ uri: input.uri.toString(), column: viewColumn }] : [],
        ),
      );
    }

    it("opens a CSV as text in the active group", async () => {
      const result = await runCommand({ taskId: 12_346, open: "text" });
      await until(() => openFiles().length === 1);
      assert.deepEqual(openFiles(), [{ uri: vscode.Uri.parse(result.files[0]?.uri ?? "").toString(), column: 1 }]);
    });

    it("opens to the side of an open editor", async () => {
      const document = await vscode.workspace.openTextDocument({ content: "a query" });
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      const result = await runCommand({ taskId: 12_346, open: "text", beside: true });
      const uri = vscode.Uri.parse(result.files[0]?.uri ?? "").toString();
      await until(() => openFiles().some((file) => file.uri === uri));
      assert.equal(openFiles().find((file) => file.uri === uri)?.column, 2);
    });

    it("opens nothing if requested", async () => {
      await runCommand({ taskId: 12_346, open: "none" });
      assert.deepEqual(openFiles(), []);
    });

    it("opens a file as text even if it is too large for VS Code's extensions", async () => {
      const result = await runCommand({ taskId: 20_064, open: "text" });
      const uri = vscode.Uri.parse(result.files[0]?.uri ?? "").toString();
      assert.ok((result.files[0]?.bytes ?? 0) > 50 * 1024 * 1024);
      await until(() => openFiles().some((file) => file.uri === uri));
    });

    it("saves a formatted copy next to a JSON file that is one line", async () => {
      const result = await runCommand({ taskId: 12_347, open: "none" });
      const uri = result.files[0]?.uri;
      assert.ok(uri);
      await vscode.commands.executeCommand("taskExports.formatExport", { uri });
      const formatted = uri.replace(/\.json$/, ".formatted.json");
      await until(() => openFiles().some((file) => file.uri === vscode.Uri.parse(formatted).toString()));
      const [before, after] = await Promise.all(
        [uri, formatted].map(async (each) =>
          Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.parse(each))).toString(),
        ),
      );
      assert.deepEqual(JSON.parse(after ?? ""), JSON.parse(before ?? ""));
      assert.ok((after ?? "").split("\n").length > 100);
    });

    it("unpacks a gzip file instead of showing it as text", async () => {
      const result = await runCommand({ taskId: 12_364, open: "text" });
      const uri = result.files[0]?.uri ?? "";
      assert.match(uri, /\.csv\.gz$/);
      assert.deepEqual(openFiles(), []);
      await vscode.commands.executeCommand("taskExports.unpackExport", { uri, as: "text" });
      const unpacked = vscode.Uri.parse(uri.replace(/\.gz$/, "")).toString();
      await until(() => openFiles().some((file) => file.uri === unpacked));
      const packed = Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri)));
      assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.parse(unpacked))), gunzipSync(packed));
    });

    it("copies new download URLs to the clipboard, one per line", async () => {
      const urls = await vscode.commands.executeCommand<string[]>("taskExports.copyDownloadUrl", {
        accountId: textReveal.id,
        taskId: textrevealTask("3"),
      });
      assert.equal(urls.length, 3);
      assert.equal(await vscode.env.clipboard.readText(), urls.join("\n"));
      const response = await fetch(urls[0] ?? "");
      assert.equal(response.status, 200, "the link works");
      await response.body?.cancel();
    });

    it("saves a copy, and deletes only files that it downloaded", async () => {
      const result = await runCommand({ taskId: 12_346, open: "none" });
      const uri = result.files[0]?.uri ?? "";
      const elsewhere = path.join(folder, "elsewhere");
      await mkdir(elsewhere);
      const target = path.join(elsewhere, "copy.csv");
      await vscode.commands.executeCommand("taskExports.saveExportAs", { uri, target });
      assert.equal(await sha256OfUri(vscode.Uri.file(target).toString()), result.files[0]?.sha256);
      await assert.rejects(
        Promise.resolve(vscode.commands.executeCommand("taskExports.deleteExport", { uri: target })),
      );
      await vscode.commands.executeCommand("taskExports.deleteExport", { uri });
      assert.deepEqual(await filesBelow(folder), ["copy.csv"]);
    });

    it("saves, and deletes, all files of a task", async () => {
      const reference = { accountId: textReveal.id, taskId: textrevealTask("3") };
      const { files } = await runCommand({ ...reference, open: "none" });
      const target = path.join(folder, "elsewhere");
      await mkdir(target);
      await writeFile(path.join(target, files[0]?.name ?? ""), "a person's own file");
      await vscode.commands.executeCommand("taskExports.saveExportAs", { ...reference, target });
      const copy = (files[0]?.name ?? "").replace(".csv", " (2).csv");
      const saved = [copy, ...files.map(({ name }) => name)];
      assert.deepEqual(await filesBelow(target), saved.toSorted());
      assert.equal(await sha256OfUri(vscode.Uri.file(path.join(target, copy)).toString()), files[0]?.sha256);

      const { fsPath } = vscode.Uri.parse(files[1]?.uri ?? "");
      const original = await readFile(fsPath);
      await writeFile(fsPath, "a person's own file");
      const deletion = (): Promise<unknown> =>
        codeOf(Promise.resolve(vscode.commands.executeCommand("taskExports.deleteExport", reference)));
      assert.equal(await deletion(), "fileChanged");
      assert.equal((await filesBelow(path.dirname(fsPath))).length, 3, "none is deleted if one has changed");
      await writeFile(fsPath, original);
      await vscode.commands.executeCommand("taskExports.deleteExport", reference);
      assert.deepEqual(await filesBelow(path.dirname(fsPath)), []);
      assert.equal(await deletion(), "fileMissing");
    });

    it("doesn't delete a downloaded file that was changed, or a file that it skipped", async () => {
      const deletion = (uri: string): Promise<unknown> =>
        codeOf(Promise.resolve(vscode.commands.executeCommand("taskExports.deleteExport", { uri })));
      const [changed] = (await runCommand({ taskId: 12_346, open: "none" })).files;
      const { fsPath } = vscode.Uri.parse(changed?.uri ?? "");
      await writeFile(fsPath, "a person's own file");
      assert.equal(await deletion(changed?.uri ?? ""), "fileChanged");
      const [skipped] = (await runCommand({ taskId: 12_346, fileExists: "skip", open: "none" })).files;
      assert.equal(skipped?.skipped, true);
      assert.equal(await deletion(skipped.uri), "invalidRequest");
      assert.equal(await readFile(fsPath, "utf8"), "a person's own file");
    });
  });
});
