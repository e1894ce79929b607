/** The program of the engine's process: it answers the requests of one window of VS Code, and knows nothing of VS Code. */
import * as l10n from "@vscode/l10n";
import { rm, stat } from "node:fs/promises";
import process from "node:process";
import { Answerer } from "../../channel/answerer.ts";
import { parentPort } from "../../channel/processPort.ts";
import { cancelled } from "../../model/exportError.ts";
import { extractColumns, loadedFrom } from "../extract/extractColumns.ts";
import { type EngineEvents, type EngineRequests, type EngineStart } from "../engineMessages.ts";
import { answered, queryRefusal } from "../queryErrors.ts";
import { ColumnCache } from "./columnCache.ts";
import { ColumnStore, type LoadColumns } from "./columnStore.ts";
import { Engine } from "./engine.ts";
import { Orders } from "./orders.ts";
import { Queries } from "./queries.ts";
import { selfTest } from "./selfTest.ts";
import { Saving } from "./saving.ts";
import { Session } from "./session.ts";

const tellMemoryEveryMs = 250;
/** The host ends this process when it hears that it should. It usually does so at once. */
const hostEndsMs = 1_000;
/** So many profiled columns are kept, because they are often filtered by, and profiled again, next. */
const mostKeptColumns = 100;
/** The part of the memory that kept columns may take at first. */
const keptMemory = 0.25;
const bytesPerMiB = 1024 * 1024;
// Everything that it writes is for its owner alone.
process.umask(0o077);

interface Started {
  readonly engine: Engine;
  readonly orders: Orders;
  readonly queries: Queries;
  readonly saving: Saving;
}

/** What is being written to files, by the numbers that the host chose. */
const writing = new Map<number, Promise<unknown>>();

let started: Started | undefined;

async function start(options: EngineStart): Promise<{ version: string }> {
  const { memoryLimitMiB, workFolder, cacheFolder, cacheLimitMiB, sentences, ...programs } = options;
  if (sentences !== undefined) l10n.config({ contents: { ...sentences } });
  const session = await Session.open({ memoryLimitMiB, spillFolder: workFolder, endProcess });
  const version = await selfTest(session);
  const load: LoadColumns = async (source, columns, { signal, onProgress }) => {
    const request = { parts: source.parts, columns, folder: workFolder };
    const extracted = await extractColumns(
      request,
      { ...programs, sentences },
      {
        signal,
        onProgress: ({ bytes, totalBytes }) => onProgress(totalBytes === 0 ? 1 : bytes / totalBytes),
      },
    );
    let bytes = 0;
    for (const file of extracted.files) bytes += (await stat(file)).size;
    return {
      from: loadedFrom(extracted.files, columns),
      rows: extracted.rows,
      bytes,
      dispose: async () => {
        for (const file of extracted.files) await rm(file, { force: true });
      },
    };
  };
  const orders = new Orders(session);
  const cache = new ColumnCache(session, { folder: cacheFolder, version, limitBytes: cacheLimitMiB * bytesPerMiB });
  const mostKept = { columns: mostKeptColumns, bytes: memoryLimitMiB * bytesPerMiB * keptMemory };
  const columns = new ColumnStore(session, load, cache, mostKept);
  const queries = new Queries(session, columns, memoryLimitMiB);
  started = {
    orders,
    engine: new Engine(session, columns, orders),
    queries,
    saving: new Saving(session, columns, load, queries),
  };
  return { version };
}

/** The host's first request starts the engine, and it sends no other one before that is answered. */
function engine(): Started {
  if (started === undefined) throw cancelled();
  return started;
}

/** Exiting would wait for the statement that doesn't stop. */
function endProcess(): void {
  answerer.emit("unusable", null);
  setTimeout(() => process.kill(process.pid, "SIGKILL"), hostEndsMs);
}

const tellProgress = (work: number, done: number): void => answerer.emit("progress", { work, done });

/** Remembers what is being written until it has ended, well or badly. */
async function writes<Result>(work: number, write: () => Promise<Result>): Promise<Result> {
  const written = write();
  writing.set(work, written);
  try {
    return await written;
  } finally {
    writing.delete(work);
  }
}

const answerer = new Answerer<EngineRequests, EngineEvents>(parentPort(process), {
  handlers: {
    start,
    arrange: ({ order, work, ...request }, signal) =>
      engine().engine.arrange(order, request, { signal, onProgress: (done) => tellProgress(work, done) }),
    query: ({ work, ...request }, signal) =>
      answered(() => engine().queries.run(request, { signal, onProgress: (done) => tellProgress(work, done) })),
    profile: ({ work, ...request }, signal) =>
      engine().engine.profile(request, { signal, onProgress: (done) => tellProgress(work, done) }, (column, profile) =>
        answerer.emit("profiled", { work, column, profile }),
      ),
    columnValues: (request, signal) => engine().engine.columnValues(request, signal),
    saveRows: ({ work, ...request }, signal) =>
      writes(work, () => engine().saving.rows(request, { signal, onProgress: (done) => tellProgress(work, done) })),
    saveResult: ({ work, ...request }, signal) =>
      writes(work, () =>
        answered(() =>
          engine().saving.result(request, {
            signal,
            onProgress: (done) => tellProgress(work, done),
            onRows: (rows) => answerer.emit("rows", { work, rows }),
          }),
        ),
      ),
    readParquet: ({ work, ...request }, signal) => writes(work, () => engine().saving.parquet(request, signal)),
    viewSql: ({ work, ...request }, signal) =>
      engine().engine.viewSql(request, { signal, onProgress: (done) => tellProgress(work, done) }),
    written: async ({ work }) => {
      await writing.get(work)?.catch(() => undefined);
      return null;
    },
    complete: ({ sql }, signal) => engine().queries.complete(sql, signal),
    numbers: ({ order, from, count }, signal) => engine().orders.numbers(order, from, count, signal),
    positions: ({ order, rows }, signal) => engine().orders.positions(order, rows, signal),
    dropOrder: async ({ order }) => {
      await engine().orders.drop(order);
      return null;
    },
  },
  toRefusal: queryRefusal,
  unreadable: () => queryRefusal(new Error("Unknown request.")),
});

setInterval(() => answerer.emit("memory", { bytes: process.memoryUsage.rss() }), tellMemoryEveryMs).unref();
// Without its host, nobody needs the engine. Exiting would wait for a statement that still runs.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
