import assert from "node:assert/strict";
import { copyFile, mkdir, open, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { ColumnFiles } from "../../../../src/query/host/columnFiles.ts";
import { exportSourceOf } from "../../../../src/query/host/exportSourceOf.ts";
import type { OpenFile } from "../../../../src/table/file/openFile.ts";
import { ask, assertSorted, Engines, fallingAmounts, filesIn, processOf, sort, until } from "./engines.ts";

const { signal } = new AbortController();
const rows = 20_000;

describe("columns that are kept", () => {
  /** An export whose amounts are kept in the only file of the cache, by an engine that has ended. */
  const keep = async (context: TestContext) => {
    const engines = await Engines.create(context);
    const file = await engines.open("kept.csv", fallingAmounts(rows));
    await keepAmounts(engines, file);
    const [kept = ""] = await filesIn(engines.cache, ".duckdb");
    return { engines, file, kept };
  };
  const keepAmounts = async (engines: Engines, file: OpenFile): Promise<void> => {
    const engine = engines.start();
    await ask(engine, "SELECT max(amount) FROM export", file);
    engine.dispose();
  };

  it("are removed and extracted again if their file was cut", async (context) => {
    const { engines, file, kept } = await keep(context);
    await truncate(kept, (await stat(kept)).size / 2);
    await assertSorted(await sort(engines.start(), file));
    await until(async () => !(await filesIn(engines.cache, ".duckdb")).includes(kept));
  });

  it("are removed and extracted again if some of their bytes are others", async (context) => {
    const { engines, file, kept } = await keep(context);
    const { size } = await stat(kept);
    const handle = await open(kept, "r+");
    // The first three pages say where the columns are.
    const page = 4096;
    for (let at = 5 * page; at < size; at += page) await handle.write(Buffer.alloc(100, 0xa5), 0, 100, at);
    await handle.close();
    const engine = engines.start();
    await assertSorted(await sort(engine, file));
    assert.deepEqual(await ask(engine, "SELECT min(amount), max(amount) FROM export", file), [[1, rows]]);
    assert.ok(!(await filesIn(engines.cache, ".duckdb")).includes(kept));
  });

  it("are not used if they have another number of rows", async (context) => {
    const { engines, file, kept } = await keep(context);
    await keepAmounts(engines, await engines.open("shorter.csv", fallingAmounts(rows - 1)));
    const [shorter = ""] = (await filesIn(engines.cache, ".duckdb")).filter((each) => each !== kept);
    await copyFile(shorter, kept);
    const engine = engines.start();
    assert.deepEqual(await ask(engine, "SELECT max(amount), count(amount) FROM export", file), [[rows, rows]]);
    assert.ok(!(await filesIn(engines.cache, ".duckdb")).includes(kept));
  });

  it("are not used for a changed file of the same length", async (context) => {
    const { engines, file, kept } = await keep(context);
    const before = await exportSourceOf(file, signal);
    const changed = (await readFile(file.spec.path, "utf8")).replace(`n0,${rows}`, "n0,10000");
    const other = await engines.open("kept.csv", changed);
    const later = new Date(Date.now() + 5_000);
    await utimes(file.spec.path, later, later);
    const after = await exportSourceOf(other, signal);
    assert.equal(changed.length, (await stat(file.spec.path)).size);
    assert.notEqual(after.key, before.key);
    const engine = engines.start();
    assert.deepEqual(await ask(engine, "SELECT max(amount) FROM export", other), [[rows - 1]]);
    assert.ok((await filesIn(engines.cache, ".duckdb")).includes(kept));
  });

  it("can be removed while an engine uses them", async (context) => {
    const { engines, file } = await keep(context);
    const engine = engines.start();
    const order = await sort(engine, file);
    assert.deepEqual(await ask(engine, "SELECT max(amount) FROM export", file), [[rows]]);
    await new ColumnFiles(engines.cache).clear();
    await assertSorted(order);
    await assertSorted(await sort(engine, file, [{ column: "amount" }, { column: "name" }]));
    assert.deepEqual(await ask(engine, "SELECT min(amount), max(name) FROM export", file), [[1, "n999"]]);
  });

  it("are not left behind by an engine that ended while it wrote them", async (context) => {
    const { engines, file, kept } = await keep(context);
    const killed = engines.start();
    await sort(killed, file);
    const dead = await processOf(killed);
    const running = await killed.host.running;
    killed.dispose();
    await running?.ended;
    const otherExport = path.join(path.dirname(path.dirname(path.dirname(kept))), "other", "reading");
    await mkdir(otherExport, { recursive: true });
    const left = [path.dirname(kept), otherExport].flatMap((folder) =>
      [`${dead}-1.tmp`, `${dead}-1.tmp.wal`].map((name) => path.join(folder, name)),
    );
    for (const each of left) await writeFile(each, "partial");
    assert.deepEqual(await ask(engines.start(), "SELECT max(name) FROM export", file), [["n999"]]);
    assert.deepEqual(await filesIn(engines.cache, ".tmp"), []);
    assert.deepEqual(await filesIn(engines.cache, ".wal"), []);
  });

  it("are not left behind if the export is deleted before they are written", async (context) => {
    const engines = await Engines.create(context);
    const file = await engines.open("deleted.csv", fallingAmounts(rows));
    const engine = engines.start();
    const order = await sort(engine, file);
    await rm(file.spec.path);
    await new ColumnFiles(engines.cache).forget(file.spec.path);
    // They would be written after half a second, and be complete after another one.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await assertSorted(order);
    assert.deepEqual(await filesIn(engines.cache), []);
  });

  it("are removed in the order of their last use when they take more than the limit, unless they are in use", async (context) => {
    const engines = await Engines.create(context);
    const keptOf = async (name: string): Promise<string> => {
      const known = await filesIn(engines.cache, ".duckdb");
      await keepAmounts(engines, await engines.open(name, fallingAmounts(rows, name)));
      return (await filesIn(engines.cache, ".duckdb")).find((each) => !known.includes(each)) ?? "";
    };
    const [oldest, newer, newest] = [await keptOf("a.csv"), await keptOf("b.csv"), await keptOf("c.csv")];
    for (const [age, each] of [oldest, newer, newest].entries()) await utimes(each, age + 1_000, age + 1_000);
    const { size } = await stat(oldest);
    const cacheLimitMiB = (3.5 * size) / 1024 ** 2;
    const engine = engines.start({ limits: () => ({ memoryLimitMiB: 512, cacheLimitMiB }) });
    // In use from here on, though it is the oldest.
    const used = await engines.open("used.csv", fallingAmounts(rows, "used"));
    await ask(engine, "SELECT max(amount) FROM export", used);
    const [inUse = ""] = (await filesIn(engines.cache, ".duckdb")).filter((each) => ![newer, newest].includes(each));
    await utimes(inUse, 1, 1);
    await ask(engine, "SELECT max(amount) FROM export", await engines.open("d.csv", fallingAmounts(rows, "d")));
    const left = await filesIn(engines.cache, ".duckdb");
    assert.deepEqual(
      [oldest, newer, newest, inUse].map((each) => left.includes(each)),
      [false, false, true, true],
    );
  });

  it("are right when two engines work with one cache at once", async (context) => {
    const engines = await Engines.create(context);
    const file = await engines.open("shared.csv", fallingAmounts(rows));
    const [one, other] = [engines.start(), engines.start()];
    const answers = await Promise.all([
      ask(one, "SELECT max(amount) FROM export", file),
      ask(other, "SELECT max(amount) FROM export", file),
      ask(one, "SELECT max(name) FROM export", file),
      ask(other, "SELECT min(name), min(amount) FROM export", file),
      sort(one, file).then(assertSorted),
      sort(other, file).then(assertSorted),
    ]);
    assert.deepEqual(answers.slice(0, 4), [[[rows]], [[rows]], [["n999"]], [["n0", 1]]]);
    assert.deepEqual(await ask(engines.start(), "SELECT max(amount), max(name) FROM export", file), [[rows, "n999"]]);
  });
});
