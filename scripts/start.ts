/**
 * Task Exports in a real VS Code, with the sandbox's accounts ready: `npm start`. With `--once <taskId>` the main job is
 * done there without a person: the task is downloaded and opened, its files and a screenshot are told.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { findDesktop } from "../workbench/host/desktop.ts";
import { buildCompanion } from "../workbench/session/companion.ts";
import { openDesktopWindow } from "../workbench/session/desktopWindow.ts";
import { finishedMainJob } from "../workbench/session/mainJob.ts";
import { openInBrowser } from "../workbench/session/openInBrowser.ts";
import { openSandboxSession } from "../workbench/session/sandboxSession.ts";
import { openServerWindow, startPreparedServer } from "../workbench/session/serverWindow.ts";
import type { VscodeWindow, WindowOptions } from "../workbench/session/vscodeWindow.ts";
import { root } from "../project/checkout.ts";
import { runProgram } from "../project/program.ts";

/** Outlives the session: what was downloaded, and screenshots. */
const keptFolder = path.join(root, "out", "start");

function log(line: string): void {
  console.log(line);
}

async function main(signal: AbortSignal): Promise<void> {
  const { values } = parseArgs({ options: { once: { type: "string" } } });
  log("Building the extension");
  if ((await runProgram(["esbuild.mjs"])) !== 0) throw new Error("The extension could not be built.");

  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-start-"));
  try {
    const resultFile = path.join(folder, "result.json");
    const session = await openSandboxSession({
      file: path.join(folder, "session.json"),
      ...(values.once && { once: { taskId: values.once, resultFile } }),
      log,
      signal,
    });
    try {
      const options = await windowOptions(folder, session.env, signal);
      if (values.once) await doOnce(values.once, resultFile, options);
      else await openForPerson(options);
    } finally {
      await session.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function windowOptions(folder: string, env: Record<string, string>, signal: AbortSignal): Promise<WindowOptions> {
  const workspace = path.join(folder, "workspace");
  const downloadFolder = path.join(keptFolder, "exports");
  await mkdir(workspace);
  await mkdir(downloadFolder, { recursive: true });
  return {
    userDataDir: path.join(folder, "vscode"),
    workspace,
    extensions: [root, await buildCompanion(path.join(folder, "companion"))],
    settings: { "taskExports.downloadFolder": downloadFolder },
    env,
    log,
    signal,
  };
}

async function doOnce(taskId: string, resultFile: string, options: WindowOptions): Promise<void> {
  const desktop = await findDesktop(log);
  log(`Opening ${desktop ? "VS Code" : "VS Code's server in a headless browser"}`);
  const window = await (desktop ? openDesktopWindow(desktop, options) : openServerWindow(options));
  const screenshot = path.join(keptFolder, `task-${taskId.replaceAll(/\W/gu, "-")}.png`);
  try {
    const files = await finishedMainJob(window, resultFile, options.signal);
    await window.saveScreenshot(screenshot);
    for (const file of files) log(`${file.path}\n  ${file.bytes} bytes\n  SHA-256 ${file.sha256}`);
    log(`Screenshot: ${screenshot}`);
  } catch (error) {
    await keepPicture(window, screenshot);
    throw error;
  } finally {
    await window.close();
  }
}

/** A picture of a failure helps, but the failure is what counts. */
async function keepPicture(window: VscodeWindow, file: string): Promise<void> {
  await window.saveScreenshot(file).then(
    () => log(`Screenshot: ${file}`),
    () => undefined,
  );
}

async function openForPerson(options: WindowOptions): Promise<void> {
  const desktop = await findDesktop(log);
  if (desktop) {
    const window = await openDesktopWindow(desktop, options);
    log("VS Code is open with both sandbox accounts. Close it or press Ctrl+C to stop.");
    await Promise.race([window.closed, ended(options.signal)]);
    await window.close();
    return;
  }
  const server = await startPreparedServer(options);
  const url = server.url({ folder: options.workspace });
  log(`VS Code with both sandbox accounts is at\n\n  ${url}\n\nPress Ctrl+C to stop.`);
  openInBrowser(url);
  await ended(options.signal);
  await server.close();
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });
}

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => interrupt.abort());
}
try {
  await main(interrupt.signal);
} catch (error) {
  if (!interrupt.signal.aborted) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
