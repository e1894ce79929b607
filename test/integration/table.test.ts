import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { DownloadResult, Filter, TaskExportsApi } from "../../src/model/contract.ts";
import { largeCsvColumns, largeCsvRow, writeLargeCsv } from "../../sandbox/sampleData/largeCsv.ts";
import { activateApi, addSandboxAccount, closeAllEditors, codeOf, removeAllAccounts, until } from "./support.ts";

describe("Exports as tables", () => {
  let api: TaskExportsApi;
  let folder = "";

  before(async () => {
    api = await activateApi();
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-table-"));
  });

  after(async () => {
    await closeAllEditors();
    await removeAllAccounts();
    await rm(folder, { recursive: true });
  });

  async function file(name: string, text: string): Promise<string> {
    const target = path.join(folder, name);
    await writeFile(target, text);
    return vscode.Uri.file(target).toString();
  }

  function tables(): { uri: string; column: number }[] {
    return vscode.window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
      tabs.flatMap(({ input }) =>
        input instanceof vscode.TabInputCustom && input.viewType === "taskExports.table"
          ? [{ uri: input.uri.toString(), column: viewColumn }]
          : [],
      ),
    );
  }

  describe("read through the API", () => {
    it("return rows by number, with columns, total and dialect", async () => {
      const target = path.join(folder, "large.csv");
      const { rows } = writeLargeCsv(target, 4 * 1024 * 1024);
      const uri = vscode.Uri.file(target).toString();
      const page = await api.readRows(uri, { from: rows - 3, count: 10 });
      assert.deepEqual(page, {
        columns: [...largeCsvColumns],
        rows: [largeCsvRow(rows - 3), largeCsvRow(rows - 2), largeCsvRow(rows - 1)],
        from: rows - 3,
        total: rows,
        dialect: { delimiter: ",", quote: '"', header: true, encoding: "utf-8" },
      });
      const more = await api.readRows(uri, { from: 40, count: 1200 });
      assert.equal(more.rows.length, 1200);
      assert.deepEqual(more.rows[1199], largeCsvRow(1239));
    });

    it("say what their columns contain", async () => {
      const uri = await file("profiled.csv", "country,amount\nBE,10\nNL,2.5\nBE,\n");
      const [amount, country] = await api.profile(uri, { columns: ["amount", 0] });
      assert.deepEqual([amount?.name, amount?.count, amount?.empty, amount?.mean], ["amount", 3, 1, 6.25]);
      assert.deepEqual(country?.frequent[0], { value: "BE", count: 2 });
      const filter: Filter = { column: "country", is: "equals", value: "nl" };
      assert.deepEqual(
        (await api.profile(uri, { filter })).map(({ name, count }) => [name, count]),
        [
          ["country", 1],
          ["amount", 1],
        ],
      );
      assert.equal(await codeOf(api.profile(uri, { columns: ["price"] })), "invalidRequest");
      assert.deepEqual(await api.profile(await file("nothing.csv", "")), []);
    });

    it("are read with the dialect that the caller chooses, and mark invalid rows", async () => {
      const uri = await file("dialect.csv", `1;"two"\n2;"x;y"\n3;"f"our\n4;"z;z"\n`);
      const page = await api.readRows(uri, { dialect: { delimiter: ";", header: false } });
      assert.deepEqual(page.rows, [
        ["1", "two"],
        ["2", "x;y"],
        ["3", "four"],
        ["4", "z;z"],
      ]);
      assert.equal(page.unreadableRows, 1);
      assert.equal(page.dialect.header, false);
    });

    it("have one column per key for JSON, and numbers with the same digits as in the file", async () => {
      const uri = await file("records.json", `{"items": [{"id": 12345678901234567890}, {"id": 1.10, "tags": ["a"]}]}`);
      const { columns, rows, total } = await api.readRows(uri);
      assert.deepEqual([columns, total], [["id", "tags"], 2]);
      assert.deepEqual(rows, [["12345678901234567890"], ["1.10", '["a"]']]);
    });

    it("can be searched for text or a regular expression, in one or all columns, until the caller stops", async () => {
      const target = path.join(folder, "found.csv");
      const { rows } = writeLargeCsv(target, 2 * 1024 * 1024);
      const uri = vscode.Uri.file(target).toString();
      const all = async (pattern: Parameters<TaskExportsApi["findRows"]>[1]) => {
        const found: { row: number; column: number }[] = [];
        for await (const batch of api.findRows(uri, pattern)) found.push(...batch);
        return found;
      };
      const thanks = await all({ text: "THANKS" });
      assert.equal(thanks.length, Math.ceil((rows - 42) / 100));
      assert.deepEqual(thanks[1], { row: 142, column: 7 });
      assert.deepEqual(await all({ text: "THANKS", caseSensitive: true }), []);
      assert.deepEqual(await all({ text: "thanks", column: "shop" }), []);
      assert.deepEqual(await all({ text: "^00000123[45]$", regex: true, column: "transaction_id" }), [
        { row: 1234, column: 0 },
        { row: 1235, column: 0 },
      ]);
      for await (const batch of api.findRows(uri, { text: "thanks" })) {
        assert.ok(batch.length > 0);
        break;
      }
    });

    it("are saved as they are viewed, in a file that is never replaced unless wanted", async () => {
      const uri = await file("saved.csv", "name,amount\nb,10\na,9\nab,\n");
      const target = path.join(folder, "saved-out.csv");
      const seen: { rows: number; bytes: number }[] = [];
      const saved = await api.saveView(uri, target, {
        format: "csv",
        columns: ["amount", 0],
        onProgress: (progress) => seen.push(progress),
      });
      const text = "amount,name\n10,b\n9,a\n,ab\n";
      assert.deepEqual(saved, { uri: vscode.Uri.file(target).toString(), rows: 3, bytes: text.length });
      assert.equal(await readFile(target, "utf8"), text);
      assert.equal(seen.at(-1)?.rows, 3);
      assert.equal(await codeOf(api.saveView(uri, target, { format: "json" })), "fileExists");
      await api.saveView(uri, vscode.Uri.file(target).toString(), { format: "jsonl", columns: [1], overwrite: true });
      assert.equal(await readFile(target, "utf8"), `{ "amount": "10" }\n{ "amount": "9" }\n{ "amount": "" }\n`);
      const stopped = AbortSignal.abort();
      const other = path.join(folder, "saved-other.csv");
      assert.equal(await codeOf(api.saveView(uri, other, { format: "csv", signal: stopped })), "cancelled");
    });

    it("are saved as Parquet and as the result of a statement, if there is an engine", async () => {
      const uri = await file("engine.csv", "shop,amount\nb,10\na,9\nb,1.5\n");
      const target = path.join(folder, "engine-out.parquet");
      const parquet = api.saveView(uri, target, { format: "parquet", sort: [{ column: "amount" }] });
      const code = await codeOf(parquet).catch(() => undefined);
      if (code === "engineMissing") return;
      const { rows, bytes } = await parquet;
      assert.equal(rows, 3);
      assert.equal((await readFile(target)).subarray(0, 4).toString(), "PAR1");
      assert.equal((await readFile(target)).length, bytes);
      const { columns, rows: read } = await api.readRows(vscode.Uri.file(target).toString());
      assert.deepEqual(
        [columns, read.map((cells) => cells.join())],
        [
          ["shop", "amount"],
          ["b,1.5", "a,9.0", "b,10.0"],
        ],
      );
      const result = path.join(folder, "engine-out.csv");
      const sql = "SELECT e.shop, sum(e.amount) AS total FROM export e JOIN shops s ON s.shop = e.shop GROUP BY ALL";
      const shops = await file("shops.csv", "shop,city\nb,Berlin\nc,Cork\n");
      await api.saveView(uri, result, { format: "csv", sql, others: { shops } });
      assert.equal(await readFile(result, "utf8"), "shop,total\nb,11.5\n");
    });

    it("are saved by a command as the active table shows them", async () => {
      const uri = await file("shown.csv", "name,amount\nb,10\na,9\n");
      await vscode.commands.executeCommand("taskExports.openExport", { uri, as: "table" });
      await until(() => tables().some((tab) => tab.uri === uri));
      const target = path.join(folder, "shown-out.tsv");
      const saved = await vscode.commands.executeCommand("taskExports.saveView", { uri, target });
      assert.deepEqual(saved, { uri: vscode.Uri.file(target).toString(), rows: 2, bytes: 21 });
      assert.equal(await readFile(target, "utf8"), "name\tamount\nb\t10\na\t9\n");
      await closeAllEditors();
    });

    it("reject with the contract's codes", async () => {
      const good = await file("good.csv", "a,b\n1,2\n");
      const find = async (pattern: { text: string; regex?: boolean; column?: string }): Promise<void> => {
        for await (const batch of api.findRows(good, pattern)) assert.fail(JSON.stringify(batch));
      };
      const missing = vscode.Uri.file(path.join(folder, "missing.csv")).toString();
      assert.equal(await codeOf(api.readRows(missing)), "fileMissing");
      assert.equal(await codeOf(api.readRows(await file("page.csv", "<!DOCTYPE html><p>"))), "notAnExportFile");
      assert.equal(await codeOf(api.readRows(good, { from: -1 })), "invalidRequest");
      assert.equal(await codeOf(api.readRows(good, { dialect: { encoding: "ebcdic" } })), "invalidRequest");
      assert.equal(await codeOf(find({ text: "(", regex: true })), "invalidRequest");
      assert.equal(await codeOf(find({ text: "1", column: "z" })), "invalidRequest");
      const stopped = AbortSignal.abort();
      assert.equal(await codeOf(api.readRows(good, { signal: stopped })), "cancelled");
    });

    it("are found in each column of a name, or in the one with an index", async () => {
      const uri = await file("same.csv", "id,name,name\n1,Ann,Bob\n2,Bob,Cid\n");
      const found = async (column: string | number): Promise<unknown[]> => {
        const matches: unknown[] = [];
        for await (const batch of api.findRows(uri, { text: "Bob", column })) matches.push(...batch);
        return matches;
      };
      assert.deepEqual(await found("name"), [
        { row: 0, column: 2 },
        { row: 1, column: 1 },
      ]);
      assert.deepEqual(await found(2), [{ row: 0, column: 2 }]);
    });

    it("are read with any delimiter and encoding, and say which cells are more than their text", async () => {
      const uri = await file("any.csv", "a§b\n1§2\n3\n");
      const page = await api.readRows(uri, { dialect: { delimiter: "§", encoding: "UTF8" } });
      assert.deepEqual(
        [page.columns, page.rows],
        [
          ["a", "b"],
          [["1", "2"], ["3"]],
        ],
      );
      assert.deepEqual(page.special, [{ row: 1, column: 1, is: "missing" }]);
      const latin = await api.readRows(uri, { dialect: { encoding: "latin1" } });
      assert.equal(latin.dialect.encoding, "windows-1252");
    });

    it("have no rows if the file is empty", async () => {
      const { rows, total } = await api.readRows(await file("empty.csv", ""));
      assert.deepEqual([rows, total], [[], 0]);
    });
  });

  describe("in the editor", () => {
    afterEach(closeAllEditors);

    it("open after a download, which is the setting's default", async () => {
      const { id } = await addSandboxAccount("spaaza");
      const result = await vscode.commands.executeCommand<DownloadResult>("taskExports.downloadTaskExport", {
        accountId: id,
        taskId: 12_346,
        folder,
        fileExists: "overwrite",
      });
      const uri = vscode.Uri.parse(result.files[0]?.uri ?? "").toString();
      await until(() => tables().length === 1);
      assert.deepEqual(tables(), [{ uri, column: 1 }]);
    });

    it("open to the side or as text if requested", async () => {
      const uri = await file("asked.csv", "a,b\n1,2\n");
      await vscode.commands.executeCommand("taskExports.openExport", { uri, as: "text" });
      await until(() => vscode.window.activeTextEditor?.document.uri.toString() === uri);
      await vscode.commands.executeCommand("taskExports.openExportBeside", { uri, as: "table" });
      await until(() => tables().length === 1);
      assert.deepEqual(tables(), [{ uri, column: 2 }]);
    });

    it("open whatever the file contains, and even if it doesn't exist", async () => {
      for (const [name, text] of [
        ["binary.csv", "\0\u0001\u0002\0"],
        ["nothing.ndjson", ""],
        ["broken.json", `{"a": `],
      ] as const) {
        const uri = await file(name, text);
        await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.parse(uri), "taskExports.table");
        await until(() => tables().some((table) => table.uri === uri));
      }
      const missing = vscode.Uri.file(path.join(folder, "gone.csv"));
      await vscode.commands.executeCommand("vscode.openWith", missing, "taskExports.table");
      await until(() => tables().some((table) => table.uri === missing.toString()));
    });
  });
});
