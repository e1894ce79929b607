import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { runNode, runNpm } from "./installCommand.mjs";

/** @typedef {(line: string) => void} Log Takes one line of progress for the person in front of the terminal. */

/**
 * One command of an installation, in a folder of the tool.
 * @typedef {object} InstallStep
 * @property {"npm" | "node"} program
 * @property {string} folder
 * @property {readonly string[]} args
 */

/**
 * @typedef {object} Installation
 * @property {string} title
 * @property {string} duration How long it takes, for the person who waits.
 * @property {string} source What it begins with; copied without its `node_modules`.
 * @property {readonly InstallStep[]} steps
 * @property {string} folder Where it ends.
 */

const completeMarker = ".complete";
/** Beyond this age a half-made folder belongs to a process that was killed. */
const abandonedAfterMs = 60 * 60 * 1000;

/**
 * By folder, what this process is installing. Resolves when it ended, well or not.
 * @type {Map<string, Promise<void>>}
 */
const underWay = new Map();

/**
 * Installs a tool unless it is there. A half-made one is never used: it is built beside its place and renamed when
 * whole, so two processes may do so at once. Within one process the second caller waits for the first, and tries itself
 * when the first one failed or was ended.
 * @param {Installation} installation
 * @param {Log} log
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export async function installOnce(installation, log, signal) {
  const { folder, title, duration } = installation;
  for (let other = underWay.get(folder); other; other = underWay.get(folder)) {
    log(`Waiting until ${title} is installed`);
    await other;
    signal?.throwIfAborted();
  }
  if (existsSync(path.join(folder, completeMarker))) return;

  log(`Installing ${title} (about ${duration}, once) into ${folder}`);
  const installing = install(installation, signal).finally(() => underWay.delete(folder));
  underWay.set(
    folder,
    installing.catch(() => undefined),
  );
  await installing;
  log(`Installed ${title}`);
}

/**
 * @param {Installation} installation
 * @param {AbortSignal | undefined} signal
 */
async function install(installation, signal) {
  const { folder } = installation;
  await mkdir(path.dirname(folder), { recursive: true });
  await removeAbandoned(path.dirname(folder));
  const unfinished = `${folder}.${randomUUID()}.unfinished`;
  try {
    await build(installation, unfinished, signal);
    await takePlace(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * @param {Installation} installation
 * @param {string} folder
 * @param {AbortSignal | undefined} signal
 */
async function build({ source, steps }, folder, signal) {
  await cp(source, folder, { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
  for (const { program, folder: stepFolder, args } of steps) {
    const run = program === "npm" ? runNpm : runNode;
    await run(path.join(folder, stepFolder), args, signal);
  }
  await writeFile(path.join(folder, completeMarker), "");
}

/**
 * @param {string} unfinished
 * @param {string} folder
 */
async function takePlace(unfinished, folder) {
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Another process was faster; what it installed is the same.
    if (!existsSync(path.join(folder, completeMarker))) throw error;
  }
}

/** @param {string} cacheFolder */
async function removeAbandoned(cacheFolder) {
  for (const entry of await readdir(cacheFolder)) {
    if (!entry.endsWith(".unfinished")) continue;
    const folder = path.join(cacheFolder, entry);
    // Another process may be removing the same one.
    const found = await stat(folder).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(folder, { recursive: true, force: true });
  }
}
