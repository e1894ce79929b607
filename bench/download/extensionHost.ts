import { mkdir, mkdtemp, readFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { runIntegration } from "../../workbench/host/runIntegration.ts";
import { root } from "../../project/checkout.ts";
import { runProgram } from "../../project/program.ts";
import { median, withSpread } from "../statistics.ts";
import { type CaseResult, type Extent, type Log, sizeWords } from "./cases.ts";
import type { Figure } from "../figure.ts";
import { ratioFigure } from "./figure.ts";
import { type HostDownload, type HostPlan, type HostReading, type HostReadings, planVariable } from "./hostPlan.ts";
import type { Line, Stage } from "./stage.ts";
import { mebibyte } from "./storedFile.ts";

const delayLimitMs = 10;
const memoryLimitMib = 64;
const wallLimit = 1.25;
const manyTasks = { count: 10_000, longestBlockMs: 50, memoryMib: 40 };
/** The second size shows that memory doesn't depend on the file's size. */
const largerBy = 4;

/** The same downloads inside the extension host of a real VS Code. */
export async function extensionHost(stage: Stage, extent: Extent, log: Log): Promise<CaseResult> {
  const readings = await hostReadings(stage, { downloads: plannedDownloads(stage, extent), listedTasks: 0 }, log);
  const labels = new Set(readings.downloads.map(({ label }) => label));
  const figures = [...labels].flatMap((what) => {
    const runs = readings.downloads.filter(({ label }) => label === what);
    return figuresOf(what, runs, readings.idle.rssMib);
  });
  return { figures, remarks: remarksOn(readings) };
}

/** 10,000 tasks of one account in the Tasks view. */
export async function listedTasks(stage: Stage, { pairs }: Extent, log: Log): Promise<CaseResult> {
  const { count, longestBlockMs, memoryMib } = manyTasks;
  const runs: { longest: number; memory: number; seconds: number }[] = [];
  for (let run = 0; run < Math.min(pairs, 3); run += 1) {
    const { listing, idle } = await hostReadings(stage, { downloads: [], listedTasks: count }, log);
    if (listing === undefined) throw new Error("No tasks were listed.");
    runs.push({
      longest: listing.delay.max,
      memory: listing.rssMib - idle.rssMib,
      seconds: listing.wallSeconds,
    });
  }
  const seconds = withSpread(
    runs.map((run) => run.seconds),
    2,
  );
  const about = { what: `${count} tasks listed`, from: `${runs.length} windows, ${seconds} s each` };
  const longest = runs.map((run) => run.longest);
  const memory = runs.map((run) => run.memory);
  return {
    figures: [
      { ...about, figure: "longest event-loop delay", atMost: longestBlockMs, unit: " ms", digits: 0, values: longest },
      { ...about, figure: "memory over idle", atMost: memoryMib, unit: " MiB", digits: 0, values: memory },
    ],
    remarks: [],
  };
}

function figuresOf(what: string, runs: readonly HostReading[], idleMib: number): Figure[] {
  const seconds = withSpread(
    runs.map(({ wallSeconds }) => wallSeconds),
    2,
  );
  const about = { what, from: `${runs.length} downloads of ${seconds} s` };
  const delays = runs.map(({ delay }) => delay.p99);
  const overIdle = runs.map(({ rssMib }) => rssMib - idleMib);
  const pairs = runs.map(({ wallSeconds, curlSeconds }) => ({
    ours: { wallSeconds },
    curls: { wallSeconds: curlSeconds },
  }));
  return [
    ratioFigure({ what, figure: "wall ÷ curl's wall", atMost: wallLimit }, pairs, "wallSeconds"),
    { ...about, figure: "event-loop delay p99", atMost: delayLimitMs, unit: " ms", digits: 1, values: delays },
    { ...about, figure: "memory over idle", atMost: memoryLimitMib, unit: " MiB", digits: 0, values: overIdle },
  ];
}

function remarksOn({ idle, downloads, vscode, node }: HostReadings): string[] {
  const { p50, p99 } = idle.delay;
  const beside = median(downloads.map(({ idleThread }) => idleThread.p99));
  const longest = median(downloads.map(({ delay }) => delay.max));
  return [
    `Extension host: VS Code ${vscode}, node ${node}, holding ${Math.round(idle.rssMib)} MiB before the first download.`,
    `Event-loop delay of the extension host without a download: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms.`,
    `Event-loop delay p99 of a thread that does nothing in the same process during the downloads, which is the machine's part: ${beside.toFixed(1)} ms.`,
    `The longest single delay in a download: ${longest.toFixed(0)} ms (median).`,
  ];
}

function plannedDownloads(stage: Stage, { pairs, sizeMib }: Extent): HostDownload[] {
  const download = (line: Line, mib: number): HostDownload => {
    const file = { name: "export.csv", bytes: mib * mebibyte, mibPerSecond: 0, answerMs: 0 };
    const [address] = stage.addresses({ line, files: [file] });
    const label = `extension host, ${sizeWords(mib)}, ${line === "tls" ? "TLS" : line}`;
    return { label, url: address?.url ?? "", bytes: file.bytes };
  };
  const once = [download("plain", sizeMib), download("tls", sizeMib), download("plain", sizeMib * largerBy)];
  return Array.from({ length: pairs }, () => once).flat();
}

async function hostReadings(
  stage: Stage,
  what: Pick<HostPlan, "downloads" | "listedTasks">,
  log: Log,
): Promise<HostReadings> {
  const suitePath = await build();
  const own = await mkdtemp(path.join(stage.folder, "host-"));
  const workspace = path.join(own, "workspace");
  const folder = path.join(own, "exports");
  await mkdir(workspace);
  await mkdir(folder);
  const plan: HostPlan = { ...what, folder, caFile: stage.caFile, readingsFile: path.join(own, "host.json") };
  const { finished, output } = await runIntegration({
    extensionPath: root,
    suitePath,
    workspace,
    // Node reads certificates from there when it starts.
    env: { [planVariable]: JSON.stringify(plan), NODE_EXTRA_CA_CERTS: stage.caFile },
    log,
  });
  if (!finished) throw new Error(`The suite in the extension host did not come to its end:\n${output}`);
  return JSON.parse(await readFile(plan.readingsFile, "utf8")) as HostReadings;
}

/** Builds the extension and the suite, and returns the suite's path. */
async function build(): Promise<string> {
  if ((await runProgram(["esbuild.mjs"])) !== 0) throw new Error("The extension could not be built.");
  const outdir = path.join(root, "out", "bench");
  await esbuild.build({
    entryPoints: ["hostSuite.ts", "idleThread.ts"].map((file) => path.join(import.meta.dirname, file)),
    outdir,
    outExtension: { ".js": ".mjs" },
    external: ["vscode"],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
  });
  return path.join(outdir, "hostSuite.mjs");
}
