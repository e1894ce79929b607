import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Filter } from "../../../../src/model/queryContract.ts";
import { exportSourceOf } from "../../../../src/query/host/exportSourceOf.ts";
import { QueryEngine } from "../../../../src/query/host/queryEngine.ts";
import type { ExportSource } from "../../../../src/query/exportSource.ts";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { UnpackFolder } from "../../../../src/table/unpack/unpackFolder.ts";
import { tablePrograms } from "../../table/file/tablePrograms.ts";
import { enginePrograms } from "./enginePrograms.ts";

const { signal } = new AbortController();
const shops = "country,amount\nBE,10\nNL,2.5\nBE,\nFR,100\nbe,7\n";

describe("profiles of columns", () => {
  let folder: string;
  let engine: QueryEngine;
  const opened: { dispose(): unknown }[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-profile-"));
    engine = new QueryEngine({
      programs: enginePrograms,
      workFolder: new UnpackFolder(path.join(folder, "work")),
      cacheFolder: path.join(folder, "cache"),
      limits: () => ({ memoryLimitMiB: 512, cacheLimitMiB: 100 }),
    });
  });
  afterEach(() => {
    for (const each of opened.splice(0).reverse()) each.dispose();
  });
  after(async () => {
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  const sourceOf = async (name: string, text: string): Promise<ExportSource> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    const open = new OpenFile({ path: file, growing: false, readAs: {} }, tablePrograms);
    opened.push(open);
    return exportSourceOf(open, signal);
  };
  const workFiles = async (): Promise<string[]> =>
    (await readdir(path.join(folder, "work"), { recursive: true })).filter((name) => name.endsWith(".parquet"));

  it("are sent one by one in the order asked for, and then answered all at once", async () => {
    const source = await sourceOf("shops.csv", shops);
    const told: [number, string][] = [];
    const profiles = await engine.profile(
      { source, columns: [1, 0], filter: null },
      { signal, onProfile: (column, { name }) => told.push([column, name]) },
    );
    assert.deepEqual(told, [
      [1, "amount"],
      [0, "country"],
    ]);
    assert.deepEqual(
      profiles.map(({ name, count, empty }) => ({ name, count, empty })),
      [
        { name: "amount", count: 5, empty: 1 },
        { name: "country", count: 5, empty: 0 },
      ],
    );
    assert.deepEqual(profiles[1]?.frequent[0], { value: "BE", count: 2 });
    assert.deepEqual([profiles[0]?.min, profiles[0]?.max], ["2.5", "100.0"]);
    assert.deepEqual(await workFiles(), []);
  });

  it("are about the rows that pass a filter", async () => {
    const source = await sourceOf("filtered.csv", shops);
    const filter: Filter = { column: "amount", is: "atLeast", value: "5" };
    const [profile] = await engine.profile({ source, columns: [0], filter }, { signal });
    assert.equal(profile?.count, 3);
    assert.equal(profile.distinct, 3);
  });

  it("of more columns than are extracted at once are complete, and leave no files", async () => {
    const names = Array.from({ length: 300 }, (_, column) => `c${column}`);
    const row = (number: number): string => names.map((_, column) => column * number).join();
    const source = await sourceOf("wide.csv", `${[names.join(), row(1), row(2), row(2)].join("\n")}\n`);
    const shares: number[] = [];
    const columns = names.map((_, column) => column);
    const profiles = await engine.profile(
      { source, columns, filter: { column: "c1", is: "equals", value: "2" } },
      { signal, onProgress: (done) => shares.push(done) },
    );
    assert.deepEqual(
      profiles.map(({ name, count, max }) => [name, count, max]),
      names.map((name, column) => [name, 2, String(column * 2)]),
    );
    assert.deepEqual(shares, shares.toSorted((one, other) => one - other)); // prettier-ignore
    assert.deepEqual(await workFiles(), []);
  });

  it("of a file without rows are empty", async () => {
    const source = await sourceOf("none.csv", "country,amount\n");
    const profiles = await engine.profile({ source, columns: [0, 1], filter: null }, { signal });
    assert.deepEqual(
      profiles.map(({ count, frequent }) => ({ count, frequent })),
      [
        { count: 0, frequent: [] },
        { count: 0, frequent: [] },
      ],
    );
  });

  it("end as soon as they are canceled, and leave no files", async () => {
    const names = Array.from({ length: 200 }, (_, column) => `c${column}`);
    const source = await sourceOf("canceled.csv", `${names.join()}\n${names.map((_, column) => column).join()}\n`);
    const stop = new AbortController();
    const told: number[] = [];
    const profiling = engine.profile(
      { source, columns: names.map((_, column) => column), filter: null },
      {
        signal: stop.signal,
        onProfile: (column) => {
          told.push(column);
          stop.abort();
        },
      },
    );
    await assert.rejects(profiling, { code: "cancelled" });
    assert.ok(told.length < names.length);
    // The next request comes when the canceled one has ended.
    await engine.profile({ source, columns: [0], filter: null }, { signal });
    while ((await workFiles()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it("list values that contain a text, of the rows that pass a filter", async () => {
    const source = await sourceOf("values.csv", shops);
    const wanted = { source, column: 0, contains: "b", filter: null, limit: 10 };
    const all = await engine.columnValues(wanted, signal);
    assert.deepEqual(all.values, [
      { value: "BE", count: 2 },
      { value: "be", count: 1 },
    ]);
    const filter: Filter = { column: "amount", is: "less", value: "8" };
    assert.deepEqual((await engine.columnValues({ ...wanted, filter }, signal)).values, [{ value: "be", count: 1 }]);
    assert.equal((await engine.columnValues({ ...wanted, contains: "", limit: 2 }, signal)).values.length, 2);
  });
});
