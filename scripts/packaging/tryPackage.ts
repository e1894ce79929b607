import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buildCompanion } from "../../workbench/session/companion.ts";
import { finishedMainJob } from "../../workbench/session/mainJob.ts";
import { openSandboxSession } from "../../workbench/session/sandboxSession.ts";
import { openServerWindow } from "../../workbench/session/serverWindow.ts";
import type { Log } from "../../tools/toolCache.mjs";

/**
 * Installs a VSIX into a VS Code that never ran before and does the main job from it.
 * @returns SHA-256 of the downloaded files, and of what the sandbox says they should be
 */
export async function tryPackage(
  vsix: string,
  taskId: string,
  log: Log,
): Promise<{ downloaded: string[]; expected: string[] }> {
  const signal = AbortSignal.timeout(5 * 60_000);
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-package-"));
  const resultFile = path.join(folder, "result.json");
  const workspace = path.join(folder, "workspace");
  await mkdir(workspace);
  try {
    const once = { taskId, resultFile };
    const session = await openSandboxSession({ file: path.join(folder, "session.json"), once, log, signal });
    try {
      const window = await openServerWindow({
        userDataDir: path.join(folder, "vscode"),
        workspace,
        extensions: [await buildCompanion(path.join(folder, "companion"))],
        packages: [vsix],
        settings: {},
        env: session.env,
        log,
        signal,
      });
      try {
        const files = await finishedMainJob(window, resultFile, signal);
        const expected = await session.sandbox.expectedFiles(taskId);
        return { downloaded: files.map(({ sha256 }) => sha256), expected: expected.map(({ sha256 }) => sha256) };
      } finally {
        await window.close();
      }
    } finally {
      await session.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
