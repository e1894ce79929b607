import { execFileSync } from "node:child_process";
import { BenchProgram } from "../benchProgram.ts";
import type { Figure } from "../figure.ts";
import { median, withSpread } from "../statistics.ts";
import type { FindPattern } from "../../src/table/tableTypes.ts";
import { writeLargeJson } from "./largeJson.ts";
import type { ReaderQuestion, Reading } from "./readerQuestions.ts";

export interface TableStage {
  /** The large file and how many rows it has. */
  readonly large: { readonly path: string; readonly rows: number };
  readonly pairs: number;
  readonly log: (line: string) => void;
}

interface Search {
  readonly what: string;
  readonly pattern: FindPattern;
  /** The same for ripgrep. */
  readonly ripgrep: readonly string[];
  readonly atMost: number;
}

const mebibyte = 1024 ** 2;
const pageLimitMs = 16;
const pagesAsked = 3000;
const rowsPerPage = 60;

const plain = (text: string): FindPattern => ({ text, regex: false, caseSensitive: true, wholeWord: false });
const regex = (text: string): FindPattern => ({ ...plain(text), regex: true });

const searches: readonly Search[] = [
  ...["thanks", "green tea"].map((text) => ({
    what: `find all, plain text \`${text}\``,
    pattern: plain(text),
    ripgrep: ["-F", text],
    atMost: 1,
  })),
  ...(
    [
      [String.raw`left at the [a-z]+`, 1.5],
      [String.raw`2026-0[1-3]-1\d`, 1],
      [String.raw`u\d*77\d*`, 1],
    ] as const
  ).map(([text, atMost]) => ({
    what: `find all, regex \`${text}\``,
    pattern: regex(text),
    ripgrep: [text],
    atMost,
  })),
];

/** The whole index compared with `wc -l`: from opening the file, including the threads, to the last row. */
export async function indexCase({ large, pairs, log }: TableStage): Promise<Figure[]> {
  const ratios: number[] = [];
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const { wallSeconds, count } = await inProgram(async (ask) => ask({ kind: "index", path: large.path }));
    if (count !== large.rows) throw new Error(`${count} rows instead of ${large.rows}.`);
    const reference = timed("wc", ["-l", large.path]).seconds;
    if (pair === 0) continue;
    log(`index ${wallSeconds.toFixed(3)} s, wc ${reference.toFixed(3)} s`);
    ours.push(wallSeconds);
    theirs.push(reference);
    ratios.push(wallSeconds / reference);
  }
  return [
    ratioOf({ what: "whole index, quote-aware", figure: "wall ÷ `wc -l`", atMost: 1.2 }, ratios, ours, theirs, "wc"),
  ];
}

/** Counting every match with its row and column, compared with ripgrep's count of the same matches. */
export function findCase({ large, pairs, log }: TableStage): Promise<Figure[]> {
  return inProgram(async (ask) => {
    await ask({ kind: "index", path: large.path });
    const figures: Figure[] = [];
    for (const { what, pattern, ripgrep, atMost } of searches) {
      const ratios: number[] = [];
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let pair = 0; pair <= pairs; pair++) {
        const { wallSeconds, count } = await ask({ kind: "find", pattern });
        const reference = fastestRipgrep(["--count-matches", ...ripgrep, large.path]);
        if (Number(reference.output) !== count) throw new Error(`${what}: ${count}, ripgrep ${reference.output}`);
        if (pair === 0) continue;
        log(
          `${what}: ${wallSeconds.toFixed(3)} s, rg ${reference.mode} ${reference.seconds.toFixed(3)} s, ${count} matches`,
        );
        ours.push(wallSeconds);
        theirs.push(reference.seconds);
        ratios.push(wallSeconds / reference.seconds);
      }
      figures.push(ratioOf({ what, figure: "wall ÷ ripgrep's fastest", atMost }, ratios, ours, theirs, "rg"));
    }
    return figures;
  });
}

