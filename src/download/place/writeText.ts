import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { cancelled } from "../../model/exportError.ts";
import { fromFileSystem } from "../errors/fileSystemErrors.ts";
import { placeFile } from "./placeFile.ts";

/**
 * Writes a text over whatever has the target's name. It grows under a name of its own beside the target and gets the
 * target's name only once it is complete.
 *
 * @param text in pieces, of which the next is asked for when the one before was written
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
