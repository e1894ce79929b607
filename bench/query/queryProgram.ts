/** A process like the extension host: it has a file open, and asks the engine. The engine's process and cache are new. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { root } from "../../project/checkout.ts";
import type { ExportSource } from "../../src/query/exportSource.ts";
import { arrangeFile } from "../../src/query/host/arrangeFile.ts";
import { exportSourceOf } from "../../src/query/host/exportSourceOf.ts";
import { QueryEngine } from "../../src/query/host/queryEngine.ts";
import { OpenFile } from "../../src/table/file/openFile.ts";
import { UnpackFolder } from "../../src/table/unpack/unpackFolder.ts";
import { rowPosition } from "../../src/table/view/rowIdentity.ts";
import type { RowOrder } from "../../src/table/view/rowOrder.ts";
import { tell } from "../benchProgram.ts";
import type { QueryAnswer, QueryReport, QueryStep, QueryTask } from "./queryQuestions.ts";

const bytesPerMiB = 1024 * 1024;
const rowsPerPage = 60;
const sampleEveryMs = 50;
const { signal } = new AbortController();

const program = (name: string): URL => pathToFileURL(path.join(root, "dist", name));
const tablePrograms = {
  tableWorker: program("tableWorker.js"),
  findWorker: program("findWorker.js"),
  unpackWorker: program("unpackWorker.js"),
  scanner: program("scan.wasm"),
};

class Steps {
  readonly #engine: QueryEngine;
  readonly #file: OpenFile;
  readonly #source: ExportSource;
  #order: RowOrder | undefined;

  constructor(engine: QueryEngine, file: OpenFile, source: ExportSource) {
    this.#engine = engine;
    this.#file = file;
    this.#source = source;
  }

  async take(step: QueryStep): Promise<QueryAnswer> {
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    switch (step.kind) {
      case "arrange": {
        this.#order?.dispose();
        const order = await arrangeFile(this.#engine, this.#file, step, { signal });
        this.#order = order;
        await this.#page(order, 0);
        return { seconds: seconds(), rows: order.rows };
      }
      case "whole": {
        const order = this.#arranged();
        await order.numbers(rowPosition(Math.max(0, order.rows - 1)), 1, signal);
        return { seconds: seconds(), rows: order.rows };
      }
      case "pages":
        return this.#pages(this.#arranged(), step.pages);
      case "query": {
        const exports = [{ name: "export", source: this.#source }];
        const { rows } = await this.#engine.query({ sql: step.sql, exports, maxRows: 1_000 }, { signal });
        return { seconds: seconds(), rows: rows.length };
      }
    }
  }

  async #pages(order: RowOrder, pages: number): Promise<QueryAnswer> {
    const times: number[] = [];
    for (let page = 0; page < pages; page++) {
      const started = performance.now();
      await this.#page(order, Math.floor(Math.random() * Math.max(1, order.rows - rowsPerPage)));
      times.push((performance.now() - started) / 1000);
    }
    const sorted = times.toSorted((one, other) => one - other);
    return { seconds: sorted[Math.floor(sorted.length * 0.99)] ?? 0, rows: order.rows };
  }

  async #page(order: RowOrder, from: number): Promise<void> {
    const rows = await order.numbers(rowPosition(from), rowsPerPage, signal);
    await this.#file.rowsAt({ rows }, signal);
  }

  #arranged(): RowOrder {
    if (this.#order === undefined) throw new Error("Nothing was arranged.");
    return this.#order;
  }
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    const found = await stat(path.join(folder, name));
    if (found.isFile()) bytes += found.size;
  }
  return bytes;
}

async function run({ path: file, folder, steps }: QueryTask): Promise<QueryReport> {
  const open = new OpenFile({ path: file, growing: false, readAs: {} }, tablePrograms);
  const source = await exportSourceOf(open, signal);
  const cacheFolder = path.join(folder, "cache");
  const engine = new QueryEngine({
    programs: {
      engine: program("queryEngine.js"),
      library: program("engine/duckdb.node"),
      extractWorker: program("extractWorker.js"),
      scanner: program("scan.wasm"),
      fields: program("fields.wasm"),
      sentences: undefined,
    },
    workFolder: new UnpackFolder(path.join(folder, "work")),
    cacheFolder,
    limits: () => ({ memoryLimitMiB: 1024, cacheLimitMiB: 4096 }),
  });
  const before = process.memoryUsage.rss();
  let most = before;
  const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), sampleEveryMs);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const taken = new Steps(engine, open, source);
  const answers: QueryAnswer[] = [];
  for (const step of steps) answers.push(await taken.take(step));
  delay.disable();
  clearInterval(sampling);
  const cacheBytes = await settledBytes(cacheFolder);
  engine.dispose();
  await open.dispose();
  const loopDelayMs = delay.percentile(99) / 1e6;
  return { answers, loopDelayMs, addedMiB: (most - before) / bytesPerMiB, cacheBytes };
}

/** Columns are written when nobody uses them. */
async function settledBytes(folder: string): Promise<number> {
  for (let before = -1; ;) {
    await sleep(3_000);
    const bytes = await bytesIn(folder);
    if (bytes === before) return bytes;
    before = bytes;
  }
}

// Its only caller is the bench.
process.once("message", (task) => {
  void run(task as QueryTask).then((report) => {
    tell(report);
    process.disconnect();
  });
});
