import { randomUUID } from "node:crypto";
import { cancelled } from "../model/exportError.ts";
import { copyToNewFile } from "./newFile.ts";
import { removeOwnFile } from "./ordinaryFile.ts";
import { fromFileSystem } from "./fileSystemErrors.ts";
import { placeFile } from "./placeFile.ts";

/**
 * Copies a file, replacing an existing one. The bytes are copied to a temporary file next to the target, which is
 * renamed when it is complete.
 *
 * @throws ExportError `notWritable`, `diskFull`, `cancelled`
 */
export async function copyFile(source: string, target: string, signal: AbortSignal): Promise<void> {
  const growing = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    await copyToNewFile(source, growing, signal);
    await placeFile(growing, target, "overwrite", signal);
  } catch (error) {
    await removeOwnFile(growing).catch(() => undefined);
    throw signal.aborted ? cancelled() : await fromFileSystem(error, target, 0);
  }
}
