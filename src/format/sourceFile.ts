import type { FileHandle } from "node:fs/promises";
import { t } from "@vscode/l10n";
import { openChosenFile } from "../disk/ordinaryFile.ts";
import { ExportError } from "../model/exportError.ts";
import { systemCode } from "../model/systemCode.ts";

/**
 * Opens the file that another file is made from. Pipes and devices are never opened, because reading them may not end.
 *
 * @throws ExportError `fileMissing` if it can't be read, or is no ordinary file
 */
export async function openSource(path: string): Promise<FileHandle> {
  try {
    return await openChosenFile(path);
  } catch (error) {
    const message =
      error instanceof ExportError
        ? t("Couldn't open {0} because it is not a file. Download it again.", path)
        : t("Couldn't open {0} ({1}). Download it again.", path, systemCode(error) ?? "?");
    throw new ExportError("fileMissing", message, { details: { path }, cause: error });
  }
}
