/**
 * The way into every script of this project from a fresh clone: `node scripts/run.mjs <name> [arguments]`. Needs nothing
 * but Node and npm, installs the rest, and runs `scripts/<name>.ts` on the Node that the project pins.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ensureTool, needsPackagedBrowser, serverTool } from "../tools/toolCache.mjs";

const oldestNode = 20;
const pinnedNode = 24;
const endingSignals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

async function main() {
  const [name, ...args] = process.argv.slice(2);
  const program = path.join(root, "scripts", `${name}.ts`);
  if (name === undefined || !existsSync(program)) fail(`There is no script of this name: ${name ?? "(none given)"}`);
  if (majorOf(process.versions.node) < oldestNode) {
    fail(`Node ${oldestNode} or newer is needed; this is Node ${process.versions.node}.`);
  }
  if (!isInstalled()) await Promise.all([installPackages(), installTools(toolsFor(name, args))]);
  runPinned(program, args);
}

/** Whether node_modules holds what the lock file says; npm leaves a list of what it put there. */
function isInstalled() {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const installed = readPackages(path.join(root, "node_modules", ".package-lock.json"));
  return Object.entries(wanted).every(
    ([folder, { version, optional, devOptional }]) =>
      folder === "" || optional || devOptional || installed[folder]?.version === version,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} by folder
 */
function readPackages(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, "utf8")).packages : {};
}

async function installPackages() {
  console.log("Installing this project's packages (npm ci)");
  const npmProgram = process.env["npm_execpath"];
  const npm = npmProgram?.endsWith("npm-cli.js")
    ? spawn(process.execPath, [npmProgram, "ci"], { cwd: root, stdio: "inherit" })
    : spawn("npm", ["ci"], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  const status = await new Promise((resolve) => npm.once("error", resolve).once("close", resolve));
  if (status !== 0) fail("npm could not install this project's packages; its own message is above.");
}

/**
 * Installs tools beside the packages: on a machine that has neither both take about as long. What cannot be installed is
 * left to the script, which tries itself when it needs it and tells why.
 * @param {readonly import("../tools/toolCache.mjs").ToolName[]} names
 */
async function installTools(names) {
  await Promise.allSettled(names.map((name) => ensureTool(name, console.log)));
}

/**
 * What a script certainly needs.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {import("../tools/toolCache.mjs").ToolName[]}
 */
function toolsFor(name, args) {
  const isWholeTest = name === "test" && args.length === 0;
  if (isWholeTest || (name === "start" && !mayHaveDesktop())) {
    return [serverTool(), "azurite", ...(needsPackagedBrowser() ? /** @type {const} */ (["browser"]) : [])];
  }
  return name === "start" ? ["azurite"] : [];
}

/** Whether a desktop VS Code could be used, as far as that is known without looking for one. */
function mayHaveDesktop() {
  const { TASK_EXPORTS_VSCODE: given, DISPLAY: x11, WAYLAND_DISPLAY: wayland, PATH: searchPath = "" } = process.env;
  if (given === "none" || given === "oldest") return false;
  const hasVirtualScreen = searchPath.split(path.delimiter).some((folder) => existsSync(path.join(folder, "xvfb-run")));
  return process.platform !== "linux" || [x11, wayland].some((screen) => screen) || hasVirtualScreen;
}

function findPinnedNode() {
  const pinned = path.join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(pinned)) return pinned;
  if (majorOf(process.versions.node) >= pinnedNode) return process.execPath;
  return fail(
    `Node ${pinnedNode} is missing in node_modules, because npm was told not to run install scripts. ` +
      "Run: npm rebuild node --ignore-scripts=false",
  );
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function runPinned(program, args) {
  const node = findPinnedNode();
  const searchPath = [path.dirname(node), path.join(root, "node_modules", ".bin"), process.env["PATH"]];
  const child = spawn(node, [program, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: searchPath.join(path.delimiter) },
  });
  // The script ends by itself what it started; this program waits for it, so that the terminal comes back last.
  for (const signal of endingSignals) process.on(signal, () => child.kill(signal));
  if (process.env["npm_lifecycle_event"]) whenOrphaned(() => child.kill("SIGTERM"));
  child.once("error", (error) => fail(`${node} could not be started: ${error.message}`));
  child.once("exit", (exitCode) => {
    process.exitCode = exitCode ?? 1;
  });
}

/**
 * A signal to npm ends npm and its shell, and does not come further. Without a parent there is nobody left who would
 * end this program.
 * @param {() => void} action
 */
function whenOrphaned(action) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    action();
  }, 1000);
  timer.unref();
}

/** @param {string} version */
function majorOf(version) {
  return Number(version.split(".")[0]);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

await main();
