import type { FileExistsChoice } from "../../model/contract.ts";
import { fileExists } from "../../model/fileErrors.ts";
import type { FileExists } from "./download.ts";

/**
 * How a download decides about existing files: according to the request or the setting, or by asking. If it can't ask,
 * it fails with `fileExists`.
 */
export function decideAs(choice: FileExistsChoice, ask?: FileExists): FileExists {
  if (choice !== "ask") return () => Promise.resolve(choice);
  return ask ?? (([path = ""]) => Promise.reject(fileExists(path)));
}
