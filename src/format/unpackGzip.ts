import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { t } from "@vscode/l10n";
import { exportExtension, usualExtension } from "../model/exportName.ts";
import { ExportError, throwIfCancelled } from "../model/exportError.ts";
import { systemCode } from "../model/systemCode.ts";
import { withoutOwnEnding } from "../disk/fileNames.ts";
import { keepingReserve } from "../disk/freeSpace.ts";
import { writeDerived } from "./derivedFile.ts";
import { openSource } from "./sourceFile.ts";

const chunkSize = 256 * 1024;

/**
 * The name of the unpacked file: without `.gz`, or with `.unpacked` if there was none. Like every saved name, it ends in
 * an extension of exports.
 */
export function unpackedPath(path: string): string {
  const bare = /\.gz$/i.test(path) ? withoutOwnEnding(path.replace(/\.gz$/i, "")) : withUnpacked(path);
  return exportExtension(bare) === undefined ? `${bare}.${usualExtension}` : bare;
}

function withUnpacked(path: string): string {
  const extension = exportExtension(path);
  return extension === undefined ? `${path}.unpacked` : `${path.slice(0, -extension.length)}unpacked.${extension}`;
}

/**
 * Unpacks a gzip file of any size in little memory. The file appears when it is complete and never replaces another one.
 *
 * @param wanted the path of the unpacked file, unless another file has it
 * @returns the path used
 * @throws ExportError `truncated` if the archive is incomplete or damaged, `fileMissing` if it can't be read, and what
 *   `writeDerived` throws
 */
export async function unpackGzip(source: string, wanted: string, signal: AbortSignal): Promise<string> {
  throwIfCancelled(signal);
  const input = await openSource(source);
  const write = async (unfinished: string): Promise<void> => {
    const packed = input.createReadStream({ start: 0, autoClose: false });
    const output = (await open(unfinished, "wx", 0o600)).createWriteStream();
    try {
      const gunzip = createGunzip({ chunkSize });
      await pipeline(packed, gunzip, keepingReserve(unfinished), output, { signal });
      if (await hasMore(input, gunzip.bytesWritten, signal)) throw damaged(source, undefined);
    } catch (error) {
      throw isDamage(error) ? damaged(source, error) : error;
    }
  };
  try {
    return await writeDerived(wanted, write, signal);
  } finally {
    await input.close();
  }
}

/** Whether anything but zeros, which pad archives, follows the end of an archive. Node ignores it after a zero. */
async function hasMore(archive: FileHandle, end: number, signal: AbortSignal): Promise<boolean> {
  const chunk = Buffer.alloc(chunkSize);
  for (let position = end; ;) {
    throwIfCancelled(signal);
    const { bytesRead } = await archive.read(chunk, 0, chunkSize, position);
    if (bytesRead === 0) return false;
    if (chunk.subarray(0, bytesRead).some((byte) => byte !== 0)) return true;
    position += bytesRead;
  }
}

function isDamage(error: unknown): boolean {
  return systemCode(error)?.startsWith("Z_") ?? false;
}

function damaged(path: string, cause: unknown): ExportError {
  const message = t("Couldn't unpack {0} because it is incomplete or damaged. Download it again.", path);
  return new ExportError("truncated", message, { details: { path }, cause });
}
