import { unlink } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { exportChanged } from "../../../model/fileErrors.ts";
import { systemCode } from "../../../model/systemCode.ts";
import type { DownloadedExport, DownloadHistory } from "../downloadHistory.ts";
import type { CheckedFile } from "../ownFiles.ts";
import type { ColumnFiles } from "../../../query/host/columnFiles.ts";
import type { OwnFolders } from "../ownFolders.ts";

export interface RemovalParts {
  readonly history: Pick<DownloadHistory, "remove">;
  readonly ownFolders: Pick<OwnFolders, "removeEmptyAround">;
  readonly columnFiles: Pick<ColumnFiles, "forget">;
}

/**
 * Deletes a downloaded file, forgets it, and removes the columns that queries kept of it, and the folder of its task if
 * it was the last file in it. Whether the file may be deleted was decided before.
 *
 * @throws ExportError `fileChanged` if something has touched the file since it was checked; errors of the file system
 */
export async function removeOwnFile(
  record: DownloadedExport,
  checked: CheckedFile,
  { history, ownFolders, columnFiles }: RemovalParts,
): Promise<void> {
  const path = fileURLToPath(record.uri);
  if (!(await checked.isUntouched())) throw exportChanged(path);
  if (checked.found !== "missing") await unlinkIfThere(path);
  history.remove(record);
  await ownFolders.removeEmptyAround(path);
  await columnFiles.forget(path);
}

/** Another window may delete the same file. */
async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}
