import { link, lstat, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { t } from "@vscode/l10n";

import { cancelled, ExportError, throwIfCancelled } from "../../model/exportError.ts";
import { addToBaseName } from "./fileNames.ts";

/** What tests put in the place of the disk and the clock. */
export interface PlaceOptions {
  readonly rename?: (from: string, to: string) => Promise<void>;
  readonly link?: (existing: string, name: string) => Promise<void>;
  /** How long a refused rename is tried again; default 10 s. */
  readonly giveUpAfterMs?: number;
}

/** A virus scanner or an indexer that holds a file for a moment makes Windows refuse with these. */
const retryableCodes = new Set(["EPERM", "EACCES", "EBUSY"]);
/** File systems that cannot flush a folder say so with these; the rename itself stands. */
const noFolderSync = new Set(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EISDIR", "EPERM", "EACCES", "EBADF"]);
const mostCopies = 9_999;

/**
 * Gives a whole part file its final name. The bytes are on the disk before the name is; the file is its owner's alone.
 * `overwrite` replaces what is there in one step; `keepBoth` creates the name exclusively and takes `name (2).csv` and
 * so on when it is taken, also by somebody who places at the same moment.
 *
 * @returns the path used
 * @throws ExportError `diskFull`, `notWritable` (both with `details.path`), `fileExists` when no name is free,
 *   `cancelled`; the part file is still there then
 */
export async function placeFile(
  partPath: string,
  wantedPath: string,
  choice: "overwrite" | "keepBoth",
  signal: AbortSignal,
  options: PlaceOptions = {},
): Promise<string> {
  throwIfCancelled(signal);
  try {
    await flushFile(partPath);
    throwIfCancelled(signal);
    const patience: Patience = { signal, rename, link, ...options, until: deadline(options) };
    const placed =
      choice === "overwrite"
        ? await replace(partPath, wantedPath, patience)
        : await placeBeside(partPath, wantedPath, patience);
    await flushFolder(dirname(placed));
    return placed;
  } catch (error) {
    throw placingFailed(error, wantedPath);
  }
}

/** Whether anything, be it a folder or a dangling link, already has this path. */
export async function finalPathTaken(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return false;
    throw placingFailed(error, path);
  }
}

interface Patience {
  readonly signal: AbortSignal;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly link: (existing: string, name: string) => Promise<void>;
  /** Milliseconds of `performance.now()`. */
  readonly until: number;
}

function deadline(options: PlaceOptions): number {
  return performance.now() + (options.giveUpAfterMs ?? 10_000);
}

async function flushFile(path: string): Promise<void> {
  // Windows flushes only what was opened for writing.
  const file = await open(path, "r+");
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flushFolder(path: string): Promise<void> {
  // Windows does not open folders as files, and keeps its directory entries in its journal.
  if (process.platform === "win32") return;
  try {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!noFolderSync.has(codeOf(error))) throw error;
  }
}

async function replace(partPath: string, wantedPath: string, patience: Patience): Promise<string> {
  await patiently(() => patience.rename(partPath, wantedPath), patience);
  return wantedPath;
}

async function placeBeside(partPath: string, wantedPath: string, patience: Patience): Promise<string> {
  for (let copy = 1; copy <= mostCopies; copy++) {
    throwIfCancelled(patience.signal);
    const candidate = copy === 1 ? wantedPath : numbered(wantedPath, copy);
    if (await placeAt(partPath, candidate, patience)) return candidate;
  }
  throw new ExportError(
    "fileExists",
    t("Too many files named {0} are there already. Remove some of them.", wantedPath),
    {
      details: { path: wantedPath },
    },
  );
}

function numbered(path: string, copy: number): string {
  return join(dirname(path), addToBaseName(basename(path), ` (${copy})`));
}

/**
 * Claims one name; false when it is taken. A hard link is the one way to claim a name and have the whole file under
 * it in the same step. Until the part's name goes, both are one file: whoever is killed in between finds that here.
 */
async function placeAt(partPath: string, candidate: string, patience: Patience): Promise<boolean> {
  try {
    await patience.link(partPath, candidate);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST" && !(await sameFile(partPath, candidate))) return false;
    // Many network and memory-card file systems have no hard links; what else may be wrong, the next way meets too.
    if (code !== "EEXIST") return placeByReserving(partPath, candidate, patience);
  }
  try {
    await patiently(() => unlink(partPath), patience);
  } catch (error) {
    // Two names of one file must not stay: the next download would write into the finished one.
    await unlink(candidate).catch(() => undefined);
    throw error;
  }
  return true;
}

/** Claims the name with an empty file and renames over it; a kill in between leaves that empty file. */
async function placeByReserving(partPath: string, candidate: string, patience: Patience): Promise<boolean> {
  try {
    await (await open(candidate, "wx", 0o600)).close();
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    await replace(partPath, candidate, patience);
  } catch (error) {
    await unlink(candidate).catch(() => undefined);
    throw error;
  }
  return true;
}

async function sameFile(left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all([stat(left, { bigint: true }), lstat(right, { bigint: true })]);
  return one.ino === other.ino && one.dev === other.dev && one.ino !== 0n;
}

/** Repeats what the disk refuses for the moment, with growing pauses, until it succeeds or time is up. */
async function patiently(step: () => Promise<void>, patience: Patience): Promise<void> {
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    try {
      await step();
      return;
    } catch (error) {
      if (!retryableCodes.has(codeOf(error)) || performance.now() + pauseMs > patience.until) throw error;
    }
    await pause(pauseMs, patience.signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    throw cancelled(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function placingFailed(error: unknown, path: string): ExportError {
  if (error instanceof ExportError) return error;
  const full = ["ENOSPC", "EDQUOT"].includes(codeOf(error));
  const message = full
    ? t("The disk is full, so {0} could not be finished. Free some space and resume the download.", path)
    : t("{0} could not be written ({1}). Check the folder, or choose another one.", path, codeOf(error) || "?");
  return new ExportError(full ? "diskFull" : "notWritable", message, { details: { path }, cause: error });
}
