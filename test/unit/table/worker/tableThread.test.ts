import assert from "node:assert/strict";
import { truncateSync } from "node:fs";
import { mkdtemp, rename, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { writeLargeCsv } from "../../../../sandbox/sampleData/largeCsv.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import type { IndexedTail } from "../../../../src/table/index/indexBuilder.ts";
import type { IndexHelper } from "../../../../src/table/worker/indexHelper.ts";
import { indexTail } from "../../../../src/table/worker/indexTail.ts";
import { Rest } from "../../../../src/table/worker/rest.ts";
import type { TailRequest } from "../../../../src/table/worker/tableMessages.ts";
import { TableThread, type TableThreadOptions } from "../../../../src/table/worker/tableThread.ts";

const never = new AbortController().signal;
/** The index takes a turn for every 4 MiB. */
const fileBytes = 16 * 1024 ** 2;
const moreTurnsThanSteps = 12;

async function openThread(test: TestContext, help?: TableThreadOptions["help"]) {
  // The clock is stopped, so that a rest doesn't end by itself, however slow the machine is.
  test.mock.reset();
  test.mock.timers.enable({ apis: ["setTimeout"] });
  test.mock.method(performance, "now", () => 0);
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-thread-"));
  const file = path.join(folder, "large.csv");
  const { rows } = writeLargeCsv(file, fileBytes);
  const told: boolean[] = [];
  const thread = new TableThread(
    createPlainScanner(),
    (name, event) => {
      if (name === "progress" && "exact" in event) told.push(event.exact);
    },
    { help },
  );
  test.after(() => rm(folder, { recursive: true }));
  await thread.open({ path: file, growing: false, readAs: {} });
  return { thread, file, rows, told };
}

async function takeTurns(): Promise<void> {
  for (let turn = 0; turn < moreTurnsThanSteps; turn++) await nextTurn();
}

describe("The index of a table", () => {
  it("waits while the page paints the first rows", async (test) => {
    const { thread, told } = await openThread(test);
    thread.rows({ from: 0, count: 10 });
    await takeTurns();
    assert.ok(!told.includes(true));
  });

  it("continues at once if somebody waits for it, also if estimated rows are requested meanwhile", async (test) => {
    const { thread, rows, told } = await openThread(test);
    thread.rows({ from: 0, count: 10 });
    const indexed = thread.indexed(Number.MAX_SAFE_INTEGER, never);
    assert.equal(thread.rows({ from: "last", count: 10 }).provisional, true);
    const progress = await indexed;
    assert.deepEqual([progress.exact, progress.rows], [true, rows]);
    assert.equal(told.at(-1), true);
  });

  it("is complete at once for a file that takes a single step", async (test) => {
    const { thread, told } = await openThread(test);
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-thread-"));
    test.after(() => rm(folder, { recursive: true }));
    const file = path.join(folder, "small.csv");
    writeLargeCsv(file, 1024 ** 2);
    await thread.open({ path: file, growing: false, readAs: {} });
    thread.rows({ from: 0, count: 10 });
    await takeTurns();
    assert.equal(told.at(-1), true);
  });
});

describe("A thread that helps to index a file", () => {
  const everything = Number.MAX_SAFE_INTEGER;
  /** Indexes in the same thread. */
  const realTail = (request: TailRequest, signal: AbortSignal) =>
    indexTail(request, { scanner: createPlainScanner(), rest: new Rest(), signal });
  const helpWith = (tail: (request: TailRequest, signal: AbortSignal) => Promise<IndexedTail | undefined>) => ({
    fewestBytes: 8 * 1024 ** 2,
    start: (request: TailRequest, signal: AbortSignal): IndexHelper => ({
      from: request.from,
      tail: tail(request, signal),
      rest: () => undefined,
    }),
  });
  const pageAt = (thread: TableThread, from: number) => thread.rows({ from, count: 3 }).rows.map(({ cells }) => cells);

  it("leads to the same rows, and isn't asked for a small file", async (test) => {
    const asked: number[] = [];
    const help = helpWith((request, signal) => {
      asked.push(request.from);
      return realTail(request, signal);
    });
    const { thread, rows, told } = await openThread(test, help);
    const progress = await thread.indexed(everything, never);
    assert.deepEqual([progress.rows, progress.exact, progress.indexedBytes], [rows, true, progress.bytes]);
    assert.equal(asked.length, 1);
    const alone = await openThread(test, { ...help, fewestBytes: 64 * 1024 ** 2 });
    await alone.thread.indexed(everything, never);
    assert.equal(asked.length, 1);
    for (const row of [0, rows - 10, Math.floor(rows * 0.74), Math.floor(rows * 0.76)]) {
      assert.deepEqual(pageAt(thread, row), pageAt(alone.thread, row));
    }
    assert.equal(told.at(-1), true);
  });

  it("isn't needed if it fails, or began where no row begins", async (test) => {
    const isWrong = helpWith((request, signal) => realTail({ ...request, from: request.from + 1 }, signal));
    for (const help of [isWrong, helpWith(() => Promise.resolve(undefined))]) {
      const { thread, rows } = await openThread(test, help);
      assert.equal((await thread.indexed(everything, never)).rows, rows);
    }
  });

  it(
    "isn't believed if another file has got the name meanwhile",
    { skip: process.platform === "win32" && "An open file can't be replaced." },
    async (test) => {
      const help = helpWith(async (request, signal) => {
        await writeFile(`${request.path}.new`, Buffer.alloc(request.size, "x,y\n"));
        await rename(`${request.path}.new`, request.path);
        return realTail(request, signal).catch(() => undefined);
      });
      const { thread, rows } = await openThread(test, help);
      assert.equal((await thread.indexed(everything, never)).rows, rows);
    },
  );

  it("is ended when the file is read in another way, or can't be indexed", async (test) => {
    const signals: AbortSignal[] = [];
    const help = helpWith(async (_, signal) => {
      signals.push(signal);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return undefined;
    });
    const { thread, file } = await openThread(test, help);
    const indexed = thread.indexed(everything, never);
    await takeTurns();
    await thread.open({ path: file, growing: false, readAs: { header: false } });
    await takeTurns();
    assert.deepEqual([signals[0]?.aborted, signals[1]?.aborted], [true, false]);
    const waiting = assert.rejects(indexed, { code: "fileChanged" });
    await truncate(file, 1024);
    assert.throws(() => thread.grew({ growing: false }), { code: "fileChanged" });
    await waiting;
  });

  it("rests while guessed rows are painted", async (test) => {
    const rests: number[] = [];
    const start = (request: TailRequest, signal: AbortSignal): IndexHelper => ({
      from: request.from,
      tail: realTail(request, signal),
      rest: (ms) => rests.push(ms),
    });
    const { thread } = await openThread(test, { ...helpWith(realTail), start });
    thread.rows({ from: 0, count: 10 });
    test.mock.timers.tick(300);
    await nextTurn();
    await nextTurn();
    assert.equal(thread.rows({ from: "last", count: 10 }).provisional, true);
    assert.deepEqual(rests, [250]);
    await thread.indexed(everything, never);
    assert.deepEqual(rests, [250, 0]);
  });
});

describe("A caller that waits for the index", () => {
  const everything = Number.MAX_SAFE_INTEGER;

  it("gets the error that the file changed if it gets shorter", async (test) => {
    const { thread, file } = await openThread(test);
    const waiting = [
      thread.indexed(everything, never),
      thread.lineOf(everything, never),
      thread.summarize({ rows: { from: 0, count: everything }, columns: [0] }, never),
    ].map((call) => assert.rejects(call, { code: "fileChanged" }));
    await truncate(file, 1024);
    await Promise.all(waiting);
    await assert.rejects(thread.indexed(everything, never), { code: "fileChanged" }, "and so is the next caller");
  });

  it("waits for the new index if the file is read in another way", async (test) => {
    const { thread, file } = await openThread(test);
    const indexed = thread.indexed(everything, never);
    await thread.open({ path: file, growing: false, readAs: { header: false } });
    assert.equal((await indexed).exact, true);
  });

  it("gets an error if the file is missing or no longer a table", async (test) => {
    const { thread, file } = await openThread(test);
    const first = assert.rejects(thread.indexed(everything, never), { code: "fileMissing" });
    await thread.open({ path: `${file}.gone`, growing: false, readAs: {} });
    await first;
    await thread.open({ path: file, growing: false, readAs: {} });
    const second = assert.rejects(thread.indexed(everything, never), { code: "fileChanged" });
    await writeFile(file, "<!DOCTYPE html><html></html>");
    await thread.open({ path: file, growing: false, readAs: {} });
    await second;
  });

  it("gets an error if a growing file is shorter than was announced", async (test) => {
    const { thread, file } = await openThread(test);
    const waiting = assert.rejects(thread.indexed(everything, never), { code: "fileChanged" });
    // At once, before the index is complete.
    truncateSync(file, 1024);
    assert.throws(() => thread.grew({ growing: true }), { code: "fileChanged" });
    await waiting;
  });

  it("can stop waiting", async (test) => {
    const { thread } = await openThread(test);
    const stop = new AbortController();
    const waiting = assert.rejects(thread.indexed(everything, stop.signal), { code: "cancelled" });
    stop.abort();
    await waiting;
  });
});

describe("Columns that only later JSON records have", () => {
  it("are reported once, when rows with them are read", async (test) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-thread-"));
    test.after(() => rm(folder, { recursive: true }));
    const file = path.join(folder, "records.jsonl");
    await writeFile(file, `${'{"id":1}\n'.repeat(500)}{"id":2,"name":"Ada"}\n`);
    const shapes: string[][] = [];
    const thread = new TableThread(createPlainScanner(), (name, event) => {
      if (name === "shape" && "columns" in event) shapes.push(event.columns.map((column) => column.name));
    });
    await thread.open({ path: file, growing: false, readAs: {} });
    thread.rows({ from: 0, count: 10 });
    assert.deepEqual(shapes, []);
    thread.rows({ from: 495, count: 10 });
    thread.rows({ from: 495, count: 10 });
    assert.deepEqual(shapes, [["id", "name"]]);
  });
});

