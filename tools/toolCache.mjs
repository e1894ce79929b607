import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { installOnce } from "./installOnce.mjs";

/** @typedef {import("./installOnce.mjs").Log} Log */
/** @typedef {import("./installOnce.mjs").InstallStep} InstallStep */

/**
 * A program too large for every `npm ci` of this project; it is installed once, outside the checkout.
 * @typedef {"vscode-server" | "oldest-vscode-server" | "azurite" | "browser"} ToolName
 */

/**
 * @typedef {object} Tool
 * @property {string} title
 * @property {string} duration How long an installation takes, for the person who waits.
 * @property {readonly InstallStep[]} steps
 */

const toolsFolder = path.dirname(fileURLToPath(import.meta.url));

/** @type {InstallStep} */
const install = { program: "npm", folder: ".", args: ["ci", "--ignore-scripts"] };
const vscodeFolder = path.join("node_modules", "code-server", "lib", "vscode");
/**
 * What the server loads of its native packages and what is not in its package ready to run, as node-pty's and the file
 * watcher's programs are. Only VS Code's agents load a database (whose compilation takes as long as all else together).
 * @param {string} watchdog The package that ends an extension host without a parent.
 * @returns {readonly InstallStep[]}
 */
const serverPackages = (watchdog) => [
  { program: "npm", folder: vscodeFolder, args: ["install", "--omit=dev", "--ignore-scripts"] },
  { program: "npm", folder: vscodeFolder, args: ["rebuild", "@vscode/spdlog", watchdog] },
];

/** @type {Readonly<Record<ToolName, Tool>>} */
const tools = {
  "vscode-server": {
    title: "VS Code's server",
    duration: "a minute",
    steps: [install, ...serverPackages("@vscode/native-watchdog")],
  },
  "oldest-vscode-server": {
    title: "the server of the oldest supported VS Code",
    duration: "a minute",
    steps: [
      install,
      { program: "npm", folder: ".", args: ["rebuild", "argon2", "node"] },
      { program: "node", folder: ".", args: ["watcherFromNpm.mjs"] },
      ...serverPackages("native-watchdog"),
    ],
  },
  azurite: { title: "Azurite, the sandbox's file store", duration: "20 seconds", steps: [install] },
  browser: {
    title: "a headless browser",
    duration: "10 seconds",
    steps: [install, { program: "node", folder: ".", args: ["unpack.mjs"] }],
  },
};

/** The folder of everything that outlives a checkout. */
export function cacheFolder() {
  const base = process.env["XDG_CACHE_HOME"];
  return path.join(base ? path.resolve(base) : path.join(os.homedir(), ".cache"), "task-exports");
}

/** Whether the browser that is used is the packaged one: on Linux x64, unless another one is given. */
export function needsPackagedBrowser() {
  return !process.env["TASK_EXPORTS_BROWSER"] && process.platform === "linux" && process.arch === "x64";
}

/**
 * Which server takes part: that of the newest VS Code, or with `TASK_EXPORTS_VSCODE=oldest` that of the oldest one that
 * package.json names.
 * @returns {ToolName}
 */
export function serverTool() {
  return process.env["TASK_EXPORTS_VSCODE"] === "oldest" ? "oldest-vscode-server" : "vscode-server";
}

/**
 * Answers the folder in which a tool is installed (its packages are under `node_modules`), and installs it there the
 * first time. The folder's name holds what the installation depends on, so another version never meets an old folder.
 * @param {ToolName} name
 * @param {Log} log
 * @param {AbortSignal} [signal]
 */
export async function ensureTool(name, log, signal) {
  const folder = path.join(cacheFolder(), `${name}-${await fingerprint(name)}`);
  await installOnce({ ...tools[name], source: path.join(toolsFolder, name), folder }, log, signal);
  return folder;
}

/**
 * The same for every Node: native packages are compiled against Node-API, which does not change.
 * @param {ToolName} name
 */
async function fingerprint(name) {
  const hash = createHash("sha256");
  for (const file of (await readdir(path.join(toolsFolder, name))).sort()) {
    if (file !== "node_modules") hash.update(await readFile(path.join(toolsFolder, name, file)));
  }
  return hash
    .update(JSON.stringify([tools[name].steps, process.platform, process.arch]))
    .digest("hex")
    .slice(0, 16);
}
