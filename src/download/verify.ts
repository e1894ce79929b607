import { createReadStream } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { DownloadedFile } from "../model/contract.ts";
import { throwIfCancelled } from "../model/exportError.ts";
import type { AnnouncedChecksum } from "./digest/checksums.ts";
import { contentKind } from "./transfer/contentKind.ts";
import { asCodingError, CodingError } from "../http/contentCoding.ts";
import type { Digests } from "./digest/digestMessages.ts";
import { firstBytes } from "./part/firstBytes.ts";

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
  if (contentKind(await firstBytes(path, 512), undefined) !== "gzip") return false;
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  try {
    await pipeline(createReadStream(path), createGunzip({ chunkSize: 256 * 1024 }), nowhere, { signal });
    return false;
  } catch (error) {
    throwIfCancelled(signal);
    const coding = asCodingError(error);
    if (coding instanceof CodingError) return coding.cutOff;
    throw error;
  }
}
