import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { safeFileName } from "../../disk/fileNames.ts";
import { isSameTask, taskKeyText } from "../../model/taskKey.ts";

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
  /** Identifies the file of a task. It is in the names of the other three. */
  readonly mark: string;
  /** The file of a task, if it is known. Marks can be alike by chance, or because somebody tried until they were. */
  readonly key?: FileKey;
  /** The download folder. A sidecar can't lead out of it. */
  readonly folder: string;
}

const partEnding = ".part";
const markLength = 16;
/** In the names of parts of earlier versions. */
const earlierMarkLength = 8;
/** The names of part, sidecar and lock, and of temporary files that belong to the latter two. */
const leftover =
  /^(.*\.([0-9a-f]{8}|[0-9a-f]{16})\.part)(?:\.(?:json|lock)(?:\.takeover|\.waiting-[0-9a-f]{8}|\.[0-9a-f]{8}\.new)?)?$/s;
/** For the mark, the suffixes, and the name of a temporary file. */
const bytesForEndings = 64;

/**
 * The path of a file's part: next to `finalPath`, with a name that other files and tasks never get.
 *
 * @param folder the download folder; default the folder of `finalPath`
 */
export function partPaths(finalPath: string, key: FileKey, folder = dirname(finalPath)): PartPaths {
  return pathsFor(finalPath, { mark: markOf(key), folder, key });
}

/** The paths that an earlier version gave to a file's part. */
export function earlierPartPaths(finalPath: string, key: FileKey, folder = dirname(finalPath)): PartPaths {
  return pathsFor(finalPath, { mark: markOf(key).slice(0, earlierMarkLength), folder, key });
}

/** Whether paths can be those of a file of a task. */
export function canBelongTo({ mark, key }: PartPaths, file: FileKey): boolean {
  return markOf(file).startsWith(mark) && (key === undefined || isSameFile(key, file));
}

/** The key of a file of a task in maps. */
export function fileKeyText(key: FileKey): string {
  return `${taskKeyText(key)}#${key.fileIndex}`;
}

export function isSameFile(one: FileKey, other: FileKey): boolean {
  return isSameTask(one, other) && one.fileIndex === other.fileIndex;
}

/** The path without the ending of a part. */
export function withoutPartEnding(part: string): string {
  const mark = leftover.exec(part)?.[2];
  return mark === undefined ? part : part.slice(0, -`.${mark}${partEnding}`.length);
}

/** The paths that belong to a part, sidecar, lock or temporary file found in a folder; undefined for any other file. */
export function pathsOfLeftover(path: string, folder: string): PartPaths | undefined {
  const [, part, mark] = leftover.exec(path) ?? [];
  return part === undefined || mark === undefined ? undefined : pathsOf(part, { mark, folder });
}

/** Whether a path has one of the names of a part, a sidecar, a lock or their temporary files. */
export function isLeftover(path: string): boolean {
  return leftover.test(path);
}

type Owner = Pick<PartPaths, "mark" | "folder" | "key">;

function pathsFor(finalPath: string, owner: Owner): PartPaths {
  const name = safeFileName(basename(finalPath), "export", 255 - bytesForEndings);
  return pathsOf(join(dirname(finalPath), `${name}.${owner.mark}${partEnding}`), owner);
}

function pathsOf(part: string, owner: Owner): PartPaths {
  return { part, sidecar: `${part}.json`, lock: `${part}.lock`, ...owner };
}

function markOf({ accountId, taskId, fileIndex }: FileKey): string {
  const text = [accountId, taskId, String(fileIndex)].join("\n");
  return createHash("sha256").update(text).digest("hex").slice(0, markLength);
}
