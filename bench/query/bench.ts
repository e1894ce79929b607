/** Compares sorting, filtering and SQL with bare DuckDB on the same file, see docs/benchmarks.md. */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { root } from "../../project/checkout.ts";
import { writeLargeCsv } from "../../sandbox/sampleData/largeCsv.ts";
import { chosenCases, progress } from "../chosenCases.ts";
import { type Figure, figureHead, figureRow } from "../figure.ts";
import { markdownTable } from "../markdownTable.ts";
import { load, machine } from "../surroundings.ts";
import { queryCases, type QueryStage } from "./queryCases.ts";

/** @param args `--pairs N` (default 3), `--only case,case`, `--mebibytes N` (default 1024) */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      pairs: { type: "string", default: "3" },
      only: { type: "string", default: Object.keys(queryCases).join(",") },
      mebibytes: { type: "string", default: "1024" },
    },
  });
  const chosen = chosenCases(queryCases, values.only);
  execFileSync(process.execPath, ["esbuild.mjs", "--production"], { cwd: root, stdio: "inherit" });
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-bench-"));
  const figures: Figure[] = [];
  const loadBefore = load();
  try {
    const file = path.join(folder, "large.csv");
    const { rows, bytes } = writeLargeCsv(file, Number(values.mebibytes) * 1024 ** 2);
    const stage: QueryStage = { file, rows, bytes, folder, pairs: Number(values.pairs), log: progress };
    for (const { measure } of chosen) figures.push(...(await measure(stage)));
    const about = [...(await machine(folder)), `${rows} rows in a file of ${values.mebibytes} MiB`];
    console.log([...about, `load average ${loadBefore} when it began, ${values.pairs} pairs`].join("; \n"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n${markdownTable(figureHead, figures.map(figureRow))}\n`);
}
