/**
 * The table's reader in a separate process, as in the extension host: with its two worker threads, but without VS Code.
 */
import { dirname } from "node:path";
import process from "node:process";
import { createRandom } from "../../sandbox/sampleData/random.ts";
import { OpenFile } from "../../src/table/file/openFile.ts";
import type { FindPattern } from "../../src/table/tableTypes.ts";
import { FileOrder } from "../../src/table/view/fileOrder.ts";
import { rowNumber } from "../../src/table/view/rowIdentity.ts";
import { tell } from "../benchProgram.ts";
import type { ReaderQuestion, Reading } from "./readerQuestions.ts";

const dist = new URL("../../dist/", import.meta.url);
const programs = {
  tableWorker: new URL("tableWorker.js", dist),
  findWorker: new URL("findWorker.js", dist),
  unpackWorker: new URL("unpackWorker.js", dist),
  scanner: new URL("scan.wasm", dist),
  encodingGuess: new URL("guessEncoding.js", dist),
};
const never = new AbortController().signal;
const sampleEveryMs = 5;

let file: OpenFile | undefined;
/** The tab in which all searches run, one after the other. */
let view: FileOrder | undefined;
let peakRssBytes = process.memoryUsage.rss();
setInterval(() => {
  peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
}, sampleEveryMs).unref();

// What was unpacked has the size of the whole file.
process.once("disconnect", () => void file?.dispose());

process.on("message", (question: ReaderQuestion) => {
  void answer(question).then(tell);
});

async function answer(question: ReaderQuestion): Promise<Reading> {
  const startedAt = performance.now();
  const { count, pageMs } = await work(question);
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const reading = { wallSeconds, count, pageMs, rssBytes: process.memoryUsage.rss(), peakRssBytes };
  if (question.kind === "memory") peakRssBytes = 0;
  return reading;
}

async function work(question: ReaderQuestion): Promise<Pick<Reading, "count" | "pageMs">> {
  switch (question.kind) {
    case "index":
      return { count: await index(question.path), pageMs: [] };
    case "firstRows":
      return { count: await firstRows(question.path), pageMs: [] };
    case "find":
      return { count: await find(question.pattern), pageMs: [] };
    case "pages":
      return { count: question.pages, pageMs: await pages(question) };
    case "memory":
      return { count: 0, pageMs: [] };
  }
}

async function firstRows(path: string): Promise<number> {
  view?.dispose();
  view = undefined;
  await file?.dispose();
  file = new OpenFile({ path, growing: false, readAs: {} }, programs, {
    folder: { path: () => Promise.resolve(dirname(path)) },
  });
  const opened = await file.opened;
  if (opened.kind !== "table") throw new Error(`The file does not open as a table: ${opened.problem.kind}`);
  return (await file.rows({ from: rowNumber(0), count: 50 }, never)).rows.length;
}

async function index(path: string): Promise<number> {
  await firstRows(path);
  const { rows } = await openFile().indexed(Number.MAX_SAFE_INTEGER, never);
  return rows;
}

async function find(pattern: FindPattern): Promise<number> {
  const searched = (view ??= new FileOrder(openFile()));
  const done = new Promise<number>((resolve) => {
    const listening = searched.listen({
      onFind: (progress) => {
        if (!progress.done) return;
        listening.dispose();
        resolve(progress.matches);
      },
    });
  });
  await searched.find(pattern);
  return done;
}

async function pages({ pages: count, rowsPerPage, seed }: ReaderQuestion & { kind: "pages" }): Promise<number[]> {
  const open = openFile();
  const random = createRandom(seed);
  const rows = open.progress?.rows ?? 0;
  const took: number[] = [];
  for (let page = 0; page < count; page++) {
    const from = random.below(Math.max(1, rows - rowsPerPage));
    const startedAt = performance.now();
    const answered = await open.rows({ from: rowNumber(from), count: rowsPerPage }, never);
    took.push(performance.now() - startedAt);
    if (answered.rows.length !== rowsPerPage || answered.provisional)
      throw new Error(`Page at row ${from} is not whole.`);
  }
  return took;
}

function openFile(): OpenFile {
  if (file === undefined) throw new Error("No file is open.");
  return file;
}

tell({ ready: true });
