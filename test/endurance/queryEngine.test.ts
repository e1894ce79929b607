import assert from "node:assert/strict";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "node:test";
import type { ExportError } from "../../src/model/exportError.ts";
import type { OpenFile } from "../../src/table/file/openFile.ts";
import type { QueryEngine } from "../../src/query/host/queryEngine.ts";
import {
  ask,
  assertSorted,
  Engines,
  fallingAmounts,
  filesIn,
  processOf,
  sort,
  until,
} from "../unit/query/engine/engines.ts";
import { chosenNumber, seeded, seedOf } from "./seeds.ts";

const rows = 300_000;
const never = new AbortController().signal;

/** Everything that people ask for, with the right answers. */
async function askAll(engine: QueryEngine, file: OpenFile, stop = never): Promise<string[]> {
  const work = [
    sort(engine, file, [{ column: "amount" }], stop).then(assertSorted),
    sort(engine, file, [{ column: "amount" }, { column: "name" }], stop).then(assertSorted),
    ask(engine, "SELECT max(amount), max(name), count(*) FROM export", file, stop).then((answer) =>
      assert.deepEqual(answer, [[rows, "n999", rows]]),
    ),
  ];
  const settled = await Promise.allSettled(work);
  return settled.map((each) => {
    if (each.status === "fulfilled") return "right";
    const { code } = each.reason as ExportError;
    if (code !== "engineFailed" && code !== "cancelled") throw each.reason;
    return code;
  });
}

/** TASK_EXPORTS_ENGINE_KILLS and TASK_EXPORTS_SEED make it longer, or the same again. */
describe("the query engine", () => {
  const times = chosenNumber("TASK_EXPORTS_ENGINE_KILLS", 20);

  it("killed at random moments, answers rightly or not at all, and leaves nothing incomplete", async (context) => {
    const random = seeded(seedOf(context));
    const engines = await Engines.create(context);
    const engine = engines.start();
    const counts = new Map<string, number>();
    for (let time = 0; time < times; time++) {
      const file = await engines.open(`killed ${time % 3}.csv`, fallingAmounts(rows));
      await ask(engine, "SELECT 1");
      const killed = await engine.host.running;
      const asking = askAll(engine, file);
      await sleep(random() * 1_500);
      process.kill(await processOf(engine), "SIGKILL");
      for (const outcome of await asking) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      await killed?.ended;
    }
    const file = await engines.open("killed 0.csv", fallingAmounts(rows));
    assert.deepEqual(await askAll(engine, file), ["right", "right", "right"]);
    await until(
      async () => (await filesIn(engines.cache, ".tmp")).length + (await filesIn(engines.cache, ".wal")).length === 0,
    );
    await until(async () => (await filesIn(engines.work, ".parquet")).length === 0);
    context.diagnostic(JSON.stringify(Object.fromEntries(counts)));
  });

  it("canceled at random moments, stays usable and leaves no files", async (context) => {
    const random = seeded(seedOf(context));
    const engines = await Engines.create(context);
    const engine = engines.start();
    await ask(engine, "SELECT 1");
    const first = await processOf(engine);
    for (let time = 0; time < times; time++) {
      const file = await engines.open(`canceled ${time}.csv`, fallingAmounts(rows));
      const stop = new AbortController();
      const asking = askAll(engine, file, stop.signal);
      await sleep(random() * 1_500);
      stop.abort();
      await asking;
    }
    const file = await engines.open("after.csv", fallingAmounts(rows));
    assert.deepEqual(await askAll(engine, file), ["right", "right", "right"]);
    assert.equal(await processOf(engine), first, "no statement was stuck");
    await until(async () => (await filesIn(engines.work, ".parquet")).length === 0);
  });

  it("that says nothing while it works is ended, and the next request is answered", async (context) => {
    const engines = await Engines.create(context);
    const engine = engines.start();
    await ask(engine, "SELECT 1");
    process.kill(await processOf(engine), "SIGSTOP");
    await assert.rejects(ask(engine, "SELECT 2"), { code: "engineFailed" });
    assert.deepEqual(await ask(engine, "SELECT 3"), [[3]]);
  });
});
