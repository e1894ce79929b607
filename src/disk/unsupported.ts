import { type FileHandle, open } from "node:fs/promises";
import { systemCode } from "../model/systemCode.ts";

/** Codes of file systems that don't support an operation, such as FAT, network drives and some mounted folders. */
const notSupported = ["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "ENOTTY"];
/** FAT and many network drives refuse with these codes to change permissions, although the file can be written. */
const modeRefused = new Set([...notSupported, "EPERM", "EACCES"]);
const flushRefused = new Set(notSupported);
const folderFlushRefused = new Set([...notSupported, "EISDIR", "EPERM", "EACCES", "EBADF"]);

/** Lets only its owner read a file. Does nothing if the file system has no permissions. */
export async function restrictToOwner(file: FileHandle): Promise<void> {
  if (((await file.stat()).mode & 0o777) === 0o600) return;
  await ifSupported(() => file.chmod(0o600), modeRefused);
}

/** Resolves when the bytes of a file are on the disk, or when the file system can't say. */
export async function flushFile(file: FileHandle): Promise<void> {
  await ifSupported(() => file.sync(), flushRefused);
}

/** The same without the file's dates, which is faster. */
export async function flushBytes(file: FileHandle): Promise<void> {
  await ifSupported(() => file.datasync(), flushRefused);
}

/** The flushes that will begin when the running one of their folder has ended. */
const nextFlushes = new Map<string, Promise<void>>();
const runningFlushes = new Map<string, Promise<void>>();

/**
 * Resolves when the names that a folder has now are on the disk, or when the file system can't say. Callers that come
 * while a folder is being flushed share the next flush.
 */
export function flushFolder(path: string): Promise<void> {
  // Windows can't open folders as files, and keeps directory entries in its journal.
  if (process.platform === "win32") return Promise.resolve();
  const running = runningFlushes.get(path);
  if (running === undefined) return beginFlush(path);
  const next = nextFlushes.get(path) ?? running.catch(() => undefined).then(() => beginFlush(path));
  nextFlushes.set(path, next);
  return next;
}

function beginFlush(path: string): Promise<void> {
  nextFlushes.delete(path);
  const flush = flushNow(path).finally(() => {
    if (runningFlushes.get(path) === flush) runningFlushes.delete(path);
  });
  runningFlushes.set(path, flush);
  return flush;
}

async function flushNow(path: string): Promise<void> {
  await ifSupported(async () => {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }, folderFlushRefused);
}

async function ifSupported(operation: () => Promise<void>, refusals: ReadonlySet<string>): Promise<void> {
  try {
    await operation();
  } catch (error) {
    if (!refusals.has(systemCode(error) ?? "")) throw error;
  }
}