describe("A file that isn't Unicode", () => {
  async function cyrillicFile(test: TestContext): Promise<string> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-thread-"));
    test.after(() => rm(folder, { recursive: true }));
    const file = path.join(folder, "cyrillic.csv");
    await writeFile(file, Buffer.from("69642c6e616d650a312ccfcdd3cb0a", "hex"));
    return file;
  }
  const cellsOf = (thread: TableThread) => thread.rows({ from: 0, count: 1 }).rows.map(({ cells }) => cells);

  it("is read in the encoding that is guessed, or in the usual one if nothing can guess", async (test) => {
    const file = await cyrillicFile(test);
    const spec = { path: file, growing: false, readAs: {} };
    for (const [guess, name] of [
      ["koi8-r", "омск"],
      [undefined, "ÏÍÓË"],
    ] as const) {
      const loadGuess = () => Promise.resolve(guess && (() => guess));
      const thread = new TableThread(createPlainScanner(), () => undefined, { loadGuess });
      assert.equal((await thread.open(spec)).opened.kind, "table");
      assert.deepEqual(cellsOf(thread), [["1", name]]);
    }
  });

  it("is not opened if another one was meanwhile", async (test) => {
    const file = await cyrillicFile(test);
    const other = path.join(path.dirname(file), "other.csv");
    await writeFile(other, "id,name\n2,Ada\n");
    const loadGuess = () => nextTurn(undefined);
    const thread = new TableThread(createPlainScanner(), () => undefined, { loadGuess });
    const first = thread.open({ path: file, growing: false, readAs: {} });
    await Promise.resolve();
    const second = thread.open({ path: other, growing: false, readAs: {} });
    await assert.rejects(first, { code: "cancelled" });
    assert.equal((await second).opened.kind, "table");
    assert.deepEqual(cellsOf(thread), [["2", "Ada"]]);
  });
});

