import { homedir } from "node:os";
import { isAbsolute, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { unusableFolder } from "../../model/fileErrors.ts";
import { readSetting } from "../settings.ts";

/**
 * Returns the absolute path of the download folder. Without a request, the setting applies. If the setting is empty, the
 * folder is in the extension's own storage.
 *
 * @param requested a path or file URI
 * @throws ExportError `notWritable` if the folder is not an absolute path
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
