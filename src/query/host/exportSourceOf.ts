import { stat } from "node:fs/promises";
import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import { fileChanged } from "../../table/source/fileProblem.ts";
import type { OpenFile } from "../../table/file/openFile.ts";
import type { ExportSource } from "../exportSource.ts";
import { folderName } from "./columnFiles.ts";

/**
 * Describes an open file for the engine. Waits until the whole file is indexed.
 *
 * @throws ExportError `invalidRequest` while the file is being downloaded, and if it has no rows; `fileChanged`,
 * `fileMissing`, `cancelled`
 */
export async function exportSourceOf(file: OpenFile, signal: AbortSignal): Promise<ExportSource> {
  if (file.spec.growing) throw stillDownloading();
  const { rows } = await file.indexed(Infinity, signal);
  const searched = { ...file.searched(), landmarks: await file.landmarks() };
  const { columns, reading } = searched.division;
  const { path } = file.spec;
  const { ino, size, mtimeMs } = await stat(path).catch((cause: unknown) => {
    throw fileChanged(path, cause);
  });
  const identity = [ino, size, mtimeMs, reading, columns.map(({ name }) => name)];
  const fields = columns.map((_, index) => ({ kind: "field" as const, index }));
  return {
    key: `${folderName(path)}/${folderName(JSON.stringify(identity))}`,
    parts: [{ file: searched, rows, fields }],
    columns,
    rows,
  };
}

function stillDownloading(): ExportError {
  return new ExportError(
    "invalidRequest",
    t("The file is still being downloaded. It can be sorted, filtered and queried when it is complete."),
  );
}
