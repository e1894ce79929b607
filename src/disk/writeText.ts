import { randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { cancelled } from "../model/exportError.ts";
import { removeOwnFile } from "./ordinaryFile.ts";
import { fromFileSystem } from "./fileSystemErrors.ts";
import { placeFile } from "./placeFile.ts";

/**
 * Writes a text to a file, replacing an existing one. The text is written to a temporary file next to the target, which
 * is renamed when it is complete.
 *
 * @param text in pieces; the next piece is requested after the previous one was written
 * @throws ExportError `notWritable`, `diskFull`, `cancelled`, and what `text` throws
 */
export async function writeText(text: AsyncIterable<string>, target: string, signal: AbortSignal): Promise<void> {
  const growing = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    await pipeline(Readable.from(text), (await open(growing, "wx", 0o600)).createWriteStream(), { signal });
    await placeFile(growing, target, "overwrite", signal);
  } catch (error) {
    await removeOwnFile(growing).catch(() => undefined);
    throw signal.aborted ? cancelled() : await fromFileSystem(error, target, 0);
  }
}
