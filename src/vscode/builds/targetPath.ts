import { basename, dirname, isAbsolute, resolve } from "node:path";
import { t } from "@vscode/l10n";
import { isBelow } from "../../disk/folders.ts";
import { invalidArgument } from "../../model/accountErrors.ts";

/** Where the file of a build goes. */
export interface TargetPath {
  readonly path: string;
  readonly folder: string;
  readonly name: string;
  /** The workspace folder that it must stay in. Undefined for an absolute path, which can be anywhere. */
  readonly workspace: string | undefined;
}

/**
 * Resolves the target of a build. A relative path belongs to the workspace folder and never leaves it.
 *
 * @param workspace the absolute path of the workspace folder, if there is one
 * @throws ExportError `invalidRequest`
 */
export function targetPath(target: string, workspace: string | undefined): TargetPath {
  if (isAbsolute(target)) return parts(resolve(target), undefined);
  if (workspace === undefined) {
    throw invalidArgument(t("target is relative, and no folder is open. Open a folder, or use an absolute path."));
  }
  const path = resolve(workspace, target);
  if (!isBelow(workspace, path)) {
    throw invalidArgument(t("target leaves the workspace folder. Use a path inside of it, or an absolute path."));
  }
  return parts(path, workspace);
}

function parts(path: string, workspace: string | undefined): TargetPath {
  return { path, folder: dirname(path), name: basename(path), workspace };
}
