import { findParts, type PausedPart } from "../../download/parts.ts";
import type { DownloadProgress } from "../../model/contract.ts";

/** A task whose download was interrupted, with what is there of its files. */
export interface InterruptedTask {
  readonly accountId: string;
  readonly taskId: string;
  /** The download folder that its parts were found under. */
  readonly folder: string;
  readonly progress: Map<number, DownloadProgress>;
}

/** Looks for interrupted downloads that no process is carrying on. Folders are absolute paths. */
export async function findInterrupted(folders: readonly string[]): Promise<InterruptedTask[]> {
  const tasks = new Map<string, InterruptedTask>();
  for (const folder of folders) {
    for (const part of await findParts(folder)) {
      if (part.ownerLives) continue;
      const { accountId, taskId } = part;
      const key = `${accountId}/${taskId}`;
      const task = tasks.get(key) ?? { accountId, taskId, folder, progress: new Map() };
      tasks.set(key, task);
      task.progress.set(part.fileIndex, progressOf(part));
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
    ...(total === undefined ? {} : { totalBytes: total }),
  };
}
