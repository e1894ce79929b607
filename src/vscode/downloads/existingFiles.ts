import type { FileExistsChoice } from "../../model/contract.ts";
import { fileExists } from "../../model/fileErrors.ts";
import type { DecideExisting } from "./download.ts";

/**
 * How a download decides about existing files: according to the request or the setting, or by asking. If it can't ask,
 * it fails with `fileExists`.
 */
export function decideAs(choice: FileExistsChoice, ask?: DecideExisting): DecideExisting {
  if (choice !== "ask") return (paths) => Promise.resolve(paths.map(() => choice));
  return ask ?? (([path = ""]) => Promise.reject(fileExists(path)));
}
