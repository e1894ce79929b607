import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { formattedPath } from "../../format/formatJson.ts";
import { unpackedPath } from "../../format/unpackGzip.ts";
import { exportChanged, notOurFile } from "../../model/fileErrors.ts";
import { type Caller, isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { DownloadedExport } from "../downloads/downloadHistory.ts";
import type { CheckedFile } from "../downloads/ownFiles.ts";
import { askOwnExport, type ExportQuestionParts } from "../prompts/askExport.ts";
import { confirm } from "../prompts/confirm.ts";
import { withStatusBarProgress } from "../surfaces/surfaces.ts";
import { fileReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

type DeleteParts = ExportQuestionParts & Pick<CommandParts, "ownFiles">;

/**
 * Deletes a file that this extension downloaded. The service keeps the export, so it can be downloaded again. A file
 * that existed before is never deleted, and one that has changed only if a person confirms exactly that.
 */
export function deleteExport(parts: DeleteParts): CommandDefinition<"taskExports.deleteExport"> {
  return {
    argument: fileReference,
    async run({ uri: named }, { caller }) {
      const { uri, record } = await askOwnExport(parts, named);
      const checked = await check(parts, record);
      await confirmDeletion(uri, record, checked, caller);
      if (checked.found !== "missing") await deleteChecked(uri, checked);
      parts.history.remove(record);
      return undefined;
    },
  };
}

function check({ ownFiles }: DeleteParts, record: DownloadedExport): Thenable<CheckedFile> {
  const never = new AbortController().signal;
  return withStatusBarProgress(t("Checking {0}", record.name), () => ownFiles.check(record, never));
}

/** @throws ExportError `invalidRequest`, `fileChanged` if the file must not be deleted; `cancelled` */
async function confirmDeletion(
  { fsPath }: vscode.Uri,
  { name }: DownloadedExport,
  { found }: CheckedFile,
  caller: Caller,
): Promise<void> {
  switch (found) {
    case "missing":
      return;
    case "existedBefore":
      throw notOurFile(fsPath);
    case "changed": {
      if (!isInteractive(caller)) throw exportChanged(fsPath);
      const detail = t("{0} is not the downloaded file: it was changed or replaced. You can't undo this.", fsPath);
      await confirm(t("{0} has changed. Delete it anyway?", name), detail, t("Delete Changed File"));
      return;
    }
    case "downloaded": {
      if (!isInteractive(caller)) return;
      const deleted = t("The file is deleted from {0}. You can download it again from the service.", dirname(fsPath));
      const detail = hasCopy(fsPath) ? `${deleted} ${t("Its formatted or unpacked copy is kept.")}` : deleted;
      await confirm(t("Delete {0}?", name), detail, t("Delete"));
    }
  }
}

/** Whether a copy that was formatted or unpacked from an export is still beside it. */
function hasCopy(path: string): boolean {
  return [formattedPath(path), unpackedPath(path)].some((copy) => copy !== path && existsSync(copy));
}

/** The question may have been open for a long time. @throws ExportError `fileChanged` */
async function deleteChecked(uri: vscode.Uri, checked: CheckedFile): Promise<void> {
  if (!(await checked.isUntouched())) throw exportChanged(uri.fsPath);
  await vscode.workspace.fs.delete(uri);
}
