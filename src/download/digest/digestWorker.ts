/**
 * The worker thread behind every `FileDigest`: reads part files back as they grow, and hashes what it read. It has its
 * own handle on each file, and never a byte that the download has not reported as written.
 */
import { type FileHandle, open } from "node:fs/promises";
import { parentPort } from "node:worker_threads";

import type { DigestAlgorithm, Digests } from "./digester.ts";
import type { FromDigestWorker, ToDigestWorker } from "./digestMessages.ts";
import { type RunningDigest, startDigest } from "./runningDigest.ts";

const chunkBytes = 1024 * 1024;

interface Reading {
  readonly id: number;
  readonly path: string;
  readonly digests: ReadonlyMap<DigestAlgorithm, RunningDigest>;
  position: number;
  /** How far the file may be read. */
  end: number;
  total: number | undefined;
  dropped: boolean;
  /** Whether a loop is at work on it. */
  busy: boolean;
  handle: FileHandle | undefined;
  buffer: Buffer;
}

const noBytes = Buffer.alloc(0);

const readings = new Map<number, Reading>();

parentPort?.on("message", (message: ToDigestWorker) => {
  if (message.type === "follow") {
    readings.set(message.id, startReading(message.id, message.path, message.algorithms));
    return;
  }
  const reading = readings.get(message.id);
  if (reading === undefined) return;
  if (message.type === "written") reading.end = Math.max(reading.end, message.end);
  if (message.type === "finish") reading.end = reading.total = message.total;
  if (message.type === "drop") reading.dropped = true;
  if (!reading.busy) void carryOn(reading);
});

function startReading(id: number, path: string, algorithms: readonly DigestAlgorithm[]): Reading {
  const digests = new Map(algorithms.map((algorithm) => [algorithm, startDigest(algorithm)]));
  return {
    id,
    path,
    digests,
    position: 0,
    end: 0,
    total: undefined,
    dropped: false,
    busy: false,
    handle: undefined,
    buffer: noBytes,
  };
}

/** Reads what may be read now; ends the reading when all of it is, when it failed, or when nobody wants it. */
async function carryOn(reading: Reading): Promise<void> {
  reading.busy = true;
  const answer = await readOn(reading);
  reading.busy = false;
  if (answer === undefined && !reading.dropped) return;
  readings.delete(reading.id);
  try {
    await reading.handle?.close();
  } catch {
    // All was read, or reading has failed already; a handle that will not close changes neither.
  }
  if (answer !== undefined && !reading.dropped) parentPort?.postMessage(answer);
}

async function readOn(reading: Reading): Promise<FromDigestWorker | undefined> {
  const { id } = reading;
  try {
    while (!reading.dropped && reading.position < reading.end) {
      if ((await readChunk(reading)) === 0) return { type: "lengthDiffers", id };
    }
  } catch (error) {
    return { type: "unreadable", id, reason: systemCode(error) };
  }
  if (reading.total === undefined) return undefined;
  return reading.position === reading.total
    ? { type: "digests", id, digests: results(reading) }
    : { type: "lengthDiffers", id };
}

async function readChunk(reading: Reading): Promise<number> {
  reading.handle ??= await open(reading.path, "r");
  const wanted = Math.min(chunkBytes, reading.end - reading.position);
  if (reading.buffer.length < wanted) reading.buffer = Buffer.allocUnsafe(wanted);
  const { bytesRead } = await reading.handle.read(reading.buffer, 0, wanted, reading.position);
  const bytes = reading.buffer.subarray(0, bytesRead);
  for (const digest of reading.digests.values()) digest.update(bytes);
  reading.position += bytesRead;
  return bytesRead;
}

function results(reading: Reading): Digests {
  return Object.fromEntries(Array.from(reading.digests, ([algorithm, digest]) => [algorithm, digest.hex()]));
}

function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";
}
