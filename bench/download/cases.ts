import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../project/checkout.ts";
import { median } from "../statistics.ts";
import type { CurlReading } from "./curl.ts";
import type { Figure } from "../figure.ts";
import { type Pair, ratioFigure } from "./figure.ts";
import type { OurReading } from "./ourClient.ts";
import type { Line, Load, Stage } from "./stage.ts";
import { mebibyte } from "./storedFile.ts";

/** What is measured, and how often. */
export interface Extent {
  readonly pairs: number;
  readonly sizeMib: number;
}

export interface CaseResult {
  readonly figures: readonly Figure[];
  /** Sentences that explain the figures. */
  readonly remarks: readonly string[];
}

export type Log = (line: string) => void;

type DownloadPair = Pair<CurlReading> & { readonly ours: OurReading };

const limitMibPerSecond = 125;
const perConnectionMib = 100;
const smallFiles = 200;
const smallBytes = 64 * 1024;
const answerMs = 20;
const lineNames: Readonly<Record<Line, string>> = { plain: "plain", tls: "TLS" };

export async function limitedLine(stage: Stage, extent: Extent, log: Log): Promise<CaseResult> {
  const load = oneFile("plain", extent.sizeMib, limitMibPerSecond);
  const pairs = await alternate(stage, load, true, extent.pairs, log);
  const about = { what: `${sizeWords(extent.sizeMib)}, store limited to ${limitMibPerSecond} MiB/s` };
  return {
    figures: [ratioFigure({ ...about, figure: "wall ÷ curl's wall", atMost: 1.05 }, pairs, "wallSeconds")],
    remarks: [afterLastByte("limited line", pairs)],
  };
}

export async function unlimitedLine(stage: Stage, extent: Extent, log: Log): Promise<CaseResult> {
  const figures: Figure[] = [];
  const remarks: string[] = [];
  for (const line of ["plain", "tls"] as const) {
    const load = oneFile(line, extent.sizeMib, 0);
    const ceilings: number[] = [];
    for (let run = 0; run < extent.pairs; run += 1) {
      ceilings.push(extent.sizeMib / (await stage.ceiling(load)).wallSeconds);
    }
    const hashed = await alternate(stage, load, true, extent.pairs, log);
    const unhashed = await alternate(stage, load, false, extent.pairs, log);
    const what = `${sizeWords(extent.sizeMib)}, unlimited loopback, ${lineNames[line]}`;
    const wall = "wall ÷ curl's wall";
    figures.push(
      ratioFigure({ what: `${what}, hash included`, figure: wall, atMost: 1.05 }, hashed, "wallSeconds"),
      ratioFigure({ what: `${what}, hash left out`, figure: wall, atMost: 1.6 }, unhashed, "wallSeconds"),
      ratioFigure({ what: `${what}, hash left out`, figure: "CPU s ÷ curl's", atMost: 2.2 }, unhashed, "cpuSeconds"),
    );
    remarks.push(
      `${lineNames[line]}: the store gives a reader that writes nowhere (\`curl -o /dev/null\`) ${Math.round(median(ceilings))} MiB/s.`,
      afterLastByte(`${lineNames[line]}, hash included`, hashed),
      afterLastByte(`${lineNames[line]}, hash left out`, unhashed),
    );
  }
  return { figures, remarks };
}

export async function manyFiles(stage: Stage, extent: Extent, log: Log): Promise<CaseResult> {
  const parallelFiles = defaultParallelism();
  const files = Array.from({ length: smallFiles }, (_, index) => ({
    name: `part-${index}.csv`,
    bytes: smallBytes,
    mibPerSecond: 0,
    answerMs,
  }));
  const pairs = await alternate(stage, { line: "plain", files, parallelFiles }, true, extent.pairs, log);
  const what = `${smallFiles} files of 64 KiB, ${answerMs} ms to answer, ${parallelFiles} at once`;
  const figure = `wall ÷ \`curl -Z --parallel-max ${parallelFiles}\``;
  return { figures: [ratioFigure({ what, figure, atMost: 1 }, pairs, "wallSeconds")], remarks: [] };
}

