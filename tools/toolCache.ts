import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { installOnce, type InstallStep, type Log } from "./installOnce.ts";

export type { Log } from "./installOnce.ts";

/** A program too large for every `npm ci` of this project; it is installed once, outside the checkout. */
export type ToolName = "vscode-server" | "azurite" | "browser";

interface Tool {
  title: string;
  /** How long an installation takes, for the person who waits. */
  duration: string;
  steps: readonly InstallStep[];
}

const toolsFolder = import.meta.dirname;

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
 * first time. The folder's name holds what the installation depends on, so another version never meets an old folder.
 */
export async function ensureTool(name: ToolName, log: Log, signal?: AbortSignal): Promise<string> {
  const folder = path.join(cacheFolder(), `${name}-${await fingerprint(name)}`);
  await installOnce({ ...tools[name], source: path.join(toolsFolder, name), folder }, log, signal);
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
