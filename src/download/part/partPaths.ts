import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { safeFileName } from "../place/fileNames.ts";

/** Which file of which task of which account; the same file always has the same part. */
export interface FileKey {
  readonly accountId: string;
  readonly taskId: string;
  readonly fileIndex: number;
}

export interface PartPaths {
  /** The bytes that came so far. */
  readonly part: string;
  /** What is known about them. */
  readonly sidecar: string;
  /** Held by whoever writes the two. */
  readonly lock: string;
}

const partEnding = ".part";
const sidecarEnding = ".part.json";
/** The key, the endings, and room for a temporary name beside them. */
const bytesForEndings = 64;

/** Where the part of a file lies: beside `finalPath`, under a name that other files and tasks never have. */
export function partPaths(finalPath: string, key: FileKey): PartPaths {
  const text = [key.accountId, key.taskId, String(key.fileIndex)].join("\n");
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 8);
  const name = safeFileName(basename(finalPath), "export", 255 - bytesForEndings);
  return pathsOf(join(dirname(finalPath), `${name}.${mark}${partEnding}`));
}

/** The paths that belong to a sidecar found in a folder; undefined for any other file. */
export function pathsOfSidecar(path: string): PartPaths | undefined {
  if (!/\.[0-9a-f]{8}\.part\.json$/.test(path)) return undefined;
  return pathsOf(path.slice(0, -sidecarEnding.length) + partEnding);
}

function pathsOf(part: string): PartPaths {
  return { part, sidecar: `${part}.json`, lock: `${part}.lock` };
}
