import { link, lstat, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { t } from "@vscode/l10n";

import { cancelled, ExportError, throwIfCancelled } from "../model/exportError.ts";
import { saysMissing, systemCode } from "../model/systemCode.ts";
import { copyToNewFile } from "./newFile.ts";
import { openOwnFile, removeOwnFile } from "./ordinaryFile.ts";
import { flushFile, flushFolder, restrictToOwner } from "./unsupported.ts";
import { nameTaken } from "./diskErrors.ts";
import { fromFileSystem } from "./fileSystemErrors.ts";
import { addToBaseName } from "./fileNames.ts";

/** For tests: replaces the disk and the clock. */
export interface PlaceOptions {
  readonly rename?: (from: string, to: string) => Promise<void>;
  readonly link?: (existing: string, name: string) => Promise<void>;
  /** How long a refused rename is retried; default 10 s. */
  readonly giveUpAfterMs?: number;
}

/** What to do if another file has the name: replace it, use `name (2).csv` instead, or fail. */
export type IfTaken = "overwrite" | "keepBoth" | "fail";

/** How to give a file its name. */
export interface Placing {
  readonly choice: IfTaken;
  readonly signal: AbortSignal;
  /** With `keepBoth`: whether a file that has the name already is as good, so that nothing is placed. */
  readonly isAsGood?: (taken: string) => Promise<boolean>;
}

/** Windows refuses with these codes while a virus scanner or an indexer has the file open. */
const retryableCodes = new Set(["EPERM", "EACCES", "EBUSY"]);
const mostCopies = 9_999;

/**
 * Gives a complete part its final name. The bytes are flushed before the name appears, and only the owner can read the
 * file. `overwrite` replaces an existing file in one step. `keepBoth` never replaces a file: if the name is taken, even
 * at the last moment, it uses `name (2).csv` and so on. `fail` never replaces a file either.
 *
 * @returns the path used
 * @throws ExportError `diskFull`, `notWritable` (both with `details.path`), `fileExists` if no name is free,
 * `cancelled`; the part then still exists
 */
export async function placeFile(
  partPath: string,
  wantedPath: string,
  choice: IfTaken,
  signal: AbortSignal,
  options: PlaceOptions = {},
): Promise<string> {
  try {
    return await giveName(partPath, wantedPath, { choice, signal }, options);
  } catch (error) {
    throw await fromFileSystem(error, wantedPath, 0);
  }
}

/**
 * The same for a file that is not a download.
 *
 * @throws errors of the file system; ExportError `fileExists`, `cancelled`
 */
export async function giveName(
  complete: string,
  wantedPath: string,
  placing: Placing,
  options: PlaceOptions = {},
): Promise<string> {
  const { signal } = placing;
  throwIfCancelled(signal);
  await flush(complete);
  throwIfCancelled(signal);
  const patience: Patience = { rename, link, ...placing, ...options, until: deadline(options) };
  const placed = await placeOnAnyDisk(complete, wantedPath, patience);
  await flushFolder(dirname(placed));
  return placed;
}

/** Whether anything has this path, including a folder or a broken link. */
export async function finalPathTaken(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (saysMissing(error)) return false;
    throw await fromFileSystem(error, path, 0);
  }
}

interface Patience extends Placing {
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly link: (existing: string, name: string) => Promise<void>;
  /** Milliseconds of `performance.now()`. */
  readonly until: number;
}

function deadline(options: PlaceOptions): number {
  return performance.now() + (options.giveUpAfterMs ?? 10_000);
}

async function flush(path: string): Promise<void> {
  // Windows flushes only files that are open for writing.
  const file = await openOwnFile(path, "write");
  try {
    await restrictToOwner(file);
    await flushFile(file);
  } finally {
    await file.close();
  }
}

async function placeOnAnyDisk(partPath: string, wantedPath: string, patience: Patience): Promise<string> {
  const place = { overwrite: replace, keepBoth: placeBeside, fail: placeNew }[patience.choice];
  try {
    return await place(partPath, wantedPath, patience);
  } catch (error) {
    if (systemCode(error) !== "EXDEV") throw error;
    // The template has led to a folder on another disk, so the bytes have to be copied there first.
    const copy = join(dirname(wantedPath), basename(partPath));
    await removeOwnFile(copy);
    try {
      await copyToNewFile(partPath, copy, patience.signal);
      await flush(copy);
      const placed = await place(copy, wantedPath, patience);
      await removeOwnFile(partPath).catch(() => undefined);
      return placed;
    } catch (failure) {
      await removeOwnFile(copy).catch(() => undefined);
      throw patience.signal.aborted ? cancelled(failure) : failure;
    }
  }
}

async function replace(partPath: string, wantedPath: string, patience: Patience): Promise<string> {
  await patiently(() => patience.rename(partPath, wantedPath), patience);
  return wantedPath;
}

async function placeNew(partPath: string, wantedPath: string, patience: Patience): Promise<string> {
  if (await placeAt(partPath, wantedPath, patience)) return wantedPath;
  throw nameTaken(wantedPath);
}

async function placeBeside(partPath: string, wantedPath: string, patience: Patience): Promise<string> {
  for (let copy = 1; copy <= mostCopies; copy++) {
    throwIfCancelled(patience.signal);
    const candidate = copy === 1 ? wantedPath : numbered(wantedPath, copy);
    if (await placeAt(partPath, candidate, patience)) return candidate;
    if ((await patience.isAsGood?.(candidate)) === true) return candidate;
  }
  throw new ExportError("fileExists", t("Too many files named {0} exist. Delete some of them.", wantedPath), {
    details: { path: wantedPath },
  });
}

function numbered(path: string, copy: number): string {
  return join(dirname(path), addToBaseName(basename(path), ` (${copy})`));
}

/**
 * Claims one name; false if it is taken. Only a hard link claims a name and gives it to the complete file in one step.
 * Until the part's name is removed, both names are the same file. If the process is killed in between, the next call
 * recognizes that.
 */
async function placeAt(partPath: string, candidate: string, patience: Patience): Promise<boolean> {
  try {
    await patience.link(partPath, candidate);
  } catch (error) {
    const code = systemCode(error);
    if (code === "EEXIST" && !(await sameFile(partPath, candidate))) return false;
    // Many network drives and memory cards don't support hard links. Other errors also occur with a reserved name.
    if (code !== "EEXIST") return placeByReserving(partPath, candidate, patience);
  }
  try {
    await patiently(() => unlink(partPath), patience);
  } catch (error) {
    // Two names for one file must not remain: the next download would write into the complete file.
    await unlink(candidate).catch(() => undefined);
    throw error;
  }
  return true;
}

/** Claims the name with an empty file and renames over it. A kill in between leaves the empty file. */
async function placeByReserving(partPath: string, candidate: string, patience: Patience): Promise<boolean> {
  try {
    await (await open(candidate, "wx", 0o600)).close();
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
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
  const [one, other] = await Promise.all([lstat(left, { bigint: true }), lstat(right, { bigint: true })]);
  return one.ino === other.ino && one.dev === other.dev && one.ino !== 0n;
}

/** Repeats a step that the disk refuses temporarily, with growing pauses, until it succeeds or time is up. */
async function patiently(step: () => Promise<void>, patience: Patience): Promise<void> {
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    try {
      await step();
      return;
    } catch (error) {
      if (!retryableCodes.has(systemCode(error) ?? "") || performance.now() + pauseMs > patience.until) throw error;
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
