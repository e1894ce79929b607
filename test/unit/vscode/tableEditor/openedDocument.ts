import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Memento } from "vscode";
import { createTableReader } from "../../../../src/table/worker/threadReader.ts";
import { UnfinishedFiles } from "../../../../src/vscode/downloads/unfinishedFiles.ts";
import { type DocumentEvents, type FileUri, TableDocument } from "../../../../src/vscode/tableEditor/document.ts";
import { TableState } from "../../../../src/vscode/tableEditor/tableState.ts";
import type { TableView } from "../../../../src/webview/table/messages.ts";

const worker = (name: string): URL => new URL(`../../../../src/table/worker/${name}.ts`, import.meta.url);
/** No compiled scanner: plain code gives the same answers. */
const programs = {
  tableWorker: worker("tableWorker"),
  findWorker: worker("findWorker"),
  scanner: new URL("none.wasm", import.meta.url),
};

/** A folder with a table's document for a file in it, closed when the test ends. */
export interface OpenedDocument {
  readonly folder: string;
  readonly path: string;
  readonly unfinished: UnfinishedFiles;
  readonly document: TableDocument;
  /** What the document told, by name, in order. */
  readonly told: Told[];
  readonly placedElsewhere: string[];
}

export type Told = {
  [Name in keyof DocumentEvents]: { name: Name; event: DocumentEvents[Name] };
}[keyof DocumentEvents];

export interface Prepared {
  readonly folder: string;
  readonly path: string;
  readonly unfinished: UnfinishedFiles;
  readonly open: (path?: string) => OpenedDocument;
}

export async function prepare(test: TestContext, name = "export.csv"): Promise<Prepared> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-document-"));
  const path = join(folder, name);
  const unfinished = new UnfinishedFiles();
  const documents: TableDocument[] = [];
  test.after(async () => {
    for (const document of documents) document.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  const open = (opened = path): OpenedDocument => {
    const placedElsewhere: string[] = [];
    const told: Told[] = [];
    const document = new TableDocument(fileUri(opened), {
      createReader: (spec) => createTableReader(spec, programs),
      unfinished,
      state: new TableState(noMemento),
      onPlacedElsewhere: (place) => void placedElsewhere.push(place),
    });
    documents.push(document);
    document.listen((eventName, event) => void told.push({ name: eventName, event } as Told));
    return { folder, path: opened, unfinished, document, told, placedElsewhere };
  };
  return { folder, path, unfinished, open };
}

/** First cells of the rows from a place on. */
export async function firstCells({ document }: OpenedDocument, from: number | "last" = 0): Promise<string[]> {
  const { rows } = await document.reader.rows({ from, count: 1000 }, new AbortController().signal);
  return rows.map(({ cells }) => cells[0] ?? "");
}

/** What kind of table or problem a view shows. */
export function contentOf({ content }: TableView): string {
  return content.kind === "table" ? "table" : content.problem.kind;
}

/** Waits until something holds; the time limit is the test's own. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await sleep(10);
}

function fileUri(path: string): FileUri {
  return { fsPath: path, toString: () => pathToFileURL(path).href };
}

const noMemento: Memento = {
  keys: () => [],
  get: <T>(_key: string, fallback?: T) => fallback as T,
  update: () => Promise.resolve(),
};
