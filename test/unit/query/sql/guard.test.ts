import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import { ExportError } from "../../../../src/model/exportError.ts";
import { queryError } from "../../../../src/query/sql/engineErrors.ts";
import { prepareReading } from "../../../../src/query/sql/guard.ts";
import { openLockedSession, type LockedSession } from "../../../../src/query/sql/lockedSession.ts";
import { harmless, hostile } from "./statements.ts";

const secret = "canary-3f9c";

describe("A person's statement", () => {
  let folder: string;
  let session: LockedSession;
  let canary: string;
  let database: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-guard-"));
    canary = path.join(folder, "canary.csv");
    database = path.join(folder, "columns.db");
    await writeFile(canary, `a,b\n${secret},1\n`);
    const instance = await DuckDBInstance.create(database);
    const connection = await instance.connect();
    await connection.run("CREATE TABLE export AS SELECT range AS a, range % 3 AS b, 'x' AS c FROM range(10)");
    connection.closeSync();
    instance.closeSync();
    session = await openLockedSession([{ path: database, name: "data" }], 200);
    await session.connection.run("USE data");
  });
  after(async () => {
    session.close();
    await rm(folder, { recursive: true });
  });

  async function run(sql: string): Promise<string> {
    const statement = await prepareReading(session.connection, sql);
    try {
      return JSON.stringify((await statement.runAndReadAll()).getRowsJson());
    } catch (error) {
      throw queryError(error, sql);
    }
  }

  async function state(): Promise<unknown> {
    const names = (await readdir(folder)).toSorted();
    return Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), "hex")]));
  }

  for (const sql of harmless) {
    it(`runs ${sql}`, async () => assert.ok(await run(sql)));
  }

  it("is refused if it doesn't only read, and touches no file", async () => {
    const untouched = await state();
    const passed: string[] = [];
    for (const template of hostile) {
      const sql = template.replaceAll("CANARY", canary).replaceAll("FOLDER", folder).replaceAll("DATABASE", database);
      const error: unknown = await run(sql).catch((error: unknown) => error);
      const code = error instanceof ExportError ? error.code : undefined;
      if (code !== "queryRefused" && code !== "badQuery") passed.push(template);
      assert.ok(!JSON.stringify(error).includes(secret), template);
    }
    assert.deepEqual(passed, []);
    assert.deepEqual(await state(), untouched);
  });

  it("says where it is wrong, in characters, and which names exist", async () => {
    const error: unknown = await run("SELECT 'äöü', aa FROM export").catch((error: unknown) => error);
    assert.ok(error instanceof ExportError);
    assert.equal(error.code, "badQuery");
    assert.equal(error.details.position, 14);
    assert.ok(error.details.candidates?.includes("a"));
  });

  it("is refused if it needs too much memory", { timeout: 50_000 }, async () => {
    const sql = "SELECT list(a::VARCHAR || repeat('x', 500)) FROM range(3000000) t(a)";
    await assert.rejects(run(sql), { code: "queryTooLarge" });
  });
});
