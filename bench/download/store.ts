/**
 * The file store of the benchmark, a separate program: with or without TLS, any size, any speed. Sends prebuilt blocks
 * as fast as possible. Sends `StoreReady` and ends with the process that started it.
 */
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { createCA, createCert } from "mkcert";
import { tell } from "../benchProgram.ts";
import { fileAt, mebibyte, type StoredFile } from "./storedFile.ts";
import { TokenBucket } from "./tokenBucket.ts";

export interface StoreReady {
  readonly plain: string;
  readonly tls: string;
  /** The certificate to trust, as PEM. */
  readonly ca: string;
}

/** Lines of CSV; the file's byte at position `p` is this block's at `p % length`. */
const block = Buffer.alloc(
  mebibyte,
  Array.from({ length: 997 }, (_, row) => `${row},2026-01-01T00:00:00Z,"Store ${row % 13}",${row * 3}.50\n`).join(""),
);

async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const file = fileAt(request.url ?? "");
  if (file.answerMs > 0) await sleep(file.answerMs);
  const range = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? "");
  const from = Number(range?.[1] ?? "0");
  const end = range?.[2] ? Math.min(Number(range[2]) + 1, file.bytes) : file.bytes;
  response.writeHead(range === null ? 200 : 206, {
    "content-type": "text/csv",
    "content-length": end - from,
    "accept-ranges": "bytes",
    etag: `"bench-${file.bytes}"`,
    ...(range === null ? {} : { "content-range": `bytes ${from}-${end - 1}/${file.bytes}` }),
  });
  await sendBody(response, file, from, end);
  response.end();
}

/** Lines that connections share, by their speed in MiB/s. */
const sharedLines = new Map<number, TokenBucket>();

function sharedLine(mibPerSecond = 0): TokenBucket | undefined {
  if (mibPerSecond === 0) return undefined;
  const line = sharedLines.get(mibPerSecond) ?? new TokenBucket(mibPerSecond * mebibyte);
  sharedLines.set(mibPerSecond, line);
  return line;
}

async function sendBody(response: http.ServerResponse, file: StoredFile, from: number, end: number): Promise<void> {
  const bucket = file.mibPerSecond > 0 ? new TokenBucket(file.mibPerSecond * mebibyte) : undefined;
  const line = sharedLine(file.lineMibPerSecond);
  for (let at = from; at < end;) {
    const start = at % block.length;
    const wanted = Math.min(block.length - start, end - at);
    const bytes = bucket === undefined ? wanted : await bucket.take(wanted);
    for (let passed = 0; line !== undefined && passed < bytes;) passed += await line.take(bytes - passed);
    if (response.destroyed) return;
    if (!response.write(block.subarray(start, start + bytes))) await drained(response);
    at += bytes;
  }
}

async function drained(response: http.ServerResponse): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]);
  over.abort();
}

function onRequest(request: http.IncomingMessage, response: http.ServerResponse): void {
  serve(request, response).catch((error: unknown) => {
    console.error("The bench's store failed:", error);
    response.destroy();
  });
}

async function listen(server: http.Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const words = { organization: "Task Exports bench", countryCode: "XX", state: "None", locality: "None", validity: 2 };
const ca = await createCA(words);
const { key, cert } = await createCert({ ca, domains: ["127.0.0.1"], validity: 2 });
const ready: StoreReady = {
  plain: `http://127.0.0.1:${await listen(http.createServer(onRequest))}`,
  tls: `https://127.0.0.1:${await listen(https.createServer({ key, cert }, onRequest))}`,
  ca: ca.cert,
};
process.once("disconnect", () => process.exit());
tell(ready);
