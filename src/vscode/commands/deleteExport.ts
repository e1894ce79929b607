import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { t } from "@vscode/l10n";
import { formattedPath } from "../../format/formatJson.ts";
import { unpackedPath } from "../../format/unpackGzip.ts";
import { exportChanged, notDownloadedHere, notOurFile } from "../../model/fileErrors.ts";
import type { ExportError } from "../../model/exportError.ts";
import { type Caller, isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { DownloadedExport } from "../downloads/downloadHistory.ts";
import type { CheckedFile } from "../downloads/ownFiles.ts";
import { removeOwnFile } from "../downloads/removal/ownFileRemoval.ts";
import { askOwnExports, type ExportQuestionParts, type OwnExport } from "../prompts/askExport.ts";
import { confirm } from "../prompts/confirm.ts";
import { withStatusBarProgress } from "../surfaces/surfaces.ts";
import { exportReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

type DeleteParts = ExportQuestionParts & Pick<CommandParts, "ownFiles" | "ownFolders" | "columnFiles">;

/**
 * Deletes a file that this extension downloaded. The service keeps the export, so it can be downloaded again. A file
 * that existed before is never deleted, and one that has changed only if a person confirms exactly that.
 */
export function deleteExport(parts: DeleteParts): CommandDefinition<"taskExports.deleteExport"> {
  return {
    argument: exportReference,
    async run(reference, { caller }) {
      const all = await checkAll(parts, await askOwnExports(parts, reference, notDownloadedHere));
      const there = all.filter(({ checked: { found } }) => found !== "missing");
      const deleted = await confirmed(there, caller);
      for (const each of all) {
        if (deleted.includes(each) || !there.includes(each)) await removeOwnFile(each.record, each.checked, parts);
      }
      return undefined;
    },
  };
}

/** A downloaded file, and what is on the disk of it. */
interface CheckedExport extends OwnExport {
  readonly checked: CheckedFile;
}

async function checkAll(parts: DeleteParts, own: readonly OwnExport[]): Promise<readonly CheckedExport[]> {
  const all: CheckedExport[] = [];
  for (const each of own) all.push({ ...each, checked: await check(parts, each.record) });
  return all;
}

/** The files on the disk that are to be deleted. What is no longer there is not asked about. */
async function confirmed(there: readonly CheckedExport[], caller: Caller): Promise<readonly CheckedExport[]> {
  const [first, ...others] = there;
  if (first === undefined) return [];
  if (others.length > 0) return confirmDeletions(there, caller);
  await confirmDeletion(first, caller);
  return there;
}

function check({ ownFiles }: DeleteParts, record: DownloadedExport): Thenable<CheckedFile> {
  const never = new AbortController().signal;
  return withStatusBarProgress(t("Checking {0}", record.name), () => ownFiles.check(record, never));
}

/** @throws ExportError `invalidRequest`, `fileChanged` if the file must not be deleted; `cancelled` */
async function confirmDeletion(
  { uri: { fsPath }, record: { name }, checked }: CheckedExport,
  caller: Caller,
): Promise<void> {
  switch (checked.found) {
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

/**
 * Asks once for all files of a task. Files that must not be deleted without a question of their own are kept, and named
 * if nothing else is left to delete.
 *
 * @returns the files to delete
 * @throws ExportError for a program, and if all files are kept: `invalidRequest`, `fileChanged`; `cancelled`
 */
async function confirmDeletions(all: readonly CheckedExport[], caller: Caller): Promise<readonly CheckedExport[]> {
  const kept = all.filter(({ checked: { found } }) => found === "changed" || found === "existedBefore");
  const deleted = all.filter((each) => !kept.includes(each));
  const [firstKept] = kept;
  if (firstKept !== undefined && (deleted.length === 0 || !isInteractive(caller))) throw mustStay(firstKept);
  const [first] = deleted;
  if (first === undefined || !isInteractive(caller)) return deleted;
  const gone = t("The files are deleted from {0}. You can download them again from the service.", foldersOf(deleted));
  const detail = kept.length === 0 ? gone : `${gone} ${keptInWords(kept)}`;
  await confirm(questionAbout(deleted, all), detail, t("Delete"));
  return deleted;
}

function questionAbout(deleted: readonly CheckedExport[], all: readonly CheckedExport[]): string {
  const [taskId, ...others] = new Set(all.map(({ record }) => record.taskId));
  const isWhole = deleted.length === all.length;
  if (taskId === undefined || others.length > 0) {
    return isWhole
      ? t("Delete {0} downloaded files?", all.length)
      : t("Delete {0} of {1} downloaded files?", deleted.length, all.length);
  }
  return isWhole
    ? t("Delete {0} downloaded files of task {1}?", all.length, taskId)
    : t("Delete {0} of {1} downloaded files of task {2}?", deleted.length, all.length, taskId);
}

function foldersOf(files: readonly CheckedExport[]): string {
  return [...new Set(files.map(({ uri }) => dirname(uri.fsPath)))].join(", ");
}

function keptInWords(kept: readonly CheckedExport[]): string {
  const names = kept.map(({ record }) => record.name).join(", ");
  return t("Changed files and files that existed before are kept: {0}", names);
}

function mustStay({ uri: { fsPath }, checked }: CheckedExport): ExportError {
  return checked.found === "changed" ? exportChanged(fsPath) : notOurFile(fsPath);
}

/** Whether a copy that was formatted or unpacked from an export is still beside it. */
function hasCopy(path: string): boolean {
  return [formattedPath(path), unpackedPath(path)].some((copy) => copy !== path && existsSync(copy));
}
