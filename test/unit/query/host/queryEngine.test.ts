import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { after, afterEach, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { ExportError } from "../../../../src/model/exportError.ts";
import type { Filter, SortKey } from "../../../../src/model/queryContract.ts";
import { exportSourceOf } from "../../../../src/query/host/exportSourceOf.ts";
import type { EngineHostParts } from "../../../../src/query/host/engineHost.ts";
import { QueryEngine } from "../../../../src/query/host/queryEngine.ts";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { UnpackFolder } from "../../../../src/table/unpack/unpackFolder.ts";
import { type RowNumber, rowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import type { RowOrder } from "../../../../src/table/view/rowOrder.ts";
import { tablePrograms } from "../../table/file/tablePrograms.ts";
import { enginePrograms } from "./enginePrograms.ts";

const { signal } = new AbortController();
const byAmount: SortKey[] = [{ column: "amount" }];

describe("the query engine", () => {
  let folder: string;
  const opened: { dispose(): unknown }[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-engine-"));
  });
  afterEach(async () => {
    for (const each of opened.splice(0).reverse()) await each.dispose();
  });
  after(() => rm(folder, { recursive: true }));

  const newEngine = (parts: Partial<EngineHostParts> = {}): QueryEngine => {
    const engine = new QueryEngine({
      programs: enginePrograms,
      workFolder: new UnpackFolder(path.join(folder, "work")),
      cacheFolder: path.join(folder, "cache"),
      limits: () => ({ memoryLimitMiB: 512, cacheLimitMiB: 100 }),
      ...parts,
    });
    opened.push(engine);
    return engine;
  };
  const openText = async (name: string, text: string): Promise<OpenFile> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    const open = new OpenFile({ path: file, growing: false, readAs: {} }, tablePrograms);
    opened.push(open);
    return open;
  };
  const arrange = async (
    engine: QueryEngine,
    file: OpenFile,
    sort: SortKey[] = byAmount,
    filter: Filter | null = null,
  ): Promise<RowOrder> => engine.arrange({ source: await exportSourceOf(file, signal), sort, filter }, { signal });
  const numbersOf = (order: RowOrder): Promise<readonly RowNumber[]> => order.numbers(rowPosition(0), 10, signal);
  const processOf = async (engine: QueryEngine): Promise<number> => {
    const id = (await engine.host.running)?.processId;
    assert.ok(id);
    return id;
  };

  it("sorts the rows of a file by number, with empty values last", async () => {
    const file = await openText("sorted.csv", "name,amount\nb,10\na,9\nc,\nd,100\n");
    const order = await arrange(newEngine(), file);
    assert.equal(order.rows, 4);
    assert.deepEqual(await numbersOf(order), [1, 0, 3, 2]);
    assert.deepEqual(await order.positions([3, 2, 7].map(rowNumber), signal), [2, 3, undefined]);
  });

  it("filters and sorts, and answers how many rows are left", async () => {
    const file = await openText("filtered.csv", "name,amount\nb,10\na,9\nbc,\nab,100\n");
    const order = await arrange(newEngine(), file, byAmount, { column: "name", is: "contains", value: "B" });
    assert.equal(order.rows, 3);
    assert.deepEqual(await numbersOf(order), [0, 3, 2]);
  });

  it("makes an order again after its process was killed", async () => {
    const rows = Array.from({ length: 3_000 }, (_, row) => `n${row},${3_000 - row}`).join("\n");
    const order = await arrange(newEngine(), await openText("killed.csv", `name,amount\n${rows}\n`));
    const engine = newEngine();
    const other = await arrange(engine, await openText("killed2.csv", `name,amount\n${rows}\n`));
    const killed = await processOf(engine);
    const ended = (await engine.host.running)?.ended;
    process.kill(killed, "SIGKILL");
    await ended;
    assert.deepEqual(await other.numbers(rowPosition(2_990), 3, signal), [9, 8, 7]);
    assert.notEqual(await processOf(engine), killed);
    assert.deepEqual(await order.numbers(rowPosition(2_990), 3, signal), [9, 8, 7]);
  });

  it("stops its process when nobody has asked for a while, and starts it again", async () => {
    const engine = newEngine({ idleMs: 1 });
    const order = await arrange(engine, await openText("idle.csv", "amount\n2\n1\n"));
    while (engine.host.running !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(await numbersOf(order), [1, 0]);
  });

  it("keeps columns for the next window, for their owner alone", async () => {
    const cacheFolder = path.join(folder, "shared cache");
    const file = await openText("kept.csv", "amount\n2\n1\n");
    await arrange(newEngine({ cacheFolder }), file);
    const kept = async (): Promise<string[]> =>
      (await readdir(cacheFolder, { recursive: true }).catch(() => [])).filter((name) => name.endsWith(".duckdb"));
    while ((await kept()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const [first = ""] = await kept();
    assert.equal((await stat(path.join(cacheFolder, first))).mode & 0o777, 0o600);
    // A pipe of that name would never answer.
    if (process.platform !== "win32")
      execFileSync("mkfifo", [path.join(cacheFolder, path.dirname(first), "pipe.duckdb")]);
    const broken = { ...enginePrograms, extractWorker: new URL("none.ts", import.meta.url) };
    const order = await arrange(newEngine({ cacheFolder, programs: broken }), file);
    assert.deepEqual(await numbersOf(order), [1, 0]);
  });

  it("runs one statement that only reads, over typed values and over the text", async () => {
    const engine = newEngine();
    const text = 'id,Order by,amount\n007,b,1.50\n008,a,\n009,"b",20.25\n';
    const source = await exportSourceOf(await openText("queried.csv", text), signal);
    const query = (sql: string, maxRows = 10) =>
      engine.query({ sql, exports: [{ name: "export", source }], maxRows }, { signal });
    const sums = await query(
      'SELECT "order by" AS o, sum(amount) AS s, count(*) AS n FROM export GROUP BY ALL ORDER BY o',
    );
    assert.deepEqual(
      sums.columns.map(({ name }) => name),
      ["o", "s", "n"],
    );
    assert.deepEqual(sums.rows, [
      ["a", null, 1],
      ["b", "21.75", 2],
    ]);
    assert.deepEqual((await query("SELECT id, amount FROM export_text ORDER BY id DESC")).rows, [
      ["009", "20.25"],
      ["008", ""],
      ["007", "1.50"],
    ]);
    assert.deepEqual((await query("SELECT count(*) FROM export")).rows, [[3]]);
    const first = await query("FROM export", 2);
    assert.deepEqual([first.rows.length, first.truncated], [2, true]);
    assert.deepEqual((await query('PIVOT export ON "order by" USING count(*) GROUP BY id ORDER BY id')).rows[0], [
      "007",
      0,
      1,
    ]);
    // Columns that the statement names in another way.
    assert.deepEqual((await query("SELECT q FROM export AS x(p, q) ORDER BY q")).rows, [["a"], ["b"], ["b"]]);
    assert.deepEqual((await query("SELECT #1 FROM export ORDER BY 1")).rows, [["007"], ["008"], ["009"]]);
    assert.deepEqual((await query("SELECT main.export.amount FROM export")).rows[0], ["1.50"]);
    assert.equal((await query("SELECT 1e400 AS x")).rows.length, 1);
    assert.match(String((await query("EXPLAIN SELECT amount FROM export")).rows[0]?.[1]), /amount|c\d+/);
  });

  it("says where a statement is wrong, and refuses one that writes", async () => {
    const engine = newEngine();
    const source = await exportSourceOf(await openText("wrong.csv", "id,amount\n1,2\n"), signal);
    const query = (sql: string) =>
      engine.query({ sql, exports: [{ name: "export", source }], maxRows: 10 }, { signal });
    await assert.rejects(query("SELECT amonut FROM export"), (error: unknown) => {
      assert.ok(error instanceof ExportError);
      assert.deepEqual([error.code, error.details.position, error.details.candidates], ["badQuery", 7, ["amount"]]);
      return true;
    });
    await assert.rejects(query(`COPY export TO '${folder}/written.csv'`), { code: "queryRefused" });
    await assert.rejects(query("SELECT 1; SELECT 2"), { code: "queryRefused" });
    await assert.rejects(query(`FROM read_csv('${folder}/wrong.csv')`), { code: "queryRefused" });
    assert.deepEqual((await query("SELECT amount FROM export")).rows, [[2]]);
  });

  it("proposes what can follow in a statement", async () => {
    const proposals = await newEngine().complete("SELECT 1 FRO, more", "SELECT 1 FRO".length, signal);
    assert.deepEqual(proposals[0], { text: "FROM ", from: 9 });
  });

  it("refuses an unknown column, and a file that is still being downloaded", async () => {
    const file = await openText("unknown.csv", "amount\n2\n1\n");
    await assert.rejects(arrange(newEngine(), file, [{ column: "price" }]), { code: "invalidRequest" });
    file.grew({ growing: true });
    await assert.rejects(exportSourceOf(file, signal), { code: "invalidRequest" });
  });

  it("says that an expression is too large, and that a function's parameters are wrong without proposing them", async () => {
    const engine = newEngine();
    const file = await openText("large.csv", "id,name\n1,b\n");
    const matches: Filter = { column: "name", is: "matches", value: "(a{1000}){1000}" };
    await assert.rejects(arrange(engine, file, [], matches), {
      code: "badQuery",
      message: /too long, or repeats too much/,
    });
    const exports = [{ name: "export", source: await exportSourceOf(file, signal) }];
    const sql = "SELECT struct_extract(id, 'a') FROM export";
    await assert.rejects(engine.query({ sql, exports, maxRows: 10 }, { signal }), (error: unknown) => {
      assert.ok(error instanceof ExportError);
      assert.deepEqual([error.code, error.details.candidates], ["badQuery", undefined]);
      return true;
    });
  });

  it("says why it is missing in a package without one", async () => {
    const programs = { ...enginePrograms, library: new URL("none.node", import.meta.url) };
    const engine = newEngine({ programs });
    const file = await openText("missing.csv", "amount\n2\n1\n");
    await assert.rejects(arrange(engine, file), {
      code: "engineMissing",
      message: /no query engine for this computer/,
    });
    assert.equal(engine.missing?.code, "engineMissing");
  });

  it("says in the system's words why its library can't be loaded", async () => {
    const library = path.join(folder, "duckdb.node");
    const engine = path.join(folder, "engine.mjs");
    await writeFile(library, "no library");
    const load = `import { createRequire } from "node:module"; createRequire(import.meta.url)("./duckdb.node");`;
    await writeFile(engine, load);
    const programs = { ...enginePrograms, engine: pathToFileURL(engine) };
    const file = await openText("refused.csv", "amount\n2\n1\n");
    await assert.rejects(arrange(newEngine({ programs }), file), {
      code: "engineMissing",
      message: /can't be started on this computer\. The reason: .*duckdb\.node/,
    });
  });

  it("says that it can't be started if its program fails", async () => {
    const programs = { ...enginePrograms, engine: new URL("none.ts", import.meta.url) };
    const file = await openText("failing.csv", "amount\n2\n1\n");
    await assert.rejects(arrange(newEngine({ programs }), file), {
      code: "engineMissing",
      message: /can't be started/,
    });
  });

  it("ends a request as soon as it is canceled, and answers the next one", async () => {
    const engine = newEngine();
    const source = await exportSourceOf(await openText("canceled.csv", "amount\n2\n1\n"), signal);
    const stop = new AbortController();
    const arranging = engine.arrange({ source, sort: byAmount, filter: null }, { signal: stop.signal });
    stop.abort();
    await assert.rejects(arranging, { code: "cancelled" });
    const order = await engine.arrange({ source, sort: byAmount, filter: null }, { signal });
    assert.deepEqual(await numbersOf(order), [1, 0]);
  });
});
