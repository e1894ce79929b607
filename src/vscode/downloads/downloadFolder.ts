import { homedir } from "node:os";
import { isAbsolute, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { unusableFolder } from "../../model/fileErrors.ts";
import { readSetting } from "../settings.ts";

/**
 * The folder that a download goes to, as an absolute path: the one asked for (path or file URI), else the
 * setting's, else the extension's own storage.
 *
 * @throws ExportError `notWritable` when the one asked for is no absolute path
 */
export function downloadFolder(asked: string | undefined, ownStorage: string): string {
  const chosen = asked ?? readSetting("downloadFolder").trim();
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
    // What Node can't turn into a path is no folder here; the caller's sentence says so.
    return "";
  }
}
