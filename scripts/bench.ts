/** Measures: `npm run bench -- <name> [options]`. Prints the table that docs/benchmarks.md quotes. */
import process from "node:process";

const benches: Readonly<Record<string, () => Promise<{ run: (args: string[]) => Promise<void> }>>> = {
  download: () => import("../bench/download/bench.ts"),
  host: () => import("../bench/host/bench.ts"),
  query: () => import("../bench/query/bench.ts"),
  table: () => import("../bench/table/bench.ts"),
};

const [name = "", ...args] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  console.error(`Which bench? There are: ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}
const { run } = await bench();
await run(args);
