import { randomUUID } from "node:crypto";
import { lstat, lutimes } from "node:fs/promises";
import { hostname } from "node:os";
import * as v from "valibot";
import { ExportError } from "../model/exportError.ts";
import { isRunning } from "../model/runningProcess.ts";
import { systemCode } from "../model/systemCode.ts";
import { createWithText, replaceWithText } from "./newFile.ts";
import { openOwnFile, readOwnText, removeOwnFile } from "./ordinaryFile.ts";

/** A process ID below 1 would mean a group of processes. */
const lockContent = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  host: v.string(),
  token: v.string(),
});
type LockContent = v.InferOutput<typeof lockContent>;

const heartbeatMs = 2000;
/** A lock that was not touched for this long is abandoned, even if its process can't be checked. */
const staleAfterMs = 15_000;
/** A process that runs touches its lock within this time, even on FAT, which rounds times to 2 seconds. */
const observedMs = 2.5 * heartbeatMs;
/** No lock is larger. */
const mostBytes = 4096;

/** A clock, as far as a lock needs one. */
interface Waits {
  /** Rejects with `cancelled` as soon as the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The right to do something, such as writing a part, held by one process at a time. */
export interface FileLock {
  /** Aborted when the lock is lost, for example because the computer slept and another process took it over. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Takes a lock, even one that a dead process left behind.
 *
 * @returns undefined while a running process holds it.
 * @throws ExportError `cancelled`
 */
export async function tryLock(path: string, clock: Waits, signal: AbortSignal): Promise<FileLock | undefined> {
  const token = randomUUID();
  const text = JSON.stringify({ pid: process.pid, host: hostname(), token } satisfies LockContent);
  if (await createWithText(path, text)) return heldLock(path, token, text);
  if (await isHeld(path)) return undefined;
  return (await takeOver(path, text, clock, signal)) ? heldLock(path, token, text) : undefined;
}

/** Whether a running process seems to hold the lock. Answers at once, without watching the lock for a while. */
export async function isHeld(path: string): Promise<boolean> {
  const holder = await readLock(path);
  return mayBeAlive(holder) && !(await isStale(path));
}

/** Whether a file is a lock, and not something else with its name. */
export async function isOwnLock(path: string): Promise<boolean> {
  return typeof (await readLock(path)) === "object";
}

/** If several processes find an abandoned lock, only one may replace it. A second lock ensures that. */
async function takeOver(path: string, text: string, clock: Waits, signal: AbortSignal): Promise<boolean> {
  const guard = `${path}.takeover`;
  if (!(await createWithText(guard, text))) {
    if (!(await isHeld(guard))) await removeOwnFile(guard);
    return false;
  }
  try {
    if (await isTouched(path, clock, signal)) return false;
    if (await isHeld(path)) return false;
    await replaceWithText(path, text);
    return true;
  } finally {
    await removeOwnFile(guard);
  }
}

/**
 * Whether a process touches the lock while this one watches. The date of a lock proves little: the clocks of two
 * computers differ, and after sleep every lock looks abandoned until its process has had time to touch it.
 */
async function isTouched(path: string, clock: Waits, signal: AbortSignal): Promise<boolean> {
  if (!mayBeAlive(await readLock(path))) return false;
  const before = await touchedAt(path);
  await clock.wait(observedMs, signal);
  return (await touchedAt(path)) !== before;
}

function heldLock(path: string, token: string, text: string): FileLock {
  const lost = new AbortController();
  let beat: Promise<void> = Promise.resolve();
  const takenAt = Date.now();
  const timer = setInterval(() => {
    beat = keepAlive({ path, token, text }, lost);
  }, heartbeatMs);
  timer.unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await beat;
      // Nobody takes over a lock that is as fresh as this. The clock may have been set back.
      const isFresh = Math.abs(Date.now() - takenAt) < heartbeatMs;
      // A lock that can't be removed counts as abandoned soon.
      if (isFresh || (await holds(path, token))) await removeOwnFile(path).catch(() => undefined);
    },
  };
}

interface HeldFile {
  readonly path: string;
  readonly token: string;
  readonly text: string;
}

async function keepAlive({ path, token, text }: HeldFile, lost: AbortController): Promise<void> {
  try {
    if (await holds(path, token)) await touch(path, text);
    else lost.abort();
  } catch {
    // Touching the file failed this time. The timer will try again.
  }
}

async function touch(path: string, text: string): Promise<void> {
  const now = new Date();
  try {
    await lutimes(path, now, now);
  } catch {
    // Some network drives don't let dates be set. Writing sets them as well.
    const file = await openOwnFile(path, "write");
    try {
      await file.write(text, 0);
    } finally {
      await file.close();
    }
  }
}

async function holds(path: string, token: string): Promise<boolean> {
  const holder = await readLock(path);
  return typeof holder === "object" && holder.token === token;
}

/** `none` also if something else has the name of the lock: no process of ours has created that. */
async function readLock(path: string): Promise<LockContent | "none" | "unreadable"> {
  let text: string;
  try {
    text = await readOwnText(path, mostBytes);
  } catch (error) {
    return error instanceof ExportError || systemCode(error) === "ENOENT" ? "none" : "unreadable";
  }
  try {
    const parsed = v.safeParse(lockContent, JSON.parse(text));
    return parsed.success ? parsed.output : "unreadable";
  } catch {
    return "unreadable";
  }
}

/** A lock that can't be read may just be being written, or belong to another user. */
function mayBeAlive(holder: LockContent | "none" | "unreadable"): boolean {
  if (typeof holder === "string") return holder === "unreadable";
  return holder.host !== hostname() || isRunning(holder.pid);
}

/** A date in the future says as little as an old one. */
async function isStale(path: string): Promise<boolean> {
  const touched = await touchedAt(path);
  return touched === undefined || !(Math.abs(Date.now() - touched) <= staleAfterMs);
}

async function touchedAt(path: string): Promise<number | undefined> {
  try {
    return (await lstat(path)).mtimeMs;
  } catch {
    return undefined;
  }
}
