import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { t } from "@vscode/l10n";
import { ExportError, throwIfCancelled } from "../model/exportError.ts";

/** The name of what is inside: without `.gz`, or with an end of its own where there was none. */
export function unpackedPath(path: string): string {
  return /\.gz$/i.test(path) ? path.replace(/\.gz$/i, "") : `${path}.unpacked`;
}

/**
 * Unpacks a gzip file of any size, in little memory. `target` appears when it is whole, and replaces a file of that name.
 *
 * @throws ExportError `truncated` for an archive that is cut off or damaged, `cancelled`; what the file system fails with
 */
export async function unpackGzip(source: string, target: string, signal: AbortSignal): Promise<void> {
  const unfinished = `${target}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const output = createWriteStream(unfinished, { flags: "wx", mode: 0o600, flush: true });
    await pipeline(createReadStream(source), createGunzip({ chunkSize: 256 * 1024 }), output, { signal });
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throwIfCancelled(signal);
    throw isDamage(error) ? damaged(source, error) : error;
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}

function damaged(path: string, cause: unknown): ExportError {
  const message = t("{0} can't be unpacked: it is cut off or damaged. Download it again.", path);
  return new ExportError("truncated", message, { details: { path }, cause });
}
