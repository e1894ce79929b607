import { homedir } from "node:os";
import { isAbsolute, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { unusableFolder } from "../../model/fileErrors.ts";
import { readSetting } from "../settings.ts";

/**
 * The download folder as an absolute path: the requested one (path or file URI), or that of the setting, or the
 * extension's own storage.
 *
 * @throws ExportError `notWritable` if the requested one is not an absolute path
 */
export function downloadFolder(requested: string | undefined, ownStorage: string): string {
  const chosen = requested ?? readSetting("downloadFolder").trim();
  if (chosen === "") return join(ownStorage, "exports");
  const path = expand(chosen);
  if (!isAbsolute(path)) throw unusableFolder(chosen);
  return normalize(path);
}

function expand(folder: string): string {
  if (folder.startsWith("file:")) return pathOfUri(folder);
  return folder === "~" || folder.startsWith("~/") ? join(homedir(), folder.slice(1)) : folder;
}

function pathOfUri(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    // A URI that is not a path on this computer. The caller rejects it.
    return "";
  }
}
