/**
 * Compares the table with an independent slow reader, table after table: `npm run fuzz -- --minutes 10`. A difference is
 * printed with its seed, and ends the run with exit code 1. The last line counts.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { fuzz } from "../bench/fuzz/fuzz.ts";
import { bundledPrograms } from "../bench/fuzz/programs.ts";
import { lastLine, reportOf } from "../bench/fuzz/report.ts";
import { buildScanner } from "./scanner/buildScanner.ts";

/** About the most characters of a table: more than two of the detection's samples. */
const most = 3 << 20;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: `${Date.now() % 1_000_000_000}` },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  console.error("npm run fuzz -- [--minutes 10] [--seed N]");
  process.exit(2);
}
const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupted.abort());

const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-fuzz-"));
try {
  const scanner = path.join(folder, "scan.wasm");
  await buildScanner(scanner);
  const programs = await bundledPrograms(folder, scanner);
  const until = Date.now() + minutes * 60_000;
  const goesOn = (): boolean => Date.now() < until;
  const result = await fuzz({ seed, goesOn, most, folder, programs, signal: interrupted.signal });
  if (result.found !== undefined) console.error(reportOf(result.found));
  console.log(lastLine(result, seed));
  process.exitCode = result.found === undefined ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
