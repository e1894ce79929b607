import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { root } from "../project/checkout.ts";

const gibibyte = 1024 ** 3;

/** The environment of a measurement. Contains neither the name of the machine nor a path. */
export async function surroundings(folder: string): Promise<string[]> {
  const [when = "", node = "", ...rest] = await machine(folder);
  return [when, `${node} · undici ${packageVersion("undici")} · curl ${curlVersion()}`, ...rest];
}

/** Date, Node, cores and memory, disk. */
export async function machine(folder: string): Promise<string[]> {
  const [cpu] = os.cpus();
  const { bavail, bsize } = await statfs(folder);
  const memory = `${Math.round(os.totalmem() / gibibyte)} GiB of memory`;
  return [
    `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
    `node ${process.versions.node}`,
    `${os.availableParallelism()} cores (${cpu?.model.trim() ?? "unknown"}), ${memory}, ${os.type()} ${os.release()}`,
    `${Math.floor((bavail * bsize) / gibibyte)} GiB free on the disk; page cache warm`,
  ];
}

/** The load average of the last minute, which includes the benchmark itself while it runs. */
export function load(): string {
  return (os.loadavg()[0] ?? 0).toFixed(1);
}

/** The version of an installed package. */
export function packageVersion(name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8"));
  const known =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : undefined;
  return typeof known === "string" ? known : "unknown";
}

function curlVersion(): string {
  return /^curl (\S+)/u.exec(execFileSync("curl", ["--version"], { encoding: "utf8" }))?.[1] ?? "unknown";
}
