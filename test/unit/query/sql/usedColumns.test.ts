import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { usedColumns, usedNames } from "../../../../src/query/sql/usedColumns.ts";

const columns = ["id", "City", "amount", "order by", "note"];

describe("the columns that a statement uses", () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;

  before(async () => {
    instance = await DuckDBInstance.create(":memory:");
    connection = await instance.connect();
  });
  after(() => {
    connection.closeSync();
    instance.closeSync();
  });

  const used = async (sql: string): Promise<string[]> => {
    const reader = await connection.runAndReadAll("SELECT json_serialize_sql($1::VARCHAR)", [sql]);
    const [[tree] = []] = reader.getRows();
    assert.equal(typeof tree, "string");
    return usedColumns(usedNames(JSON.parse(String(tree))), columns).map((index) => columns[index] ?? "");
  };

  it("are those that it names, in any case, quoted or not", async () => {
    assert.deepEqual(await used("SELECT CITY, count(*), sum(e.amount * 2) FROM export e GROUP BY ALL"), [
      "City",
      "amount",
    ]);
    assert.deepEqual(await used('SELECT max("order by") FROM export WHERE id > 3'), ["id", "order by"]);
    assert.deepEqual(await used("WITH x AS (SELECT note FROM export) SELECT count(note) FROM x"), ["note"]);
    assert.deepEqual(await used("SELECT count(*) FROM export JOIN other USING (id)"), ["id"]);
    assert.deepEqual(await used("SELECT count(*) FROM export"), []);
    assert.deepEqual(await used("SELECT id, i FROM export, range(3) AS r"), ["id"]);
  });

  it("are all if a star, a row or a join by equal names stands for them", async () => {
    for (const sql of [
      "SELECT * FROM export",
      "FROM export",
      "SELECT e FROM export e",
      "SELECT export FROM export",
      "SELECT COLUMNS('a.*') FROM export",
      "SELECT export.* FROM export",
      "SELECT id FROM export NATURAL JOIN other",
      "SUMMARIZE export",
      "DESCRIBE export",
      "UNPIVOT export ON id, amount",
      "SELECT q FROM export AS x(q)",
      "SELECT count(*) FROM export AS x(q) WHERE q = 2",
      "SELECT #1 FROM export",
      "SELECT main.export FROM export",
      "SELECT q FROM query_table('export') AS x(q)",
      "SELECT x.a FROM (SELECT id FROM export) AS x(a)",
    ]) {
      assert.deepEqual(await used(sql), columns, sql);
    }
  });

  it("are all if the statement has no syntax tree", async () => {
    assert.deepEqual(await used("PIVOT export ON City USING sum(amount)"), columns);
    assert.deepEqual(await used("SELECT FROM WHERE"), columns);
    assert.deepEqual(usedColumns(usedNames(undefined), columns), [0, 1, 2, 3, 4]);
  });
});