/** Pages anywhere in the file, one after the other, as requested during fast scrolling. */
export function pagesCase({ large, pairs, log }: TableStage): Promise<Figure[]> {
  return inProgram(async (ask) => {
    await ask({ kind: "index", path: large.path });
    const values: number[] = [];
    const medians: number[] = [];
    for (let run = 0; run < pairs; run++) {
      const { pageMs } = await ask({ kind: "pages", pages: pagesAsked, rowsPerPage, seed: run });
      const sorted = pageMs.toSorted((one, other) => one - other);
      values.push(sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN);
      medians.push(median(sorted));
      log(`pages: p99 ${values.at(-1)?.toFixed(2) ?? ""} ms`);
    }
    return [
      {
        what: `any page of ${rowsPerPage} rows, asked at random`,
        figure: "p99 until answered",
        atMost: pageLimitMs,
        unit: " ms",
        values,
        digits: 2,
        from: `${pagesAsked} pages a run, median ${withSpread(medians, 2)} ms`,
      },
    ];
  });
}

/** The memory of index and search: the highest resident set minus that of the same process before. */
export async function memoryCase({ large, pairs, log }: TableStage): Promise<Figure[]> {
  const peaks: number[] = [];
  const afterwards: number[] = [];
  for (let run = 0; run < pairs; run++) {
    await inProgram(async (ask) => {
      const idle = await ask({ kind: "memory" });
      await ask({ kind: "index", path: large.path });
      for (const { pattern } of searches) await ask({ kind: "find", pattern });
      await ask({ kind: "pages", pages: pagesAsked, rowsPerPage, seed: run });
      const { rssBytes, peakRssBytes } = await ask({ kind: "memory" });
      peaks.push((peakRssBytes - idle.rssBytes) / mebibyte);
      afterwards.push((rssBytes - idle.rssBytes) / mebibyte);
      log(`memory: ${peaks.at(-1)?.toFixed(0) ?? ""} MiB at most over idle`);
    });
  }
  return [
    {
      what: "index, all searches and pages",
      figure: "resident set over idle, at most",
      atMost: 80,
      unit: " MiB",
      values: peaks,
      digits: 0,
      from: `${withSpread(afterwards, 0)} MiB when done`,
    },
  ];
}

/** A gzip file: its first rows compared with those of a small one, and its whole index with `gzip -dc | wc -l`. */
export async function gzipCase({ large, pairs, log }: TableStage): Promise<Figure[]> {
  const packed = `${large.path}.gz`;
  const small = `${large.path}.small.gz`;
  execFileSync("sh", [
    "-c",
    `gzip -c "${large.path}" > "${packed}"; head -c 1024 "${large.path}" | gzip -c > "${small}"`,
  ]);
  const first = { ours: [] as number[], theirs: [] as number[] };
  const whole = { ours: [] as number[], theirs: [] as number[] };
  for (let pair = 0; pair <= pairs; pair++) {
    const rows = await inProgram((ask) => ask({ kind: "firstRows", path: packed }));
    const smallRows = await inProgram((ask) => ask({ kind: "firstRows", path: small }));
    const { wallSeconds, count } = await inProgram((ask) => ask({ kind: "index", path: packed }));
    if (count !== large.rows) throw new Error(`${count} rows instead of ${large.rows}.`);
    const reference = timed("sh", ["-c", `gzip -dc "${packed}" | wc -l`]).seconds;
    log(
      `gzip: first rows ${rows.wallSeconds.toFixed(3)} s, index ${wallSeconds.toFixed(2)} s, gzip ${reference.toFixed(2)} s`,
    );
    if (pair === 0) continue;
    first.ours.push(rows.wallSeconds);
    first.theirs.push(smallRows.wallSeconds);
    whole.ours.push(wallSeconds);
    whole.theirs.push(reference);
  }
  const ratios = ({ ours, theirs }: typeof first) => ours.map((value, at) => value / (theirs[at] ?? Number.NaN));
  const firstAbout = { what: "gzip of 1 GiB: first rows", figure: "÷ the same for 1 KiB", atMost: 1.2 };
  const wholeAbout = { what: "gzip of 1 GiB: whole index", figure: "wall ÷ `gzip -dc | wc -l`", atMost: 1.2 };
  return [
    ratioOf(firstAbout, ratios(first), first.ours, first.theirs, "1 KiB"),
    ratioOf(wholeAbout, ratios(whole), whole.ours, whole.theirs, "gzip"),
  ];
}