describe("A growing file whose beginning was too short to know what it is", () => {
  it("is only said to be another table, and not indexed as the one that it isn't", async (test) => {
    test.mock.reset();
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-thread-"));
    test.after(() => rm(folder, { recursive: true }));
    const file = path.join(folder, "growing.csv");
    const content = `a\nb\n${"c,d\n".repeat(50)}`;
    await writeFile(file, content);
    const told: string[] = [];
    const thread = new TableThread(createPlainScanner(), (name) => told.push(name));
    await thread.open({ path: file, size: 4, growing: true, readAs: {} });
    await takeTurns();
    told.length = 0;
    thread.grew({ size: content.length, growing: false });
    await takeTurns();
    assert.deepEqual(told, ["otherTable"]);
  });
});

describe("A file that has almost no bytes yet", () => {
  it("is no longer watched for more bytes if another one is opened", { timeout: 20_000 }, async (test) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-thread-"));
    test.after(() => rm(folder, { recursive: true }));
    const file = path.join(folder, "growing.csv");
    await writeFile(file, "id,name\n1,Ada\n");
    const thread = new TableThread(createPlainScanner(), () => undefined);
    const first = thread.open({ path: file, size: 0, growing: true, readAs: {} });
    const second = thread.open({ path: file, size: 0, growing: true, readAs: { delimiter: "," } });
    await assert.rejects(first, { code: "cancelled" });
    thread.grew({ size: 14, growing: false });
    assert.equal((await second).opened.kind, "table");
  });
});
