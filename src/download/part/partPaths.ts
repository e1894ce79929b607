import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { safeFileName } from "../place/fileNames.ts";

/** Identifies one file of a task. The same file always has the same part. */
export interface FileKey {
  readonly accountId: string;
  readonly taskId: string;
  readonly fileIndex: number;
}

export interface PartPaths {
  /** The bytes received so far. */
  readonly part: string;
  /** What the bytes belong to. */
  readonly sidecar: string;
  /** Held by the process that writes the other two. */
  readonly lock: string;
}

const partEnding = ".part";
/** For the mark, the suffixes, and the name of a temporary file. */
const bytesForEndings = 64;

/** The path of a file's part: next to `finalPath`, with a name that other files and tasks never get. */
export function partPaths(finalPath: string, key: FileKey): PartPaths {
  const text = [key.accountId, key.taskId, String(key.fileIndex)].join("\n");
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 8);
  const name = safeFileName(basename(finalPath), "export", 255 - bytesForEndings);
  return pathsOf(join(dirname(finalPath), `${name}.${mark}${partEnding}`));
}

/** The paths that belong to a part, sidecar or lock found in a folder; undefined for any other file. */
export function pathsOfLeftover(path: string): PartPaths | undefined {
  const [, part] = /^(.*\.[0-9a-f]{8}\.part)(?:\.json|\.lock)?$/s.exec(path) ?? [];
  return part === undefined ? undefined : pathsOf(part);
}

function pathsOf(part: string): PartPaths {
  return { part, sidecar: `${part}.json`, lock: `${part}.lock` };
}
