import assert from "node:assert/strict";
import process from "node:process";
import { describe, it } from "node:test";
import { UnpackFolder } from "../../../../src/table/unpack/unpackFolder.ts";
import { Disk } from "./smallDisk.ts";
import { ask, assertSorted, Engines, fallingAmounts, filesIn, processOf, sort, until } from "./engines.ts";

const { signal } = new AbortController();
const rows = 200_000;
/** The engine looks at all elements of a list before it looks whether it was interrupted. */
const endless =
  "SELECT list_sum(list_transform(range(100000), i -> length(regexp_replace(repeat('ab', 10000) || i, '(a|b)*?c', 'x', 'g'))))";

describe("an engine that is killed", () => {
  it("rejects what it was asked for, leaves no files, and answers the next request", async (context) => {
    const engines = await Engines.create(context);
    const file = await engines.open("killed.csv", fallingAmounts(rows));
    const engine = engines.start();
    await ask(engine, "SELECT 1");
    const running = await engine.host.running;
    const sorting = sort(engine, file);
    await until(async () => (await filesIn(engines.work, ".parquet")).length > 0);
    process.kill(await processOf(engine), "SIGKILL");
    await assert.rejects(sorting, { code: "engineFailed" });
    await assertSorted(await sort(engine, file));
    await running?.ended;
    await until(async () => (await filesIn(engines.work, ".parquet")).length === 0);
  });
});

describe("the engine's process", () => {
  it("is another one for requests that arrive while the one before is stopped", async (context) => {
    const engines = await Engines.create(context);
    const engine = engines.start({ idleMs: 0 });
    for (let time = 0; time < 3; time++) {
      assert.deepEqual(await ask(engine, "SELECT 1"), [[1]]);
      await until(() => engine.host.running === undefined);
      assert.deepEqual(await ask(engine, "SELECT 2"), [[2]]);
      const running = await engine.host.running;
      await until(() => engine.host.running === undefined);
      await running?.ended;
    }
  });

  it("stays known when the one before it has gone", async (context) => {
    const engines = await Engines.create(context);
    const engine = engines.start({ idleMs: 0 });
    await ask(engine, "SELECT 1");
    const first = await engine.host.running;
    const stuck = new AbortController();
    await until(() => engine.host.running === undefined);
    const asking = ask(engine, endless, undefined, stuck.signal);
    const second = await engine.host.running;
    await first?.ended;
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(await engine.host.running, second);
    stuck.abort();
    await assert.rejects(asking, { code: "cancelled" });
  });

  it("ends when its window doesn't need it any more while it starts", async (context) => {
    const engines = await Engines.create(context);
    const engine = engines.start();
    const asking = ask(engine, "SELECT 1");
    asking.catch(() => undefined);
    const starting = engine.host.running;
    engine.dispose();
    await assert.rejects(asking, { code: "cancelled" });
    await assert.rejects(starting ?? Promise.resolve(), { code: "cancelled" });
    assert.deepEqual(await filesIn(engines.work), []);
  });
});

describe("a statement that doesn't stop", () => {
  it("ends with the process, and what else was asked for is answered by the next one", async (context) => {
    const engines = await Engines.create(context);
    const file = await engines.open("stuck.csv", fallingAmounts(100));
    const engine = engines.start();
    await ask(engine, "SELECT 1");
    const stuck = await processOf(engine);
    const stop = new AbortController();
    const asking = ask(engine, endless, undefined, stop.signal);
    const other = ask(engine, endless.replace("100000", "90000").replace("10000)", "1)"));
    setTimeout(() => stop.abort(), 200);
    await assert.rejects(asking, { code: "cancelled" });
    const later = ask(engine, "SELECT max(amount) FROM export", file);
    await until(() => !isAlive(stuck));
    assert.deepEqual(await later, [[100]]);
    assert.equal((await other).length, 1);
  });

  it("is ended with its process if it takes too much memory", async (context) => {
    const engines = await Engines.create(context);
    const engine = engines.start({ limits: () => ({ memoryLimitMiB: 32, cacheLimitMiB: 100 }) });
    const large = endless.replace("SELECT", "SELECT length(repeat('x', 900000000)) +");
    await assert.rejects(ask(engine, large), { code: "queryTooLarge" });
    assert.deepEqual(await ask(engine, "SELECT 1"), [[1]]);
  });
});

describe("a full disk", () => {
  it("is said when columns can't be extracted or sorted, and nothing stays on it", async (context) => {
    const disk = await Disk.mount(context, 1);
    if (disk === undefined) {
      context.skip("No disk can be mounted here.");
      return;
    }
    const engines = await Engines.create(context);
    const file = await engines.open("full.csv", fallingAmounts(rows, "a name that takes space ".repeat(10)));
    const engine = engines.start({ workFolder: new UnpackFolder(disk.folder) });
    await assert.rejects(sort(engine, file, [{ column: "name" }]), { code: "diskFull" });
    assert.deepEqual(await filesIn(disk.folder), []);
    await assertSorted(await sort(engine, await engines.open("small.csv", fallingAmounts(1_000))));
  });

  it("leaves columns in memory that can't be kept", async (context) => {
    const disk = await Disk.mount(context, 1);
    if (disk === undefined) {
      context.skip("No disk can be mounted here.");
      return;
    }
    const engines = await Engines.create(context);
    const file = await engines.open("full.csv", fallingAmounts(rows));
    const engine = engines.start({ cacheFolder: disk.folder });
    const order = await sort(engine, file);
    await assertSorted(order);
    await assert.rejects(ask(engine, "SELECT max(name), max(amount) FROM export", file), { code: "diskFull" });
    assert.deepEqual(await filesIn(disk.folder), []);
    await assertSorted(await sort(engine, file));
    await disk.grow(64);
    assert.deepEqual(await ask(engine, "SELECT max(name), max(amount) FROM export", file), [["n999", rows]]);
  });

  it("makes an order fail only until there is space again", async (context) => {
    const disk = await Disk.mount(context, 4);
    if (disk === undefined) {
      context.skip("No disk can be mounted here.");
      return;
    }
    const engines = await Engines.create(context);
    const file = await engines.open("order.csv", fallingAmounts(2_000_000));
    const limits = { memoryLimitMiB: 32, cacheLimitMiB: 100 };
    const engine = engines.start({ workFolder: new UnpackFolder(disk.folder), limits: () => limits });
    const sorting = (async () => assertSorted(await sort(engine, file)))();
    await assert.rejects(sorting, { code: "diskFull" });
    await disk.grow(512);
    await assertSorted(await sort(engine, file));
    assert.ok(!signal.aborted);
  });
});

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
