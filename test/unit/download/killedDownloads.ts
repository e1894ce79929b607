import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { findParts } from "../../../src/download/part/parts.ts";
import type { FaultyStore, StoreExchange } from "./faultyStore.ts";
import { hasContent } from "./hasContent.ts";

/** Starts a process that downloads the store's file into a folder. */
export function startChild(
  store: FaultyStore,
  folder: string,
  whenBusy: "wait" | "fail" = "wait",
  parallelRanges = 1,
): ChildProcess {
  const program = join(import.meta.dirname, "downloadingChild.ts");
  const words = [program, store.url, folder, whenBusy, String(parallelRanges)];
  return spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
}

/** What a process wrote until it ended. */
export async function outputOf(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return text;
}

/** Sends a file so slowly that a kill finds it on its way. */
export async function serveSlowly(exchange: StoreExchange, bytesPerMillisecond: number): Promise<void> {
  const { response, seen, file, etag, request } = exchange;
  const [, first = "0", last = ""] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const from = Number(first);
  const end = last === "" ? file.length : Number(last) + 1;
  const range = { "content-range": `bytes ${from}-${end - 1}/${file.length}` };
  const common = { "content-type": "text/csv", "content-length": String(end - from), "accept-ranges": "bytes", etag };
  const isWhole = request.headers.range === undefined;
  response.writeHead(isWhole ? 200 : 206, isWhole ? common : { ...common, ...range });
  const step = 32 * 1024;
  for (let at = from; at < end && !request.socket.destroyed; at += step) {
    const piece = file.subarray(at, Math.min(at + step, end));
    if (!response.write(piece)) await Promise.race([once(response, "drain"), once(response, "close")]);
    seen.sent += piece.length;
    await new Promise((resolve) => setTimeout(resolve, step / bytesPerMillisecond));
  }
  response.end();
}

/** What a kill left behind. */
export interface AfterKill {
  /** Undefined where nothing is under the final name; otherwise whether it is the whole, right file. */
  readonly finalIsRight: boolean | undefined;
  readonly partBytes: number;
  readonly ownerLives: boolean | undefined;
}

/** Kills a download at a moment and looks at what is left. */
export async function killAfter(
  child: ChildProcess,
  milliseconds: number,
  folder: string,
  file: Buffer,
): Promise<AfterKill> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  if (child.exitCode === null) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  const [part] = await findParts(folder);
  const final = join(folder, "Transactions_Export-12345.csv");
  return {
    finalIsRight: (await isThere(final)) ? await hasContent(final, file) : undefined,
    partBytes: part?.bytes ?? 0,
    ownerLives: part?.ownerLives,
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
