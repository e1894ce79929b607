import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { writeFile } from "node:fs/promises";
import path from "node:path";

export interface CurlReading {
  /** From before the process is started until it has ended. */
  readonly wallSeconds: number;
  /** User and system time, from the shell's `times`. */
  readonly cpuSeconds: number;
}

export interface CurlJob {
  readonly files: readonly { readonly name: string; readonly url: string }[];
  /** The folder for the files. By default, they are discarded. */
  readonly folder?: string;
  readonly caFile: string;
  /** `--parallel --parallel-max`. Default: one file after the other. */
  readonly parallelFiles?: number;
}

/** Runs curl in a shell that reports the CPU time of its children. */
const script = `curl "$@"; code=$?; times; exit $code`;

export async function runCurl({ files, folder, caFile, parallelFiles }: CurlJob): Promise<CurlReading> {
  const parallel = parallelFiles === undefined ? [] : ["--parallel", "--parallel-max", String(parallelFiles)];
  const outputs = files.map(({ name, url }) => [folder === undefined ? "/dev/null" : path.join(folder, name), url]);
  const targets = await targetArguments(outputs, folder);
  const startedAt = performance.now();
  const child = spawn(
    "sh",
    ["-c", script, "curl", "-sS", "--no-progress-meter", "--cacert", caFile, ...parallel, ...targets],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [output, code] = await Promise.all([text(child.stdout), ended]);
  const wallSeconds = (performance.now() - startedAt) / 1000;
  if (code !== 0) throw new Error(`curl ended with ${code}.`);
  return { wallSeconds, cpuSeconds: cpuOfChildren(output) };
}

/** One file is passed on the command line, several in a configuration file. */
async function targetArguments(outputs: readonly string[][], folder: string | undefined): Promise<string[]> {
  if (outputs.length === 1) return outputs.flatMap(([output = "", url = ""]) => ["-o", output, url]);
  const list = path.join(folder ?? "", "curl.config");
  await writeFile(list, outputs.map(([output = "", url = ""]) => `url = "${url}"\noutput = "${output}"\n`).join(""));
  return ["--config", list];
}

/** The second line of `times`: `0m0.12s 0m0.34s`, user and system of the shell's children. */
function cpuOfChildren(output: string): number {
  const line = output.trim().split("\n").at(-1) ?? "";
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/gu)];
  if (parts.length !== 2) throw new Error(`This shell's times are not understood: ${output}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
