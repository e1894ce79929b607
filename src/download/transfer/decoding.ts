import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { systemCode } from "../../model/systemCode.ts";

/** The coding of a body can't be undone: it is unknown, or the bytes are not of that coding. */
export class CodingError extends Error {
  /** The coded bytes came to their end too early. */
  readonly cutOff: boolean;

  constructor(cutOff: boolean) {
    super(cutOff ? "The coded body ends too early." : "The coded body can't be decoded.");
    this.name = "CodingError";
    this.cutOff = cutOff;
  }
}

const decoders = new Map([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["deflate", createInflate],
  ["br", createBrotliDecompress],
]);

/**
 * Undoes the coding of a body while it comes. Fails with `CodingError` when that can't be done, and with the body's
 * own error when that one fails.
 */
export function decoded(body: Readable, coding: string): Readable {
  const create = decoders.get(coding.trim().toLowerCase());
  if (create === undefined) {
    body.destroy();
    throw new CodingError(false);
  }
  const decoder = create({ chunkSize: 64 * 1024 });
  pipeline(body, decoder, () => undefined);
  return decoder;
}

/** What a decoder failed with, in our own words; any other error is handed back as it is. */
export function asCodingError(error: unknown): unknown {
  const code = systemCode(error) ?? "";
  if (code === "Z_BUF_ERROR") return new CodingError(true);
  return /^(Z_|ERR__ERROR_|ERR_BROTLI|BROTLI_)/.test(code) ? new CodingError(false) : error;
}