/** An array of records of 1 GiB on one line: index, a search, and random pages. */
export async function jsonCase({ large, pairs, log }: TableStage): Promise<Figure[]> {
  const path = `${large.path}.json`;
  const records = writeLargeJson(path, 1024 * mebibyte);
  const index = { ours: [] as number[], theirs: [] as number[] };
  const find = { ours: [] as number[], theirs: [] as number[] };
  const pages: number[] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    await inProgram(async (ask) => {
      const { wallSeconds, count } = await ask({ kind: "index", path });
      if (count !== records) throw new Error(`${count} records instead of ${records}.`);
      const lines = timed("wc", ["-l", path]).seconds;
      const found = await ask({ kind: "find", pattern: plain("thanks") });
      const reference = fastestRipgrep(["--count-matches", "-F", "thanks", path]);
      if (Number(reference.output) !== found.count) throw new Error(`${found.count}, ripgrep ${reference.output}`);
      const { pageMs } = await ask({ kind: "pages", pages: pagesAsked, rowsPerPage, seed: pair });
      log(`JSON: index ${wallSeconds.toFixed(2)} s, wc ${lines.toFixed(2)} s, find ${found.wallSeconds.toFixed(2)} s`);
      if (pair === 0) return;
      index.ours.push(wallSeconds);
      index.theirs.push(lines);
      find.ours.push(found.wallSeconds);
      find.theirs.push(reference.seconds);
      pages.push(pageMs.toSorted((one, other) => one - other)[Math.floor(pagesAsked * 0.99)] ?? Number.NaN);
    });
  }
  const ratios = ({ ours, theirs }: typeof index) => ours.map((value, at) => value / (theirs[at] ?? Number.NaN));
  const what = "1 GiB of JSON on one line";
  const indexAbout = { what: `${what}: index`, figure: "wall ÷ `wc -l`", atMost: 3 };
  const findAbout = { what: `${what}: find all, \`thanks\``, figure: "wall ÷ ripgrep's fastest", atMost: 1.5 };
  return [
    ratioOf(indexAbout, ratios(index), index.ours, index.theirs, "wc"),
    ratioOf(findAbout, ratios(find), find.ours, find.theirs, "rg"),
    {
      what: `${what}: any page of ${rowsPerPage} rows`,
      figure: "p99 until answered",
      atMost: pageLimitMs,
      unit: " ms",
      values: pages,
      digits: 2,
      from: `${pagesAsked} pages a run`,
    },
  ];
}

/** ripgrep in both of its ways to read a file; which is faster depends on the machine. */
function fastestRipgrep(args: readonly string[]): { seconds: number; output: string; mode: string } {
  const runs = ["--mmap", "--no-mmap"].map((mode) => ({ mode, ...timed("rg", [mode, ...args]) }));
  const [fastest] = runs.toSorted((one, other) => one.seconds - other.seconds);
  if (fastest === undefined) throw new Error("ripgrep was not run.");
  return fastest;
}

type Ask = (question: ReaderQuestion) => Promise<Reading>;

async function inProgram<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result> {
  const program = new BenchProgram(new URL("readerProgram.ts", import.meta.url));
  try {
    await program.next();
    return await work(async (question) => (await program.ask(question)) as Reading);
  } finally {
    await program.close();
  }
}

function timed(program: string, args: readonly string[]): { seconds: number; output: string } {
  const startedAt = performance.now();
  const output = execFileSync(program, args, { encoding: "utf8" }).trim();
  return { seconds: (performance.now() - startedAt) / 1000, output };
}

function ratioOf(
  about: Pick<Figure, "what" | "figure" | "atMost">,
  values: readonly number[],
  ours: readonly number[],
  theirs: readonly number[],
  reference: string,
): Figure {
  const from = `ours ${withSpread(ours, 2)} s, ${reference} ${withSpread(theirs, 2)} s`;
  return { ...about, unit: "", values, digits: 2, from };
}
