import { findParts, type PausedPart } from "../../download/part/parts.ts";
import type { DownloadProgress } from "../../model/contract.ts";
import type { StoppedPart } from "./unfinishedFiles.ts";
import { defined } from "../../model/defined.ts";
import { taskKeyText } from "../../model/taskKey.ts";

/** A task whose download was interrupted, with what is there of its files. */
export interface InterruptedTask {
  readonly accountId: string;
  readonly taskId: string;
  /** The download folder that its parts were found under. */
  readonly folder: string;
  readonly progress: Map<number, DownloadProgress>;
  readonly parts: StoppedPart[];
}

/** Looks for interrupted downloads that no process is carrying on. Folders are absolute paths. */
export async function findInterrupted(folders: readonly string[]): Promise<InterruptedTask[]> {
  const tasks = new Map<string, InterruptedTask>();
  for (const folder of folders) {
    for (const part of await findParts(folder)) {
      if (part.ownerLives) continue;
      const { accountId, taskId } = part;
      const key = taskKeyText(part);
      const task: InterruptedTask = tasks.get(key) ?? { accountId, taskId, folder, progress: new Map(), parts: [] };
      tasks.set(key, task);
      task.progress.set(part.fileIndex, progressOf(part));
      task.parts.push(standingPart(part));
    }
  }
  return [...tasks.values()];
}

function progressOf({ fileIndex, name, bytes, total }: PausedPart): DownloadProgress {
  return {
    file: fileIndex,
    files: fileIndex + 1,
    name,
    phase: "downloading",
    receivedBytes: bytes,
    ...defined({ totalBytes: total }),
  };
}

function standingPart({ fileIndex, bytes, total, paths, finalPath }: PausedPart): StoppedPart {
  // Beside its marks a part has the name that its file was to get when the download began.
  const path = finalPath ?? paths.part.replace(/\.[0-9a-f]{8}\.part$/, "");
  return { file: fileIndex, part: paths.part, path, bytes, ...defined({ total }) };
}
