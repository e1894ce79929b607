import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import fc from "fast-check";
import * as v from "valibot";
import type { Filter, SavedFormat } from "../../../../src/model/queryContract.ts";
import { ExportError } from "../../../../src/model/exportError.ts";
import { exportSourceOf } from "../../../../src/query/host/exportSourceOf.ts";
import { QueryEngine } from "../../../../src/query/host/queryEngine.ts";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { UnpackFolder } from "../../../../src/table/unpack/unpackFolder.ts";
import { longestCell } from "../../../../src/table/tableTypes.ts";
import { rowNumber } from "../../../../src/table/view/rowIdentity.ts";
import { type SavedTable, ViewSaver, type WantedView } from "../../../../src/vscode/saving/viewSaver.ts";
import { enginePrograms } from "../../query/host/enginePrograms.ts";
import { Engine } from "../../query/statements/engine.ts";
import { tablePrograms } from "../../table/file/tablePrograms.ts";

const { signal } = new AbortController();
const tableOf = (file: OpenFile): SavedTable => ({ file, settled: () => file.settled() });
const whole: WantedView = { sort: [], filter: null };

describe("saving a view", () => {
  let folder: string;
  let engine: QueryEngine;
  let saver: ViewSaver;
  let reader: Engine;
  const opened: OpenFile[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-save-"));
    engine = new QueryEngine({
      programs: enginePrograms,
      workFolder: new UnpackFolder(path.join(folder, "work")),
      cacheFolder: path.join(folder, "cache"),
      limits: () => ({ memoryLimitMiB: 512, cacheLimitMiB: 100 }),
    });
    saver = new ViewSaver({
      engine,
      problemError: ({ kind }) => new ExportError("notAnExportFile", kind),
    });
    reader = await Engine.open();
  });
  afterEach(async () => {
    for (const file of opened.splice(0)) await file.dispose();
  });
  after(async () => {
    reader.close();
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  const open = (file: string): OpenFile => {
    const open = new OpenFile({ path: file, growing: false, readAs: {} }, tablePrograms);
    opened.push(open);
    return open;
  };
  const openText = async (name: string, text: string): Promise<OpenFile> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return open(file);
  };
  const save = async (
    file: OpenFile,
    name: string,
    wanted: Partial<WantedView> = {},
    ifTaken: "overwrite" | "fail" = "overwrite",
  ) => {
    const format = path.extname(name).slice(1) as SavedFormat;
    const target = { path: path.join(folder, name), format, ifTaken };
    return saver.saveRows(tableOf(file), { ...whole, ...wanted }, target, { signal });
  };
  const saveResult = async (file: OpenFile, name: string, sql: string) => {
    const format = path.extname(name).slice(1) as SavedFormat;
    const exports = [{ name: "export", source: await exportSourceOf(file, signal) }];
    const target = { path: path.join(folder, name), format, ifTaken: "overwrite" as const };
    return saver.saveResult({ sql, exports }, target, { signal });
  };
  const textOf = (name: string): Promise<string> => readFile(path.join(folder, name), "utf8");
  const parquet = async (name: string, select = "*") =>
    (await reader.run({ sql: `SELECT ${select} FROM '${path.join(folder, name)}'`, values: [] })).map((row) => [
      ...row,
    ]);
  const rowsOf = async (file: OpenFile): Promise<string[][]> => {
    const { rows } = await file.indexed(Infinity, signal);
    const page = await file.rows({ from: rowNumber(0), count: rows, longest: longestCell }, signal);
    return page.rows.map(({ cells }) => [...cells]);
  };

  it("writes the text of the file in every text format", async () => {
    const file = await openText("text.csv", `id,amount,note\n007,1.50,"a ""b"", c"\n8,,x\n`);
    const { rows, bytes } = await save(file, "out.csv");
    assert.equal(await textOf("out.csv"), `id,amount,note\n007,1.50,"a ""b"", c"\n8,,x\n`);
    assert.deepEqual([rows, bytes], [2, (await textOf("out.csv")).length]);
    await save(file, "out.tsv", { columns: ["note", 0] });
    assert.equal(await textOf("out.tsv"), `note\tid\na "b", c\t007\nx\t8\n`);
    await save(file, "out.jsonl", { columns: ["id"] });
    assert.equal(await textOf("out.jsonl"), `{ "id": "007" }\n{ "id": "8" }\n`);
    await save(file, "out.json", { columns: ["id"] });
    assert.deepEqual(JSON.parse(await textOf("out.json")), [{ id: "007" }, { id: "8" }]);
  });

  it("sorts and filters, with the columns in their order", async () => {
    const file = await openText("sorted.csv", "name,amount\nb,10\na,9\nbc,\nab,100\n");
    const filter: Filter = { column: "name", is: "contains", value: "b" };
    const wanted = { sort: [{ column: "amount", descending: true }], filter, columns: ["amount", "name"] };
    assert.equal((await save(file, "sorted-out.csv", wanted)).rows, 3);
    assert.equal(await textOf("sorted-out.csv"), "amount,name\n100,ab\n10,b\n,bc\n");
    assert.equal((await save(file, "sorted-out.parquet", wanted)).rows, 3);
    assert.deepEqual(await parquet("sorted-out.parquet"), [
      [100n, "ab"],
      [10n, "b"],
      [null, "bc"],
    ]);
  });

  it("gives a Parquet column a type if all of its values have it", async () => {
    const text = "id,price,day,ok,note,code\n9007199254740993,1.50,2024-01-31,true,,007\n2,,2024-02-01,false,x,a\n";
    const file = await openText("typed.csv", text);
    await save(file, "typed.parquet");
    const types = await reader.run({ sql: `DESCRIBE FROM '${path.join(folder, "typed.parquet")}'`, values: [] });
    assert.deepEqual(
      types.map(([name, type]) => [name, type]),
      [
        ["id", "BIGINT"],
        ["price", "DECIMAL(18,2)"],
        ["day", "TIMESTAMP"],
        ["ok", "BOOLEAN"],
        ["note", "VARCHAR"],
        ["code", "VARCHAR"],
      ],
    );
    assert.deepEqual(await parquet("typed.parquet", "id, price::VARCHAR, day::VARCHAR, ok, note, code"), [
      [9007199254740993n, "1.50", "2024-01-31 00:00:00", true, "", "007"],
      [2n, null, "2024-02-01 00:00:00", false, "x", "a"],
    ]);
    const [[codec] = []] = await parquet("typed.parquet", "1").then(() =>
      reader.run({
        sql: `SELECT DISTINCT compression FROM parquet_metadata('${path.join(folder, "typed.parquet")}')`,
        values: [],
      }),
    );
    assert.equal(codec, "ZSTD");
  });

  it("writes every key of JSON records, also those that appear late", async () => {
    const records = Array.from({ length: 3_000 }, (_, id) => (id === 2_500 ? { id, late: null } : { id }));
    const file = await openText("late.jsonl", records.map((record) => JSON.stringify(record)).join("\n"));
    await save(file, "late-out.jsonl");
    const lines = (await textOf("late-out.jsonl")).trim().split("\n");
    assert.deepEqual(JSON.parse(lines[2_500] ?? ""), { id: 2_500, late: null });
    assert.deepEqual(JSON.parse(lines[2_499] ?? ""), { id: 2_499 });
  });

  it("saves all rows of a result in every format", async () => {
    const file = await openText("query.csv", "shop,amount\na,1.5\nb,2.25\na,3\n");
    const sql = `SELECT shop, sum(amount) AS total, count(*)::HUGEINT AS n FROM export GROUP BY shop ORDER BY shop`;
    assert.equal((await saveResult(file, "q.csv", sql)).rows, 2);
    assert.equal(await textOf("q.csv"), "shop,total,n\na,4.50,2\nb,2.25,1\n");
    await saveResult(file, "q.tsv", sql);
    assert.equal(await textOf("q.tsv"), "shop\ttotal\tn\na\t4.50\t2\nb\t2.25\t1\n");
    await saveResult(file, "q.jsonl", sql);
    assert.equal(await textOf("q.jsonl"), `{"shop":"a","total":4.50,"n":2}\n{"shop":"b","total":2.25,"n":1}\n`);
    await saveResult(file, "q.json", sql);
    assert.equal(v.parse(v.array(v.unknown()), JSON.parse(await textOf("q.json"))).length, 2);
    await saveResult(file, "q.parquet", sql);
    assert.deepEqual(await parquet("q.parquet", "shop, total::VARCHAR, typeof(n)"), [
      ["a", "4.50", "DECIMAL(38,0)"],
      ["b", "2.25", "DECIMAL(38,0)"],
    ]);
    await saveResult(file, "many.csv", "SELECT i FROM range(300000) t(i)");
    assert.equal((await textOf("many.csv")).split("\n").length, 300_002);
  });

  it("keeps rows of one empty value, whole numbers beyond 38 digits, and JSON that can be parsed", async () => {
    const file = await openText("odd.csv", "a\nx\n");
    await saveResult(file, "one.csv", "SELECT NULL::INTEGER AS a FROM range(2)");
    assert.equal(await textOf("one.csv"), `a\n""\n""\n`);
    await saveResult(file, "huge.parquet", "SELECT 170141183460469231731687303715884105727::HUGEINT AS a");
    assert.deepEqual(await parquet("huge.parquet"), [["170141183460469231731687303715884105727"]]);
    await saveResult(file, "nan.jsonl", "SELECT 'nan'::DOUBLE AS a");
    assert.equal(await textOf("nan.jsonl"), `{"a":null}\n`);
  });

  it("is also written as SQL, which answers the same rows as a query", async () => {
    const file = await openText("sql.csv", `name,"amount ""net""",name\nB,10.50,x\na,9,it's\nab,,y\nb1,100,z\n`);
    const source = await exportSourceOf(file, signal);
    const filter: Filter = {
      all: [
        {
          any: [
            { column: "name", is: "startsWith", value: "b" },
            { column: 2, is: "equals", value: "IT'S" },
          ],
        },
        { column: 1, is: "atLeast", value: "9" },
      ],
    };
    const view = { sort: [{ column: 1, descending: true }], filter, columns: [2, 1, 0] };
    const sql = await engine.viewSql({ source, ...view }, { signal });
    assert.match(sql, /^SELECT export\."name \(2\)", export\."amount ""net""", export\."name"\nFROM export POSITIONAL/);
    const { rows } = await engine.query({ sql, exports: [{ name: "export", source }], maxRows: 10 }, { signal });
    assert.deepEqual(rows, [
      ["z", "100.00", "b1"],
      ["x", "10.50", "B"],
      ["it's", "9.00", "a"],
    ]);
    await save(file, "sql-out.csv", view);
    assert.equal(await textOf("sql-out.csv"), `name,"amount ""net""",name\nz,100,b1\nx,10.50,B\nit's,9,a\n`);
    const plain = await engine.viewSql({ source, sort: [], filter: null, columns: [0] }, { signal });
    assert.equal(plain, `SELECT export."name"\nFROM export;`);
  });

  it("refuses a statement that writes, and says where one is wrong", async () => {
    const file = await openText("refused.csv", "a\nx\n");
    await assert.rejects(saveResult(file, "refused-out.csv", "CREATE TABLE x (a INT)"), { code: "queryRefused" });
    await assert.rejects(saveResult(file, "refused-out.csv", "SELECT b FROM export"), { code: "badQuery" });
    assert.equal((await readdir(folder)).filter((name) => name.startsWith("refused-out")).length, 0);
  });

  it("doesn't replace a file unless asked to", async () => {
    const file = await openText("kept.csv", "a\nx\n");
    await writeFile(path.join(folder, "taken.csv"), "before");
    await assert.rejects(save(file, "taken.csv", {}, "fail"), { code: "fileExists" });
    assert.equal(await textOf("taken.csv"), "before");
    await save(file, "taken.csv");
    assert.equal(await textOf("taken.csv"), "a\nx\n");
  });

  it("refuses an unknown column, no columns, and a folder that doesn't exist", async () => {
    const file = await openText("columns.csv", "a\nx\n");
    await assert.rejects(save(file, "none.csv", { columns: ["b"] }), { code: "invalidRequest" });
    await assert.rejects(save(file, "none.csv", { columns: [] }), { code: "invalidRequest" });
    await assert.rejects(save(file, path.join("gone", "none.parquet")), { code: "notWritable" });
  });

  it("leaves nothing when it is canceled at any moment", async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `${row},name ${row % 97},${row / 8}`);
    const file = await openText("canceled.csv", `id,name,amount\n${rows.join("\n")}\n`);
    await file.indexed(Infinity, signal);
    const target = path.join(folder, "canceled-out");
    const sort = [{ column: "name" }];
    for (const [index, delay] of [0, 1, 2, 4, 6, 9, 12, 16, 24, 32, 48, 64].entries()) {
      const format = index % 2 === 0 ? "parquet" : "csv";
      const stop = new AbortController();
      setTimeout(() => stop.abort(), delay);
      const wanted = index % 4 < 2 ? whole : { sort, filter: null };
      const saving = saver.saveRows(
        tableOf(file),
        wanted,
        { path: target, format, ifTaken: "overwrite" },
        { signal: stop.signal },
      );
      const ended = await saving.catch((error: unknown) => error);
      if (ended instanceof ExportError) assert.equal(ended.code, "cancelled");
      else await rm(target);
      assert.deepEqual(
        (await readdir(folder)).filter((name) => name.startsWith("canceled-out")),
        [],
      );
    }
  });

  it("saves what can be read back as the same rows", async () => {
    const cell = fc.string({ unit: fc.constantFrom(...Array.from("ab1,.\"'\t;|{}[] é\\-")), maxLength: 6 });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 });
    let number = 0;
    const check = async (rows: readonly (readonly string[])[]): Promise<void> => {
      number += 1;
      const text = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(",")).join("\n");
      const file = await openText(`random-${number}.csv`, `first,second\n${text}\n`);
      const expected = await rowsOf(file);
      await save(file, `random-out-${number}.csv`);
      assert.deepEqual(await rowsOf(open(path.join(folder, `random-out-${number}.csv`))), expected);
      await save(file, `random-out-${number}.jsonl`);
      const lines = (await textOf(`random-out-${number}.jsonl`)).trim().split("\n");
      assert.deepEqual(
        lines.map((line) => Object.values(v.parse(v.record(v.string(), v.string()), JSON.parse(line)))),
        expected,
      );
      await saveResult(file, `random-out-${number}.parquet`, "FROM export_text");
      assert.deepEqual(await parquet(`random-out-${number}.parquet`), expected);
      await save(file, `random-view-${number}.parquet`);
      const typed = await parquet(`random-view-${number}.parquet`);
      for (const [row, cells] of expected.entries()) {
        for (const [column, text] of cells.entries()) {
          const value = typed[row]?.[column];
          if (typeof value === "string") assert.equal(value, text);
          else assert.equal(typeof value === "bigint" ? value : null, typeof value === "bigint" ? BigInt(text) : null);
        }
      }
    };
    await fc.assert(fc.asyncProperty(table, check), { numRuns: 8 });
  });
});
