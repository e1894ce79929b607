import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buildCompanion } from "../../workbench/session/companion.ts";
import { finishedMainJob } from "../../workbench/session/mainJob.ts";
import { openSandboxSession } from "../../workbench/session/sandboxSession.ts";
import { openServerWindow } from "../../workbench/session/serverWindow.ts";
import type { Log } from "../../tools/toolCache.mjs";
import type { ExtensionPackage } from "./packageExtension.ts";
import { type QueryTrial, queryTrial } from "./queryTrial.ts";

/** A finished export of the sandbox, downloaded with the installed package. */
const taskId = "12345";

/**
 * Installs a package into a VS Code that never ran before, and does the main job and a query with it.
 *
 * @throws Error if another file was downloaded than the sandbox has, or if the query's answer is wrong
 */
export async function tryPackage(made: ExtensionPackage, log: Log): Promise<void> {
  const signal = AbortSignal.timeout(5 * 60_000);
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-package-"));
  try {
    const query = await queryTrial(path.join(folder, "query"), made.target);
    await tryInWindow(made, { folder, query, log, signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Trial {
  folder: string;
  query: QueryTrial;
  log: Log;
  signal: AbortSignal;
}

async function tryInWindow({ file }: ExtensionPackage, { folder, query, log, signal }: Trial): Promise<void> {
  const resultFile = path.join(folder, "result.json");
  const workspace = path.join(folder, "workspace");
  await mkdir(workspace);
  const session = await openSandboxSession({
    file: path.join(folder, "session.json"),
    once: { taskId, resultFile },
    log,
    signal,
  });
  try {
    const window = await openServerWindow({
      userDataDir: path.join(folder, "vscode"),
      workspace,
      extensions: [await buildCompanion(path.join(folder, "companion")), query.extension],
      packages: [file],
      settings: {},
      env: { ...session.env, ...query.env },
      log,
      signal,
    });
    try {
      const files = await finishedMainJob(window, resultFile, signal);
      const expected = await session.sandbox.expectedFiles(taskId);
      assert(expected.length > 0);
      assert.deepEqual(
        files.map(({ sha256 }) => sha256),
        expected.map(({ sha256 }) => sha256),
      );
      await query.check(signal);
    } finally {
      await window.close();
    }
  } finally {
    await session.close();
  }
}
