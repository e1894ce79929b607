import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { runNode, runNpm } from "./installCommand.ts";

/** A program too large for every `npm ci` of this project; it is installed once, outside the checkout. */
export type ToolName = "vscode-server" | "azurite" | "browser";

/** Takes one line of progress for the person in front of the terminal. */
export type Log = (line: string) => void;

/** One command of an installation, in a folder of the tool. */
interface InstallStep {
  program: "npm" | "node";
  folder: string;
  args: readonly string[];
}

interface Tool {
  title: string;
  /** How long an installation takes, for the person who waits. */
  duration: string;
  steps: readonly InstallStep[];
}

const toolsFolder = path.resolve(import.meta.dirname, "..", "..", "tools");
const completeMarker = ".complete";
/** Beyond this age a half-made folder belongs to a process that was killed. */
const abandonedAfterMs = 60 * 60 * 1000;

const install: InstallStep = { program: "npm", folder: ".", args: ["ci", "--ignore-scripts"] };
const vscodeFolder = path.join("node_modules", "code-server", "lib", "vscode");
// What the server loads of its native packages. None of the others is needed, and kerberos builds only where its own
// headers are installed.
const nativePackages = ["@vscode/spdlog", "node-pty", "@parcel/watcher", "@vscode/sqlite3", "@vscode/native-watchdog"];

const tools: Readonly<Record<ToolName, Tool>> = {
  "vscode-server": {
    title: "VS Code's server",
    duration: "two minutes",
    steps: [
      install,
      { program: "npm", folder: vscodeFolder, args: ["install", "--omit=dev", "--ignore-scripts"] },
      { program: "npm", folder: vscodeFolder, args: ["rebuild", ...nativePackages] },
    ],
  },
  azurite: { title: "Azurite, the sandbox's file store", duration: "20 seconds", steps: [install] },
  browser: {
    title: "a headless browser",
    duration: "10 seconds",
    steps: [install, { program: "node", folder: ".", args: ["unpack.mjs"] }],
  },
};

/** Where everything that outlives a checkout lies. */
export function cacheFolder(): string {
  const base = process.env["XDG_CACHE_HOME"];
  return path.join(base ? path.resolve(base) : path.join(os.homedir(), ".cache"), "task-exports");
}

/**
 * Answers the folder in which a tool is installed (its packages are under `node_modules`), and installs it there the
 * first time. The folder's name holds what the installation depends on, so another version never meets an old folder. A
 * half-made one is never used: it is built beside its place and renamed when whole, so two processes may do so at once.
 */
export async function ensureTool(name: ToolName, log: Log, signal?: AbortSignal): Promise<string> {
  const folder = path.join(cacheFolder(), `${name}-${await fingerprint(name)}`);
  if (existsSync(path.join(folder, completeMarker))) return folder;

  const { title, duration } = tools[name];
  log(`Installing ${title} (about ${duration}, once) into ${folder}`);
  await mkdir(cacheFolder(), { recursive: true });
  await removeAbandoned();
  const unfinished = `${folder}.${randomUUID()}.unfinished`;
  try {
    await build(name, unfinished, signal);
    await takePlace(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  log(`Installed ${title}`);
  return folder;
}

async function fingerprint(name: ToolName): Promise<string> {
  const [nodeMajor] = process.versions.node.split(".");
  const hash = createHash("sha256");
  for (const file of (await readdir(path.join(toolsFolder, name))).toSorted()) {
    if (file !== "node_modules") hash.update(await readFile(path.join(toolsFolder, name, file)));
  }
  return hash
    .update(JSON.stringify([tools[name].steps, process.platform, process.arch, nodeMajor]))
    .digest("hex")
    .slice(0, 16);
}

async function build(name: ToolName, folder: string, signal: AbortSignal | undefined): Promise<void> {
  await cp(path.join(toolsFolder, name), folder, {
    recursive: true,
    filter: (source) => path.basename(source) !== "node_modules",
  });
  for (const { program, folder: stepFolder, args } of tools[name].steps) {
    const run = program === "npm" ? runNpm : runNode;
    await run(path.join(folder, stepFolder), args, signal);
  }
  await writeFile(path.join(folder, completeMarker), "");
}

async function takePlace(unfinished: string, folder: string): Promise<void> {
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Another process was faster; what it installed is the same.
    if (!existsSync(path.join(folder, completeMarker))) throw error;
  }
}

async function removeAbandoned(): Promise<void> {
  for (const entry of await readdir(cacheFolder())) {
    if (!entry.endsWith(".unfinished")) continue;
    const folder = path.join(cacheFolder(), entry);
    // Another process may be removing the same one.
    const found = await stat(folder).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(folder, { recursive: true, force: true });
  }
}
