/** Compares the table with `wc`, ripgrep and itself on small files, see docs/benchmarks.md. */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { writeLargeCsv } from "../../sandbox/sampleData/largeCsv.ts";
import { root } from "../../project/checkout.ts";
import { type Figure, figureHead, figureRow } from "../figure.ts";
import { chosenCases, progress } from "../chosenCases.ts";
import { markdownTable } from "../markdownTable.ts";
import { load, machine } from "../surroundings.ts";
import { findCase, gzipCase, indexCase, jsonCase, memoryCase, pagesCase, type TableStage } from "./readerCases.ts";
import { appendCase, bareCase, endCase, flingCase, openCase } from "./workbenchCases.ts";
import { downloadingCase } from "./downloadingCase.ts";

const cases: Readonly<Record<string, (stage: TableStage) => Promise<Figure[]>>> = {
  open: openCase,
  bare: bareCase,
  downloading: downloadingCase,
  end: endCase,
  append: appendCase,
  index: indexCase,
  find: findCase,
  pages: pagesCase,
  json: jsonCase,
  gzip: gzipCase,
  fling: flingCase,
  memory: memoryCase,
};

/** @param args `--pairs N` (default 5), `--only case,case` */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      pairs: { type: "string", default: "5" },
      only: { type: "string", default: Object.keys(cases).join(",") },
    },
  });
  const chosen = chosenCases(cases, values.only);
  execFileSync(process.execPath, ["esbuild.mjs", "--production"], { cwd: root, stdio: "inherit" });
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-bench-"));
  const figures: Figure[] = [];
  const loadBefore = load();
  try {
    const file = path.join(folder, "large.csv");
    const { rows } = writeLargeCsv(file, 1024 ** 3);
    const stage = {
      large: { path: file, rows },
      pairs: Number(values.pairs),
      log: progress,
    };
    for (const { measure } of chosen) figures.push(...(await measure(stage)));
    const about = [...(await machine(folder)), ripgrepVersion(), `${rows} rows in the file of 1 GiB`];
    console.log([...about, `load average ${loadBefore} when it began, ${values.pairs} pairs`].join("; \n"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n${markdownTable(figureHead, figures.map(figureRow))}\n`);
}

function ripgrepVersion(): string {
  return /^ripgrep \S+/u.exec(execFileSync("rg", ["--version"], { encoding: "utf8" }))?.[0] ?? "ripgrep unknown";
}
