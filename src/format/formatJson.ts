import { type FileHandle, open } from "node:fs/promises";

import { t } from "@vscode/l10n";

import { ReservedSpace } from "../disk/freeSpace.ts";
import { ExportError, throwIfCancelled } from "../model/exportError.ts";
import { writeDerived } from "./derivedFile.ts";
import { JsonLayout, type JsonProblem } from "./jsonLayout.ts";
import { openSource } from "./sourceFile.ts";

export interface FormatOptions {
  /** Spaces per level. */
  readonly indent: number;
  readonly signal: AbortSignal;
  /** Called after each chunk. */
  readonly onProgress?: (readBytes: number) => void;
}

/** Small enough that one chunk blocks the event loop for no more than a millisecond or two. */
const chunkBytes = 256 * 1024;

/** The name of the formatted copy, beside the file. */
export function formattedPath(path: string): string {
  return path.replace(/(\.json)?$/i, ".formatted.json");
}

/**
 * Formats a JSON file of any size in little memory. All tokens stay the same, byte for byte. Several values in a row
 * (NDJSON) are formatted one after the other. A byte order mark is dropped, because JSON has none. The copy appears when
 * it is complete and never replaces another file.
 *
 * @param wanted the path of the copy, unless another file has it
 * @returns the path used
 * @throws ExportError `notAnExportFile` for UTF-16, and for brackets or quotes that don't match (the message names the
 *   byte), `fileMissing` if the source can't be read, and what `writeDerived` throws
 */
export async function formatJsonFile(source: string, wanted: string, options: FormatOptions): Promise<string> {
  throwIfCancelled(options.signal);
  const input = await openSource(source);
  try {
    const write = (unfinished: string): Promise<void> => writeFormatted(input, unfinished, source, options);
    return await writeDerived(wanted, write, options.signal);
  } finally {
    await input.close();
  }
}

async function writeFormatted(input: FileHandle, path: string, source: string, options: FormatOptions): Promise<void> {
  const output = await open(path, "wx", 0o600);
  const reserve = new ReservedSpace(path);
  let length = 0;
  const write = async (bytes: Buffer): Promise<void> => {
    length += bytes.byteLength;
    // Indents can be two hundred times as long as what they belong to.
    await reserve.growTo(length);
    await writeAll(output, bytes);
  };
  try {
    await layOut(input, write, source, options);
  } finally {
    await output.close();
  }
}

/**
 * Whether a text begins with a line that is too long for syntax colors. Reads only the beginning. Empty lines and a
 * byte order mark before it do not count.
 *
 * @throws ExportError `fileMissing` if it can't be read
 */
export async function isOneLongLine(path: string, thresholdBytes = 20_000): Promise<boolean> {
  const file = await openSource(path);
  try {
    const buffer = Buffer.allocUnsafe(thresholdBytes + 1_024);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    const text = buffer.toString("latin1", bomLength(buffer.subarray(0, bytesRead)), bytesRead).trimStart();
    const lineEnd = /[\r\n]/.exec(text)?.index ?? text.length;
    return lineEnd >= thresholdBytes;
  } finally {
    await file.close();
  }
}

type Write = (bytes: Buffer) => Promise<void>;

async function layOut(input: FileHandle, write: Write, source: string, options: FormatOptions): Promise<void> {
  const layout = new JsonLayout(options.indent);
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let total = 0;
  for (;;) {
    throwIfCancelled(options.signal);
    const { bytesRead } = await input.read(chunk, 0, chunk.length, total);
    if (bytesRead === 0) break;
    const bytes = chunk.subarray(0, bytesRead);
    const start = total === 0 ? bomLength(bytes) : 0;
    if (total === 0 && isUtf16(bytes)) throw unsupportedEncoding(source);
    layout.skip(start);
    await layOutChunk(layout, bytes, start, write);
    if (layout.problem !== undefined) throw notJson(source, layout.problem);
    total += bytesRead;
    options.onProgress?.(total);
  }
  layout.end();
  if (layout.problem !== undefined) throw notJson(source, layout.problem);
  await write(layout.take());
}

/** Waits for each write before the next, so that output never piles up in memory. */
async function layOutChunk(layout: JsonLayout, bytes: Buffer, start: number, write: Write): Promise<void> {
  for (let at = start; at < bytes.length && layout.problem === undefined;) {
    at = layout.read(bytes, at);
    await write(layout.take());
  }
}

async function writeAll(output: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await output.write(bytes, written)).bytesWritten;
  }
}

function bomLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** JSON begins with an ASCII character, which has a zero byte next to it in UTF-16. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}

function unsupportedEncoding(path: string): ExportError {
  const message = t("Couldn't format {0} because it is in UTF-16. Save it as UTF-8 first.", path);
  return new ExportError("notAnExportFile", message, { details: { path } });
}

function notJson(path: string, problem: JsonProblem): ExportError {
  return new ExportError("notAnExportFile", sentence(path, problem), { details: { path } });
}

function sentence(path: string, { kind, byte }: JsonProblem): string {
  switch (kind) {
    case "unclosedString":
      return t("{0} is not complete: a string is still open at the end (byte {1}). Download it again.", path, byte);
    case "unclosedBracket":
      return t("{0} is not complete: a bracket is still open at the end (byte {1}). Download it again.", path, byte);
    case "unopenedBracket":
      return t(
        "{0} is not valid JSON: the closing bracket at byte {1} doesn't match. Download it again, or open it as text.",
        path,
        byte,
      );
  }
}
