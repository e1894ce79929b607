import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { t } from "@vscode/l10n";
import { systemCode } from "../model/systemCode.ts";
import { ExportError, throwIfCancelled } from "../model/exportError.ts";

/** The name of the unpacked file: without `.gz`, or with `.unpacked` if there was none. */
export function unpackedPath(path: string): string {
  return /\.gz$/i.test(path) ? path.replace(/\.gz$/i, "") : `${path}.unpacked`;
}

/**
 * Unpacks a gzip file of any size in little memory. `target` appears when it is complete and replaces an existing file.
 *
 * @throws ExportError `truncated` if the archive is incomplete or damaged, `cancelled`; errors of the file system
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
  return systemCode(error)?.startsWith("Z_") ?? false;
}

function damaged(path: string, cause: unknown): ExportError {
  const message = t("Couldn't unpack {0} because it is incomplete or damaged. Download it again.", path);
  return new ExportError("truncated", message, { details: { path }, cause });
}
