import { stat } from "node:fs/promises";
import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import { OpenFile } from "../../table/file/openFile.ts";
import { fileColumn } from "../../table/parts/joinedColumns.ts";
import { JoinedFiles } from "../../table/parts/joinedFiles.ts";
import { fileChanged } from "../../table/source/fileProblem.ts";
import type { ViewedFile } from "../../table/tableReader.ts";
import type { Column } from "../../table/tableTypes.ts";
import type { ExportSource, SourceField, SourcePart } from "../exportSource.ts";
import { folderName } from "./columnFiles.ts";

/**
 * Describes an open file, or several joined ones, for the engine. Waits until all rows are indexed.
 *
 * @throws ExportError `invalidRequest` while a file is being downloaded, and if there are no rows; `fileChanged`,
 * `fileMissing`, `cancelled`
 */
export async function exportSourceOf(file: ViewedFile, signal: AbortSignal): Promise<ExportSource> {
  if (file instanceof OpenFile) return sourceOfFile(file, signal);
  if (file instanceof JoinedFiles) return sourceOfJoined(file, signal);
  throw new TypeError("Not a file that the engine can read.");
}

async function sourceOfFile(file: OpenFile, signal: AbortSignal): Promise<ExportSource> {
  if (file.spec.growing) throw stillDownloading();
  const { rows } = await file.indexed(Infinity, signal);
  const searched = { ...file.searched(), landmarks: await file.landmarks() };
  const { columns, reading } = searched.division;
  const { path } = file.spec;
  const { ino, size, mtimeMs } = await stat(path).catch((cause: unknown) => {
    throw fileChanged(path, cause);
  });
  const identity = [ino, size, mtimeMs, reading, columns.map(({ name }) => name)];
  const fields = columns.map((_, index): SourceField => ({ kind: "field", index }));
  return { key: keyOf(path, identity), parts: [{ file: searched, rows, fields }], columns, rows };
}

async function sourceOfJoined(joined: JoinedFiles, signal: AbortSignal): Promise<ExportSource> {
  const parts: SourcePart[] = [];
  const keys: string[] = [];
  const columns = await columnsOf(joined);
  for (const { name, file, inPart } of joined.joinedParts) {
    const { key, parts: own, rows } = await exportSourceOf(file, signal);
    const fieldOf = (_: Column, column: number): SourceField => {
      if (column === fileColumn) return { kind: "text", text: name };
      const index = inPart(column);
      return index === undefined ? { kind: "missing" } : { kind: "field", index };
    };
    for (const part of own) parts.push({ ...part, rows, fields: columns.map(fieldOf) });
    keys.push(key);
  }
  const [first = ""] = keys;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  // With the first file, what is kept of all is removed.
  const key = `${first.split("/", 1)[0] ?? ""}/${folderName(JSON.stringify(keys))}`;
  return { key, parts, columns, rows };
}

async function columnsOf(joined: JoinedFiles): Promise<readonly Column[]> {
  const opened = await joined.settled();
  if (opened.kind === "table") return opened.shape.columns;
  throw new ExportError("invalidRequest", t("This file is not shown as a table, so it has no rows to take."));
}

function keyOf(path: string, identity: readonly unknown[]): string {
  return `${folderName(path)}/${folderName(JSON.stringify(identity))}`;
}

/** Its rows aren't all there yet, so an answer about them would be wrong. */
export function stillDownloading(): ExportError {
  return new ExportError(
    "invalidRequest",
    t("The file is still being downloaded. It can be sorted, filtered and queried when it is complete."),
  );
}
