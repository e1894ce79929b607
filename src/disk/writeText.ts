import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { saveFile } from "./saveFile.ts";

/**
 * Writes a text to a file that gets its name when it is complete.
 *
 * @param text in pieces; the next piece is requested after the previous one was written
 * @throws ExportError as `saveFile`, and what `text` throws
 */
export async function writeText(
  text: AsyncIterable<string>,
  target: string,
  signal: AbortSignal,
  ifTaken: "overwrite" | "fail" = "overwrite",
): Promise<void> {
  await saveFile(target, { ifTaken, signal }, (growing) =>
    pipeline(Readable.from(text), createWriteStream(growing, { flags: "r+" }), { signal }),
  );
}
