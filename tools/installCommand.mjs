import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";

/** How many characters of a failed command's output are shown. */
const shownOutput = 4000;

/**
 * Runs npm in a folder, on the Node that runs this program. Silent unless it fails; the error ends with npm's last lines.
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export async function runNpm(folder, args, signal) {
  const quiet = [...args, "--no-audit", "--no-fund", "--no-update-notifier"];
  const npmProgram = process.env["npm_execpath"];
  if (npmProgram?.endsWith("npm-cli.js")) return run(folder, process.execPath, [npmProgram, ...quiet], signal);
  return run(folder, "npm", quiet, signal);
}

/**
 * Runs a program of the tool itself on the Node that runs this one.
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export async function runNode(folder, args, signal) {
  return run(folder, process.execPath, args, signal);
}

/**
 * @param {string} folder
 * @param {string} command
 * @param {readonly string[]} args
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
async function run(folder, command, args, signal) {
  const child = spawn(command, args, {
    cwd: folder,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
    // npm is a batch file on Windows, and those start through a shell only.
    shell: process.platform === "win32" && command === "npm",
    signal,
  });
  let output = "";
  /** @param {Buffer} chunk */
  const collect = (chunk) => {
    output = (output + chunk.toString()).slice(-shownOutput);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const exitCode = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (exitCode !== 0) {
    throw new Error(`${path.basename(command)} ${args.join(" ")} failed in ${folder}:\n${output.trim()}`);
  }
}

/** @returns {NodeJS.ProcessEnv} */
function environment() {
  const searchPath = [path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter);
  const headers = nodeHeaders();
  // Native packages are compiled on all cores.
  return { JOBS: "max", ...process.env, PATH: searchPath, ...(headers && { npm_config_nodedir: headers }) };
}

/**
 * The folder of Node's C headers on this machine, beside the Node that runs npm. With them native packages are built
 * without a download; their interface (Node-API) is the same in every Node since 20, so the exact version does not matter.
 * @returns {string | undefined}
 */
function nodeHeaders() {
  if (process.env["npm_config_nodedir"]) return undefined;
  const installation = path.resolve(process.env["npm_node_execpath"] ?? process.execPath, "..", "..");
  return existsSync(path.join(installation, "include", "node", "node_api.h")) ? installation : undefined;
}
