import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { systemCode } from "../../model/systemCode.ts";

/** The content coding of a body is unknown, or decoding it failed. */
export class CodingError extends Error {
  /** Whether the encoded bytes ended too early. */
  readonly cutOff: boolean;

  constructor(cutOff: boolean) {
    super(cutOff ? "The encoded body is incomplete." : "The encoded body can't be decoded.");
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
 * Decodes a body while it arrives. Fails with `CodingError` if that is not possible, and with the body's own error if
 * the body fails.
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

/** Turns the error of a decoder into a `CodingError`. Returns any other error unchanged. */
export function asCodingError(error: unknown): unknown {
  const code = systemCode(error) ?? "";
  if (code === "Z_BUF_ERROR") return new CodingError(true);
  return /^(Z_|ERR__ERROR_|ERR_BROTLI|BROTLI_)/.test(code) ? new CodingError(false) : error;
}
