import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { OnceResult } from "../../sandbox/companion/session.ts";
import type { DownloadedFile } from "../../src/model/contract.ts";
import type { VscodeWindow } from "./vscodeWindow.ts";

/** The time from the start of VS Code until the export is open. */
const jobLimitMs = 180_000;
const lookAgainMs = 200;

/** A downloaded file on the disk. */
export interface ExportOnDisk {
  path: string;
  bytes: number;
  /** Lower-case hex, computed from the disk. */
  sha256: string;
}

/**
 * Waits until the companion extension has done the main job and the export is visible, and checks the files.
 *
 * @throws with a sentence for people if the job failed or a file is not as reported
 */
export async function finishedMainJob(
  window: VscodeWindow,
  resultFile: string,
  signal: AbortSignal,
): Promise<ExportOnDisk[]> {
  const outcome = await awaitResult(window, resultFile, signal);
  if (!outcome.ok) {
    throw new Error(`The task was not downloaded${outcome.code ? ` (${outcome.code})` : ""}: ${outcome.message}`);
  }
  const files = await Promise.all(outcome.result.files.map(lookAt));
  await window.tablePainted();
  return files;
}

async function awaitResult(window: VscodeWindow, resultFile: string, signal: AbortSignal): Promise<OnceResult> {
  const seen = { closed: false };
  void window.closed.then(() => (seen.closed = true));
  const limit = Date.now() + jobLimitMs;
  while (Date.now() < limit) {
    // Checked before the file, so that a result that was written last is still found.
    const wasClosed = seen.closed;
    const text = await readFile(resultFile, "utf8").catch(() => undefined);
    if (text !== undefined) return JSON.parse(text) as OnceResult;
    if (wasClosed) throw new Error("VS Code ended before the task was downloaded.");
    await delay(lookAgainMs, undefined, { signal });
  }
  throw new Error(`The task was not downloaded within ${jobLimitMs / 1000} s.`);
}

async function lookAt(file: DownloadedFile): Promise<ExportOnDisk> {
  const path = fileURLToPath(file.uri);
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  const found: ExportOnDisk = { path, bytes: (await stat(path)).size, sha256: hash.digest("hex") };
  if (found.sha256 !== file.sha256 || found.bytes !== file.bytes) {
    throw new Error(
      `${path} is not the file that the extension reported: ${JSON.stringify({ found, reported: file })}`,
    );
  }
  return found;
}
