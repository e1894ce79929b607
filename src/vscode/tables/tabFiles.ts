import { fileURLToPath } from "node:url";
import { exportSourceOf, stillDownloading } from "../../query/host/exportSourceOf.ts";
import type { FileReference, OpenFiles } from "../../table/file/openFiles.ts";
import { JoinedFiles } from "../../table/parts/joinedFiles.ts";
import type { OpenedTable, ViewedFile } from "../../table/tableReader.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import { mostParts } from "../parts/partsDocument.ts";
import { partsAddressIn, taskOfParts } from "../parts/partsUri.ts";
import { downloadedFiles } from "../parts/taskFilesOnDisk.ts";
import type { QueryableFile, QueryableFiles } from "../query/queryRunner.ts";
import type { TableEditors } from "../tableEditor/tableEditors.ts";
import { growingAt } from "../tableEditor/unfinishedSource.ts";
import { problemError } from "./tableQueries.ts";

export interface TabFilesParts {
  readonly files: OpenFiles;
  readonly editors: Pick<TableEditors, "readingOf" | "partReadingOf">;
  readonly unfinished: UnfinishedFiles;
  readonly history: Pick<DownloadHistory, "ofTask">;
}

/** Files for queries. One that is open in a tab is read as the tab reads it, and so shares its index. */
export class TabFiles implements QueryableFiles {
  readonly #parts: TabFilesParts;

  constructor(parts: TabFilesParts) {
    this.#parts = parts;
  }

  open(path: string): QueryableFile {
    const address = partsAddressIn(path);
    const task = address === undefined ? undefined : taskOfParts(address);
    if (task !== undefined) return this.#openParts(path, downloadedFiles(this.#parts.history, task));
    if (isUnfinished(path, this.#parts.unfinished)) return unfinishedFile;
    const reference = this.#open(path, this.#parts.editors.readingOf(path));
    return queryable(reference.file, () => reference.dispose());
  }

  /** The same files as in the table of all parts, joined in the same way. */
  #openParts(uri: string, records: readonly { readonly name: string; readonly uri: string }[]): QueryableFile {
    const { editors, unfinished } = this.#parts;
    const opened = records
      .slice(0, mostParts)
      .map(({ name, uri: fileUri }) => ({ name, path: fileURLToPath(fileUri) }));
    if (opened.some(({ path }) => isUnfinished(path, unfinished))) return unfinishedFile;
    const parts = opened.map(({ name, path }) => {
      const reference = this.#open(path, editors.partReadingOf(uri, path));
      return { name, path, file: reference.file, reference };
    });
    const joined = new JoinedFiles(parts);
    return queryable(joined, () => {
      joined.dispose();
      for (const { reference } of parts) reference.dispose();
    });
  }

  #open(path: string, readAs: ReturnType<TableEditors["readingOf"]>): FileReference {
    return this.#parts.files.open({ path, growing: false, readAs });
  }
}

/** Whether a file is being downloaded, or its download hasn't ended yet. */
export function isUnfinished(path: string, unfinished: UnfinishedFiles): boolean {
  return growingAt(path, unfinished) !== undefined;
}

const unfinishedFile: QueryableFile = {
  columns: () => Promise.reject(stillDownloading()),
  source: () => Promise.reject(stillDownloading()),
  dispose: () => undefined,
};

function queryable(file: ViewedFile & { settled(): Promise<OpenedTable> }, dispose: () => void): QueryableFile {
  return {
    columns: async () => {
      const opened = await file.settled();
      if (opened.kind === "problem") throw problemError(opened.problem);
      return opened.shape.columns;
    },
    source: async (signal) => {
      const opened = await file.settled();
      if (opened.kind === "problem") throw problemError(opened.problem);
      return exportSourceOf(file, signal);
    },
    dispose,
  };
}
