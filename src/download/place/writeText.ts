import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { cancelled } from "../../model/exportError.ts";
import { fromFileSystem } from "../errors/fileSystemErrors.ts";
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
    await pipeline(Readable.from(text), createWriteStream(growing, { flags: "wx" }), { signal });
    await placeFile(growing, target, "overwrite", signal);
  } catch (error) {
    await rm(growing, { force: true });
    throw signal.aborted ? cancelled() : await fromFileSystem(error, target, 0);
  }
}