/** Parallel ranges, chosen by the extension or always, if the store limits each connection and if it doesn't. */
export async function parallelRanges(stage: Stage, extent: Extent, log: Log): Promise<CaseResult> {
  const figures: Figure[] = [];
  for (const [mibPerSecond, line, ranges, atMost] of [
    [0, "unlimited loopback", "auto", 1.1],
    [perConnectionMib, `store limited to ${perConnectionMib} MiB/s a connection`, "auto", 0.3],
    [0, "unlimited loopback", 4, undefined],
    [perConnectionMib, `store limited to ${perConnectionMib} MiB/s a connection`, 4, undefined],
  ] as const) {
    const load = { ...oneFile("plain", extent.sizeMib, mibPerSecond), parallelRanges: ranges };
    const pairs = await alternate(stage, load, true, extent.pairs, log);
    const what = `${sizeWords(extent.sizeMib)}, ${line}, ${ranges === "auto" ? "the extension chooses" : `${ranges} ranges at once`}`;
    // One number for all is for information, so it is compared with 1, the same as curl's single request.
    const figure = "wall ÷ curl's wall (one stream)";
    figures.push(ratioFigure({ what, figure, atMost: atMost ?? 1 }, pairs, "wallSeconds"));
  }
  return { figures, remarks: [] };
}

/** 100 Mbit/s that all connections share, and what TCP gets of it with a delay of 50 ms and one lost packet in 10,000. */
const lossyLine = { lineMibPerSecond: 11.9, mibPerSecond: 3.4, answerMs: 50, mib: 64 };

/** The line is emulated by the store, because packets can't be lost on purpose on every machine. */
export async function lossy(stage: Stage, extent: Extent, log: Log): Promise<CaseResult> {
  const { mib, ...line } = lossyLine;
  const files = [{ name: "export.csv", bytes: mib * mebibyte, ...line }];
  const load: Load = { line: "plain", files, parallelFiles: 1, parallelRanges: "auto" };
  const pairs = await alternate(stage, load, true, Math.min(extent.pairs, 3), log);
  const what = `${sizeWords(mib)}, 100 Mbit/s, 50 ms, ${line.mibPerSecond} MiB/s a connection, the extension chooses`;
  const figure = "wall ÷ curl's wall (one stream)";
  return { figures: [ratioFigure({ what, figure, atMost: 0.8 }, pairs, "wallSeconds")], remarks: [] };
}

/** Alternates between our client and curl, after one run of each that doesn't count. */
async function alternate(stage: Stage, load: Load, hash: boolean, count: number, log: Log): Promise<DownloadPair[]> {
  const pairs: DownloadPair[] = [];
  for (let run = 0; run <= count; run += 1) {
    const ours = await stage.ours(load, hash);
    const curls = await stage.curls(load);
    const [one, other] = [ours, curls].map(({ wallSeconds, cpuSeconds }) => {
      return `${wallSeconds.toFixed(2)} s (CPU ${cpuSeconds.toFixed(2)} s)`;
    });
    log(`${run === 0 ? "warm-up" : `pair ${run}`}: ours ${one}, curl ${other}`);
    if (run > 0) pairs.push({ ours, curls });
  }
  return pairs;
}

function oneFile(line: Line, sizeMib: number, mibPerSecond: number): Load {
  const files = [{ name: "export.csv", bytes: sizeMib * mebibyte, mibPerSecond, answerMs: 0 }];
  return { line, files, parallelFiles: 1 };
}

export function sizeWords(sizeMib: number): string {
  return sizeMib % 1024 === 0 ? `${sizeMib / 1024} GiB` : `${sizeMib} MiB`;
}

function afterLastByte(what: string, pairs: readonly DownloadPair[]): string {
  const seconds = median(pairs.map(({ ours }) => ours.afterLastByteSeconds));
  return `${what}: from the last byte to the final name (rest of the hash, fsync, rename) ${seconds.toFixed(2)} s of ours.`;
}

/** The default setting from the manifest. */
function defaultParallelism(): number {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    contributes: { configuration: { properties: Record<string, { default: unknown }> } };
  };
  const found = manifest.contributes.configuration.properties["taskExports.maxParallelDownloads"]?.default;
  if (typeof found !== "number") throw new Error("The manifest does not tell how many downloads run at once.");
  return found;
}
