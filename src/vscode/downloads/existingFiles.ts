import type { FileExistsChoice } from "../../model/contract.ts";
import { fileExists } from "../../model/fileErrors.ts";
import type { FileExists } from "./download.ts";

/** Whether a path has the file of an earlier download of the same task. */
export type IsOwn = (path: string, signal: AbortSignal) => Promise<boolean>;

const neverOwn: IsOwn = () => Promise.resolve(false);

/**
 * How a download decides about existing files: according to the request or the setting, or by asking. If it can't ask,
 * it fails with `fileExists`. A choice to replace files that was made in advance doesn't apply to a path that only the
 * response names, unless the task's own file has it.
 */
export function decideAs(choice: FileExistsChoice, ask?: FileExists, isOwn = neverOwn): FileExists {
  if (choice === "ask") return ask ?? (([path = ""]) => Promise.reject(fileExists(path)));
  return async (paths, signal, namedBy) => {
    if (choice !== "overwrite" || namedBy !== "response") return choice;
    return Promise.all(paths.map(async (path) => ((await isOwn(path, signal)) ? "overwrite" : "keepBoth")));
  };
}
