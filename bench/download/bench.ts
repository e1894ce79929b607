/** Compares downloads with curl, see docs/benchmarks.md. */
import { parseArgs } from "node:util";
import { chosenCases, progress } from "../chosenCases.ts";
import { markdownTable } from "../markdownTable.ts";
import { load, surroundings } from "../surroundings.ts";
import {
  type CaseResult,
  type Extent,
  limitedLine,
  lossy,
  type Log,
  manyFiles,
  parallelRanges,
  unlimitedLine,
} from "./cases.ts";
import { figureHead, figureRow } from "../figure.ts";
import { extensionHost, listedTasks } from "./extensionHost.ts";
import { Stage } from "./stage.ts";

const cases: Readonly<Record<string, (stage: Stage, extent: Extent, log: Log) => Promise<CaseResult>>> = {
  limited: limitedLine,
  unlimited: unlimitedLine,
  host: extensionHost,
  files: manyFiles,
  ranges: parallelRanges,
  lossy,
  tasks: listedTasks,
};

/**
 * @param args `--pairs N` (default 5), `--size-mib N` (default 1024), `--only case,case`, `--profile folder` for a CPU
 * profile of our client
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      pairs: { type: "string", default: "5" },
      "size-mib": { type: "string", default: "1024" },
      only: { type: "string", default: Object.keys(cases).join(",") },
      profile: { type: "string" },
    },
  });
  const extent = { pairs: positive(values.pairs), sizeMib: positive(values["size-mib"]) };
  const chosen = chosenCases(cases, values.only);
  const stage = await Stage.open(values.profile);
  const results: CaseResult[] = [];
  const loadBefore = load();
  try {
    for (const { name, measure } of chosen) {
      progress(`${name} (load ${load()})`);
      results.push(await measure(stage, extent, progress));
    }
    const about = await surroundings(stage.folder);
    console.log([...about, `load average ${loadBefore} when it began, ${extent.pairs} pairs`].join("; \n"));
  } finally {
    await stage.close();
  }
  const rows = results.flatMap(({ figures }) => figures.map(figureRow));
  console.log(`\n${markdownTable(figureHead, rows)}\n`);
  for (const remark of results.flatMap(({ remarks }) => remarks)) console.log(`- ${remark}`);
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is no whole number above 0.`);
  return number;
}
