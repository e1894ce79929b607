import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import type { runTests } from "@vscode/test-electron";
import type { Log } from "../../tools/toolCache.mjs";
import { launchBrowser } from "./browser.ts";
import { type DesktopVscode, findDesktop } from "./desktop.ts";
import { installFromFolder } from "./installedExtension.ts";
import { type IntegrationResults, readResults, resultsVariable, suiteLineMark } from "./integrationResults.ts";
import { endProcessTree, startProcessTree } from "../../project/processTree.ts";
import { startServer } from "./vscodeServer.ts";
import { loadLimitMs } from "./workbenchUrl.ts";

export interface IntegrationRun {
  extensionPath: string;
  /** Folders of built extensions that run beside it. */
  others?: readonly string[];
  /** A module whose `run()` runs the suite; see `runMocha`. */
  suitePath: string;
  /** The folder that is opened for the suite. */
  workspace: string;
  /** Environment variables for the extension host. */
  env?: Readonly<Record<string, string>>;
  /** Opens the workspace in Restricted Mode. */
  trust?: boolean;
  timeLimitMs?: number;
  /** Inspects what VS Code has written before it is removed. */
  inspect?: (folder: string) => Promise<void>;
  log: Log;
}

export interface IntegrationOutcome extends IntegrationResults {
  /** Whether the suite ran to its end. If not, it counts as one failure, and `output` may say why. */
  finished: boolean;
  /** The output of VS Code without the lines of the suite. */
  output: string;
}

/** The folders and options of one run. */
interface Stage extends IntegrationRun {
  folder: string;
  env: Readonly<Record<string, string>>;
  signal: AbortSignal;
  tell: (line: string) => void;
}

/**
 * Runs a suite inside the extension host of a real VS Code: a desktop one if there is one, otherwise VS Code's server
 * with a headless browser. A suite that ends without results counts as one failure.
 */
export async function runIntegration(run: IntegrationRun): Promise<IntegrationOutcome> {
  const { timeLimitMs = 10 * 60_000, log } = run;
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-integration-"));
  const resultsFile = path.join(folder, "results.json");
  const otherLines: string[] = [];
  const limit = new AbortController();
  const timer = setTimeout(
    () => limit.abort(new Error(`The suite was not finished after ${timeLimitMs / 1000} s.`)),
    timeLimitMs,
  );
  const stage: Stage = {
    ...run,
    folder,
    env: { ...run.env, [resultsVariable]: resultsFile },
    signal: limit.signal,
    tell: (line) => {
      if (line.startsWith(suiteLineMark)) log(line.slice(suiteLineMark.length));
      else otherLines.push(line);
    },
  };
  try {
    // The test runner for the desktop always disables workspace trust.
    const desktop = run.trust ? undefined : await findDesktop(log);
    await (desktop ? runOnDesktop(desktop, stage) : runOnServer(stage));
  } catch (error) {
    otherLines.push(String(error));
  } finally {
    clearTimeout(timer);
  }
  const results = await readResults(resultsFile);
  await run.inspect?.(folder);
  await rm(folder, { recursive: true, force: true });
  return {
    ...(results ?? { passed: 0, failed: 1 }),
    finished: results !== undefined,
    output: otherLines.join("\n"),
  };
}

async function runOnDesktop(desktop: DesktopVscode, { folder, signal, tell, ...run }: Stage): Promise<void> {
  const options: Parameters<typeof runTests>[0] = {
    vscodeExecutablePath: desktop.command,
    extensionDevelopmentPath: [run.extensionPath, ...(run.others ?? [])],
    extensionTestsPath: run.suitePath,
    extensionTestsEnv: { ...run.env },
    launchArgs: [
      ...desktop.leadingArgs,
      run.workspace,
      ...["--user-data-dir", path.join(folder, "user-data"), "--extensions-dir", path.join(folder, "extensions")],
      "--disable-telemetry",
    ],
  };
  const program = path.join(import.meta.dirname, "desktopTests.ts");
  const tests = startProcessTree(process.execPath, [program, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    for (const stream of [tests.stdout, tests.stderr]) {
      if (stream) createInterface(stream).on("line", tell);
    }
    await Promise.race([new Promise((resolve) => tests.once("close", resolve)), aborted(signal)]);
  } finally {
    await endProcessTree(tests);
  }
}

async function runOnServer({ folder, signal, tell, ...run }: Stage): Promise<void> {
  // A page of the server runs only one extension from its folder.
  for (const other of run.others ?? []) await installFromFolder(other, path.join(folder, "extensions"));
  const server = await startServer({
    userDataDir: folder,
    development: true,
    env: run.env,
    trust: run.trust ?? false,
    log: run.log,
    signal,
  });
  try {
    const browser = await launchBrowser(run.log);
    try {
      const page = await browser.newPage();
      await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) =>
        tell(args.map(String).join(" ")),
      );
      let end: (exitCode: number) => void;
      const ended = new Promise((resolve) => (end = resolve));
      await page.exposeFunction("codeAutomationExit", (exitCode: number) => end(exitCode));
      await page.goto(
        server.url({
          folder: run.workspace,
          extensionDevelopmentPath: run.extensionPath,
          extensionTestsPath: run.suitePath,
        }),
        { timeout: loadLimitMs },
      );
      await Promise.race([ended, aborted(signal)]);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener("abort", () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error("The run was ended.")),
    ),
  );
}
