import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import * as v from "valibot";
import type { Clock } from "../../http/clock.ts";
import { systemCode } from "../../model/systemCode.ts";

const lockContent = v.object({ pid: v.number(), host: v.string(), token: v.string() });
type LockContent = v.InferOutput<typeof lockContent>;

const heartbeatMs = 2000;
/** A lock that was not touched for this long is abandoned, even if its process can't be checked. */
const staleAfterMs = 15_000;

/** The right to write one part, held by one process at a time. */
export interface PartLock {
  /** Aborted when the lock is lost, for example because the computer slept and another process took it over. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Takes the lock of a part, even one that a dead process left behind.
 *
 * @returns undefined while a running process holds it.
 * @throws ExportError `cancelled`
 */
export async function tryLock(path: string, clock: Clock, signal: AbortSignal): Promise<PartLock | undefined> {
  const token = randomUUID();
  const content: LockContent = { pid: process.pid, host: hostname(), token };
  if (await createExclusively(path, content)) return heldLock(path, token);
  if (await isHeld(path)) return undefined;
  return (await takeOver(path, content, clock, signal)) ? heldLock(path, token) : undefined;
}

/** Whether a running process holds the lock. */
export async function isHeld(path: string): Promise<boolean> {
  const holder = await readLock(path);
  if (holder === "none") return false;
  if (holder !== "unreadable" && holder.host === hostname() && !isAlive(holder.pid)) return false;
  return !(await isStale(path));
}

async function createExclusively(path: string, content: LockContent): Promise<boolean> {
  try {
    const handle = await open(path, "wx", 0o600);
    try {
      await handle.writeFile(JSON.stringify(content));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** If several processes find an abandoned lock, only one may replace it. A second lock ensures that. */
async function takeOver(path: string, content: LockContent, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const guard = `${path}.takeover`;
  if (!(await createExclusively(guard, content))) {
    if (await isStale(guard)) await rm(guard, { force: true });
    return false;
  }
  try {
    // After sleep, every lock looks abandoned until its process has had time to touch it.
    if (await mayHaveSlept(path)) await clock.wait(1.5 * heartbeatMs, signal);
    if (await isHeld(path)) return false;
    const fresh = `${path}.new`;
    await writeFile(fresh, JSON.stringify(content), { mode: 0o600 });
    await rename(fresh, path);
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

function heldLock(path: string, token: string): PartLock {
  const lost = new AbortController();
  let beat: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    beat = keepAlive(path, token, lost);
  }, heartbeatMs);
  timer.unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await beat;
      if (await holds(path, token)) await rm(path, { force: true });
    },
  };
}

async function keepAlive(path: string, token: string, lost: AbortController): Promise<void> {
  try {
    if (!(await holds(path, token))) lost.abort();
    else await utimes(path, new Date(), new Date());
  } catch {
    // Touching the file failed this time. The timer will try again.
  }
}

async function mayHaveSlept(path: string): Promise<boolean> {
  const holder = await readLock(path);
  return typeof holder === "object" && holder.host === hostname() && isAlive(holder.pid);
}

async function holds(path: string, token: string): Promise<boolean> {
  const holder = await readLock(path);
  return typeof holder === "object" && holder.token === token;
}

async function readLock(path: string): Promise<LockContent | "none" | "unreadable"> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    return systemCode(error) === "ENOENT" ? "none" : "unreadable";
  }
  try {
    const parsed = v.safeParse(lockContent, JSON.parse(text));
    return parsed.success ? parsed.output : "unreadable";
  } catch {
    return "unreadable";
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > staleAfterMs;
  } catch {
    return true;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process runs, but it belongs to another user, so it can't be signaled.
    return systemCode(error) === "EPERM";
  }
}
