import { execFileSync } from "node:child_process";
import { BenchProgram } from "../benchProgram.ts";
import type { Figure } from "../figure.ts";
import { median, withSpread } from "../statistics.ts";
import type { FindPattern } from "../../src/table/tableTypes.ts";
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
    atMost: 1.5,
  })),
  ...[String.raw`left at the [a-z]+`, String.raw`2026-0[1-3]-1\d`, String.raw`u\d*77\d*`].map((text) => ({
    what: `find all, regex \`${text}\``,
    pattern: regex(text),
    ripgrep: [text],
    atMost: 3,
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
    ratioOf({ what: "whole index, quote-aware", figure: "wall ÷ `wc -l`", atMost: 2 }, ratios, ours, theirs, "wc"),
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
        const reference = timed("rg", ["--count-matches", ...ripgrep, large.path]);
        if (Number(reference.output) !== count) throw new Error(`${what}: ${count}, ripgrep ${reference.output}`);
        if (pair === 0) continue;
        log(`${what}: ${wallSeconds.toFixed(3)} s, rg ${reference.seconds.toFixed(3)} s, ${count} matches`);
        ours.push(wallSeconds);
        theirs.push(reference.seconds);
        ratios.push(wallSeconds / reference.seconds);
      }
      figures.push(ratioOf({ what, figure: "wall ÷ ripgrep's", atMost }, ratios, ours, theirs, "rg"));
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
      atMost: 100,
      unit: " MiB",
      values: peaks,
      digits: 0,
      from: `${withSpread(afterwards, 0)} MiB when done`,
    },
  ];
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
