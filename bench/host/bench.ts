/** Measures what the extension costs a window: its start, its list of tasks, and what it does while nothing happens. */
import { execFileSync } from "node:child_process";
import os from "node:os";
import process from "node:process";
import { parseArgs } from "node:util";
import { root } from "../../project/checkout.ts";
import { type Figure, figureHead, figureRow } from "../figure.ts";
import { chosenCases, progress } from "../chosenCases.ts";
import { markdownTable } from "../markdownTable.ts";
import { load, machine } from "../surroundings.ts";
import { activationCase } from "./activationCase.ts";
import type { HostCase } from "./hostCase.ts";
import { idleCase } from "./idleCase.ts";
import { listCase, manyTasksCase } from "./listCases.ts";

const cases: Readonly<Record<string, HostCase>> = {
  activation: activationCase,
  list: listCase,
  many: manyTasksCase,
  idle: idleCase,
};

/** @param args `--runs N` (default 9), `--only case,case` */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: "string", default: "9" },
      only: { type: "string", default: Object.keys(cases).join(",") },
    },
  });
  const chosen = chosenCases(cases, values.only);
  execFileSync(process.execPath, ["esbuild.mjs", "--production"], { cwd: root, stdio: "inherit" });
  const loadBefore = load();
  const figures: Figure[] = [];
  for (const { measure } of chosen) {
    figures.push(...(await measure({ runs: Number(values.runs), log: progress })));
  }
  const about = [...(await machine(os.tmpdir())), `load average ${loadBefore} when it began, ${values.runs} runs`];
  console.log(about.join("; \n"));
  console.log(`\n${markdownTable(figureHead, figures.map(figureRow))}\n`);
}
