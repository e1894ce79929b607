import { lengthOfFile } from "../../disk/ordinaryFile.ts";
import { isHeld } from "../../disk/fileLock.ts";
import { withoutPartEnding } from "../../download/part/partPaths.ts";
import { findLeftovers, findParts, type Leftover, pausedParts, type PausedPart } from "../../download/part/parts.ts";
import type { WrittenBytes } from "../../download/writtenBytes.ts";
import { defined } from "../../model/defined.ts";
import type { DownloadProgress } from "../../model/contract.ts";
import { isSameTask, type TaskKey, taskKeyText } from "../../model/taskKey.ts";

/** An unfinished file that no process is downloading, with its last progress. */
export interface StoppedFile extends Omit<WrittenBytes, "placed"> {
  readonly progress: DownloadProgress;
}

/** A task whose download was interrupted, with its unfinished files. */
export interface InterruptedTask extends TaskKey {
  /** The download folder in which its parts were found. */
  readonly folder: string;
  readonly files: StoppedFile[];
}

/** The unfinished files of a task. */
export interface FoundFiles {
  readonly unfinished: readonly StoppedFile[];
  /** Indexes of files that another download or window is downloading. */
  readonly held: readonly number[];
  /** Whether the folder contains anything of the task besides complete files. */
  readonly hasLeftovers: boolean;
}

/** A part or a note that no process uses. */
export interface IdleLeftover extends Pick<Leftover, "paths"> {
  /** Undefined if its sidecar is missing or can't be read. */
  readonly task: TaskKey | undefined;
  /** Size of the part. */
  readonly bytes: number;
}

/** Finds interrupted downloads that no process continues. Folders are absolute paths. */
export async function findInterrupted(folders: readonly string[]): Promise<InterruptedTask[]> {
  const tasks = new Map<string, InterruptedTask>();
  for (const folder of folders) {
    for (const part of await findParts(folder)) {
      if (part.ownerLives) continue;
      const { accountId, taskId } = part;
      const key = `${folder}\n${taskKeyText(part)}`;
      const task: InterruptedTask = tasks.get(key) ?? { accountId, taskId, folder, files: [] };
      tasks.set(key, task);
      task.files.push(stoppedFile(part));
    }
  }
  return [...tasks.values()];
}

/** What is left of a task in one folder, besides complete files. */
export async function findStopped(
  folder: string,
  task: TaskKey,
  isWanted: (file: number) => boolean,
): Promise<FoundFiles> {
  const leftovers = (await findLeftovers(folder)).filter(
    ({ sidecar }) => sidecar !== undefined && isSameTask(sidecar, task),
  );
  const parts = (await pausedParts(leftovers)).filter(({ fileIndex }) => isWanted(fileIndex));
  return {
    unfinished: parts.filter(({ ownerLives }) => !ownerLives).map(stoppedFile),
    held: parts.filter(({ ownerLives }) => ownerLives).map(({ fileIndex }) => fileIndex),
    hasLeftovers: leftovers.length > 0,
  };
}

/** Everything that downloads left in the folders and no process uses, including notes about placed files. */
export async function findIdleLeftovers(folders: readonly string[]): Promise<IdleLeftover[]> {
  const idle: IdleLeftover[] = [];
  for (const folder of folders) {
    for (const { paths, sidecar } of await findLeftovers(folder)) {
      if (!(await isHeld(paths.lock)))
        idle.push({ paths, task: sidecar, bytes: (await lengthOfFile(paths.part)) ?? 0 });
    }
  }
  return idle;
}

function stoppedFile({ fileIndex, name, bytes, total, paths, finalPath }: PausedPart): StoppedFile {
  // The part's name begins with the name of the file when the download was started.
  const path = finalPath ?? withoutPartEnding(paths.part);
  const progress: DownloadProgress = {
    file: fileIndex,
    files: fileIndex + 1,
    name,
    phase: "downloading",
    receivedBytes: bytes,
    ...defined({ totalBytes: total }),
  };
  return { file: fileIndex, part: paths.part, path, bytes, ...defined({ total }), progress };
}
