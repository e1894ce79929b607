import { randomUUID } from "node:crypto";
import { cancelled } from "../model/exportError.ts";
import { copyToNewFile } from "./newFile.ts";
import { removeOwnFile } from "./ordinaryFile.ts";
import { fromFileSystem } from "./fileSystemErrors.ts";
import { placeFile } from "./placeFile.ts";

/**
 * Copies a file. If the target exists, it is replaced, or the copy gets a number in its name. The bytes are copied to a
 * temporary file next to the target, which is renamed when it is complete.
 *
 * @throws ExportError `notWritable`, `diskFull`, `cancelled`
 */
export async function copyFile(
  source: string,
  target: string,
  ifTaken: "overwrite" | "keepBoth",
  signal: AbortSignal,
): Promise<void> {
  const growing = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    await copyToNewFile(source, growing, signal);
    await placeFile(growing, target, ifTaken, signal);
  } catch (error) {
    await removeOwnFile(growing).catch(() => undefined);
    throw signal.aborted ? cancelled() : await fromFileSystem(error, target, 0);
  }
}
