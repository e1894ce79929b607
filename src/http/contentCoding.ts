import { pipeline, type Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import { systemCode } from "../model/systemCode.ts";
import type { HttpHeaders } from "./httpClient.ts";

/** A coded body can't be decoded: its coding is not supported, or the bytes don't have that coding. */
export class CodingError extends Error {
  /** The coded bytes end too early. */
  readonly cutOff: boolean;

  constructor(cutOff: boolean) {
    super(cutOff ? "The coded body ends too early." : "The coded body can't be decoded.");
    this.name = "CodingError";
    this.cutOff = cutOff;
  }
}

type Decoder = Transform & { readonly bytesWritten: number };

const decoders = new Map<string, (options: { chunkSize: number }) => Decoder>([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["deflate", createInflate],
  ["br", createBrotliDecompress],
  ["zstd", createZstdDecompress],
]);

/** Servers apply one coding, rarely two. Each needs a decoder, so thousands of them would block the extension. */
const mostCodings = 3;

/** Values in a header, read or not. To look each of thousands up as a charset would block the extension, too. */
const mostValues = 16;

/** What servers and uploaders send as a coding although the bytes are plain. */
const plain = new Set([
  "",
  "identity",
  "none",
  "null",
  "undefined",
  "plain",
  "text",
  "binary",
  "7bit",
  "8bit",
  "chunked",
  "aws-chunked",
]);

/**
 * The codings of a body, in the order in which they were applied, in lower case. Leaves out values that name no coding,
 * such as `none`, a charset or a media type: the bytes are plain then.
 */
export function codingsOf(headers: HttpHeaders): string[] {
  const values = (headers["content-encoding"] ?? "").split(",").map((value) => value.trim().toLowerCase());
  if (values.length > mostValues) return values;
  return values.filter((value) => !plain.has(value) && !isCharset(value) && !value.includes("/"));
}

function isCharset(value: string): boolean {
  if (/^(charset=|utf-?\d)/.test(value)) return true;
  try {
    return new TextDecoder(value).encoding !== "";
  } catch {
    return false;
  }
}

/** Whether a body has a coding, so that lengths and ranges count other bytes than the file's. */
export function isCoded(headers: HttpHeaders): boolean {
  return codingsOf(headers).length > 0;
}

const gzipName = /\.(gz|gzip|tgz)$/i;

/** Whether a file of this name contains gzip bytes, according to the name. */
export function isNamedGzip(name: string): boolean {
  return gzipName.test(name);
}

/** Endings of file names that say which coding the file's own bytes have. */
const codingsByEnding: readonly (readonly [ending: RegExp, codings: readonly string[]])[] = [
  [gzipName, ["gzip", "x-gzip"]],
  [/\.br$/i, ["br"]],
  [/\.zstd?$/i, ["zstd"]],
];

/**
 * Headers for a file that keeps the coding that its name ends in: a store that sends `orders.csv.gz` with the coding gzip
 * sends the file's own bytes.
 */
export function keepNamedCoding(headers: HttpHeaders, name: string): HttpHeaders {
  const codings = codingsOf(headers);
  const named = codingsByEnding.find(([ending]) => ending.test(name))?.[1] ?? [];
  if (!named.includes(codings.at(-1) ?? "")) return headers;
  return { ...headers, "content-encoding": codings.slice(0, -1).join(", ") };
}

/**
 * Decodes a body while it arrives. Fails with `CodingError` if that is not possible, and with the body's own error if
 * that one fails.
 */
export function decoded(body: Readable, codings: readonly string[]): Readable {
  const known = codings.toReversed().flatMap((coding) => decoders.get(coding) ?? []);
  if (known.length < codings.length || codings.length > mostCodings) {
    body.destroy();
    throw new CodingError(false);
  }
  const steps = known.flatMap((create) => decoding(create({ chunkSize: 64 * 1024 })));
  const last = steps.at(-1);
  if (last === undefined) return body;
  pipeline([body, ...steps], () => undefined);
  return last;
}

/**
 * A decoder that fails if more bytes follow its own end. Node ignores them, although they can be the rest of the file.
 */
function decoding(decoder: Decoder): Transform[] {
  let given = 0;
  const before = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      given += chunk.byteLength;
      done(null, chunk);
    },
  });
  const after = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk);
    },
    flush(done) {
      done(given > decoder.bytesWritten ? new CodingError(false) : null);
    },
  });
  return [before, decoder, after];
}

/** A decoder's error as `CodingError`; any other error as it is. */
export function asCodingError(error: unknown): unknown {
  const code = systemCode(error) ?? "";
  if (code === "Z_BUF_ERROR") return new CodingError(true);
  return /^(Z_|ERR__ERROR_|ERR_BROTLI|BROTLI_|ZSTD_)/.test(code) ? new CodingError(false) : error;
}
