import { type Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { DownloadedFile } from "../model/contract.ts";
import { throwIfCancelled } from "../model/exportError.ts";
import type { AnnouncedChecksum } from "./digest/checksums.ts";
import { contentKind } from "./transfer/contentKind.ts";
import { asCodingError, CodingError } from "../http/contentCoding.ts";
import type { Digests } from "./digest/digestMessages.ts";
import { openOwnFile } from "../disk/ordinaryFile.ts";

const signatureBytes = 512;

/** The result of a comparison; `different` if a checksum did not match. */
export type Verdict = DownloadedFile["verified"] | "different";

/** Compares the computed checksums with those that the store announced. */
export function compareChecksums(
  computed: Digests,
  announced: readonly AnnouncedChecksum[],
  total: number | undefined,
): Verdict {
  const compared = announced.filter(({ algorithm }) => computed[algorithm] !== undefined);
  if (compared.some(({ algorithm, value }) => computed[algorithm] !== value)) return "different";
  if (compared.length > 0) return "checksum";
  return total === undefined ? "unverified" : "length";
}

/** Whether a file is a gzip archive without its end. Other damage is already in the store's file. */
export async function isCutOffGzip(path: string, signal: AbortSignal): Promise<boolean> {
  const file = await openOwnFile(path, "read");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(signatureBytes), 0, signatureBytes, 0);
    const kind = contentKind(buffer.subarray(0, bytesRead), undefined);
    return kind === "gzip" && (await endsTooEarly(file.createReadStream({ start: 0, autoClose: false }), signal));
  } finally {
    await file.close();
  }
}

async function endsTooEarly(archive: Readable, signal: AbortSignal): Promise<boolean> {
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  try {
    await pipeline(archive, createGunzip({ chunkSize: 256 * 1024 }), nowhere, { signal });
    return false;
  } catch (error) {
    throwIfCancelled(signal);
    const coding = asCodingError(error);
    if (coding instanceof CodingError) return coding.cutOff;
    throw error;
  }
}
