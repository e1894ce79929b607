import { createHash } from "node:crypto";
import type { ByteSource } from "./byteSource.ts";

/** Bytes that are looked at, at either end. */
const looked = 4_096;

/**
 * What tells a file that was appended to from another one of the same name: its first 4 KiB and the 4 KiB before `size`.
 * Whoever changes bytes in the middle only, and none of the length, is not noticed.
 *
 * @param size bytes of the file that count; the same as before when an append is to be recognised
 * @returns hex digits that compare equal for equal files, and never for a source shorter than `size`
 */
export function fingerprintOf(source: ByteSource, size: number): string {
  const counted = Math.min(size, source.size);
  const hash = createHash("sha256").update(`${counted}:`);
  const bytes = new Uint8Array(Math.min(looked, counted));
  source.read(bytes, 0);
  hash.update(bytes);
  source.read(bytes, counted - bytes.length);
  return hash.update(bytes).digest("hex");
}
