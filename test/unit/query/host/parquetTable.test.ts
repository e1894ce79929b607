import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { exportSourceOf } from "../../../../src/query/host/exportSourceOf.ts";
import { QueryEngine } from "../../../../src/query/host/queryEngine.ts";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { UnpackFolder } from "../../../../src/table/unpack/unpackFolder.ts";
import { longestCell } from "../../../../src/table/tableTypes.ts";
import { rowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import { tablePrograms } from "../../table/file/tablePrograms.ts";
import { Engine } from "../statements/engine.ts";
import { enginePrograms } from "./enginePrograms.ts";

const { signal } = new AbortController();

describe("a Parquet file", () => {
  let folder: string;
  let engine: QueryEngine;
  let writer: Engine;
  let unpacked: UnpackFolder;
  const opened: OpenFile[] = [];

  const engineWith = (programs = enginePrograms): QueryEngine =>
    new QueryEngine({
      programs,
      workFolder: new UnpackFolder(path.join(folder, "work")),
      cacheFolder: path.join(folder, "cache"),
      limits: () => ({ memoryLimitMiB: 512, cacheLimitMiB: 100 }),
    });

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-parquet-"));
    unpacked = new UnpackFolder(path.join(folder, "unpacked"));
    engine = engineWith();
    writer = await Engine.open();
  });
  afterEach(async () => {
    for (const file of opened.splice(0)) await file.dispose();
  });
  after(async () => {
    writer.close();
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  const written = async (name: string, select: string): Promise<string> => {
    const file = path.join(folder, name);
    await writer.run({ sql: `COPY (${select}) TO '${file}' (FORMAT parquet)`, values: [] });
    return file;
  };
  const open = (file: string, by = engine): OpenFile => {
    const open = new OpenFile({ path: file, growing: false, readAs: {} }, tablePrograms, {
      folder: unpacked,
      readParquet: (from, to, stop) => by.readParquet(from, to, stop),
    });
    opened.push(open);
    return open;
  };
  const rowsOf = async (file: OpenFile): Promise<string[][]> => {
    await file.settled();
    await file.indexed(Infinity, signal);
    const page = await file.rows({ from: rowNumber(0), count: 100, longest: longestCell }, signal);
    return page.rows.map(({ cells }) => [...cells]);
  };

  it("opens as a table with every digit of its values", async () => {
    const values = `9007199254740993::BIGINT AS id, 1.10::DECIMAL(38,2) AS price, TIMESTAMP '2024-01-31 10:00:00.123456' AS at,
      'nan'::DOUBLE AS ratio, [1, 2] AS list, {'k': 'v'} AS nested, NULL::VARCHAR AS nothing, 'a "b"' || chr(10) || 'c' AS text`;
    const file = open(await written("values [1].parquet", `SELECT ${values} UNION ALL SELECT ${values}`));
    const row = [
      "9007199254740993",
      "1.10",
      "2024-01-31 10:00:00.123456",
      "nan",
      "[1,2]",
      `{"k":"v"}`,
      "null",
      `a "b"\nc`,
    ];
    assert.deepEqual(await rowsOf(file), [row, row]);
    const table = await file.settled();
    assert.ok(table.kind === "table");
    assert.deepEqual(
      table.shape.columns.map(({ name }) => name),
      ["id", "price", "at", "ratio", "list", "nested", "nothing", "text"],
    );
  });

  it("has its rows in their order, and can be sorted", async () => {
    const file = open(await written("many.parquet", "SELECT i AS id, 200000 - i AS down FROM range(200000) t(i)"));
    await file.settled();
    assert.equal((await file.indexed(Infinity, signal)).rows, 200_000);
    const numbers = [0, 1, 122_880, 199_999].map(rowNumber);
    const { rows } = await file.rowsAt({ rows: numbers, longest: longestCell }, signal);
    assert.deepEqual(
      rows.map(({ cells }) => cells[0]),
      numbers.map(String),
    );
    const source = await exportSourceOf(file, signal);
    const order = await engine.arrange({ source, sort: [{ column: "down" }], filter: null }, { signal });
    assert.deepEqual(await order.numbers(rowPosition(0), 2, signal), [199_999, 199_998]);
  });

  it("says that it is damaged", async () => {
    const whole = await readFile(await written("whole.parquet", "SELECT 1 AS a"));
    const damaged = path.join(folder, "damaged.parquet");
    await writeFile(damaged, whole.subarray(0, 40));
    assert.deepEqual(await open(damaged).settled(), {
      kind: "problem",
      problem: { kind: "parquet", reason: "damaged.parquet is incomplete or damaged, so its rows can't be read." },
    });
  });

  it("says what to do if there is no engine", async () => {
    const none = engineWith({ ...enginePrograms, library: new URL("none.node", import.meta.url) });
    const problem = await open(await written("none.parquet", "SELECT 1 AS a"), none).settled();
    assert.ok(problem.kind === "problem" && problem.problem.kind === "parquet");
    assert.match(problem.problem.reason ?? "", /Install the package of Task Exports for this computer's system\.$/);
  });

  it("leaves nothing when it is closed, even while it is being read", async () => {
    const file = open(await written("closed.parquet", "SELECT i, repeat('x', 100) AS x FROM range(300000) t(i)"));
    const small = open(await written("small.parquet", "SELECT 1 AS a"));
    await small.settled();
    await file.dispose();
    await small.dispose();
    assert.deepEqual(await readdir(await unpacked.path()), []);
  });
});
