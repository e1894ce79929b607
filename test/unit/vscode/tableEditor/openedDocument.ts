import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Memento } from "vscode";
import { OpenFiles } from "../../../../src/table/file/openFiles.ts";
import type { TableShape } from "../../../../src/table/tableTypes.ts";
import { rowNumber } from "../../../../src/table/view/rowIdentity.ts";
import { UnfinishedFiles } from "../../../../src/vscode/downloads/unfinishedFiles.ts";
import { type FileUri, TableDocument, type TaskFile } from "../../../../src/vscode/tableEditor/document.ts";
import type { DocumentView } from "../../../../src/vscode/tableEditor/shownDocument.ts";
import { TableState } from "../../../../src/vscode/tableEditor/tableState.ts";
import type { TableNotice } from "../../../../src/webview/table/messages.ts";
import { tablePrograms } from "../../table/file/tablePrograms.ts";

/** A folder with a table's document for a file in it, closed when the test ends. */
export interface OpenedDocument {
  readonly folder: string;
  readonly path: string;
  readonly unfinished: UnfinishedFiles;
  readonly document: TableDocument;
  /** What the document sent, in order. */
  readonly shapes: TableShape[];
  readonly notices: (TableNotice | undefined)[];
  readonly views: DocumentView[];
  readonly placedElsewhere: string[];
}

export interface Prepared {
  readonly folder: string;
  readonly path: string;
  readonly unfinished: UnfinishedFiles;
  readonly files: OpenFiles;
  /** The tasks' files that were downloaded, by URI. */
  readonly downloadedFiles: Map<string, TaskFile>;
  readonly open: (path?: string) => OpenedDocument;
}

export async function prepare(test: TestContext, name = "export.csv"): Promise<Prepared> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-document-"));
  const path = join(folder, name);
  const unfinished = new UnfinishedFiles();
  const files = new OpenFiles(tablePrograms);
  const documents: TableDocument[] = [];
  const downloadedFiles = new Map<string, TaskFile>();
  test.after(async () => {
    for (const document of documents) document.dispose();
    files.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  const open = (opened = path): OpenedDocument => {
    const placedElsewhere: string[] = [];
    const document = new TableDocument(fileUri(opened), {
      files,
      unfinished,
      state: new TableState(noMemento),
      taskFileAt: (uri) => downloadedFiles.get(uri),
      onPlacedElsewhere: (place) => void placedElsewhere.push(place),
    });
    documents.push(document);
    const told: Pick<OpenedDocument, "shapes" | "notices" | "views"> = { shapes: [], notices: [], views: [] };
    document.listen({
      onShape: (shape) => told.shapes.push(shape),
      onNotice: (notice) => told.notices.push(notice),
      onView: (view) => told.views.push(view),
    });
    return { folder, path: opened, unfinished, document, placedElsewhere, ...told };
  };
  return { folder, path, unfinished, files, downloadedFiles, open };
}

/** First cells of the file's rows. */
export async function firstCells({ document }: OpenedDocument): Promise<string[]> {
  const { rows } = await document.file.rows({ from: rowNumber(0), count: 1000 }, new AbortController().signal);
  return rows.map(({ cells }) => cells[0] ?? "");
}

/** What kind of table or problem a view shows. */
export function contentOf({ content }: DocumentView): string {
  return content.kind === "table" ? "table" : content.problem.kind;
}

/** Waits until something is true. The test's own time limit applies. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await sleep(10);
}

function fileUri(path: string): FileUri {
  return { fsPath: path, toString: () => pathToFileURL(path).href };
}

export const noMemento: Memento = {
  keys: () => [],
  get: <T>(_key: string, fallback?: T) => fallback as T,
  update: () => Promise.resolve(),
};
