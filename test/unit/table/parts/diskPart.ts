import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { Listeners } from "../../../../src/channel/listeners.ts";
import { IndexedTable } from "../../../../src/table/document/indexedTable.ts";
import { openText } from "../../../../src/table/document/openText.ts";
import type { Part } from "../../../../src/table/parts/part.ts";
import type { RowSearch, TableListener, ViewedFile } from "../../../../src/table/tableReader.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { summarizeRows } from "../../../../src/table/summary/summarizeRows.ts";
import type { FindPattern, Match, ReadAs } from "../../../../src/table/tableTypes.ts";
import { MatchStream, RunningSearch } from "../../../../src/table/worker/runningSearch.ts";

/** A file on disk, read in this thread; indexed when the test says so, or when somebody waits for it. */
export class DiskPart implements Part {
  readonly name: string;
  readonly path: string;
  readonly file: ViewedFile;
  readonly #scanner = createPlainScanner();
  readonly #listeners = new Listeners<(listener: TableListener) => void>();
  #table: IndexedTable | undefined;
  #version = 0;
  #failsSearch = false;

  constructor(folder: string, name: string, content: string | Uint8Array | undefined) {
    this.name = name;
    this.path = path.join(folder, name);
    if (content !== undefined) writeFileSync(this.path, content);
    this.file = this.#read({});
  }

  /** Indexes the whole file. */
  index(): void {
    while (this.#table?.step(1 << 20) === true);
    const progress = this.#table?.progress;
    if (progress !== undefined) this.#listeners.tell((listener) => listener.onProgress?.(progress));
  }

  /** Indexes the first bytes of a file. Returns how many rows they have. */
  indexBeginning(): number {
    this.#table?.step(1);
    return this.#table?.progress.indexedRows ?? 0;
  }

  /** Lets every search of the file fail from now on, as when the file is gone. */
  failSearch(): void {
    this.#failsSearch = true;
  }

  /** Reads the file in another way. */
  reread(readAs: ReadAs): void {
    Object.assign(this.file, { opened: this.#open(readAs) });
    this.#listeners.tell((listener) => listener.onReread?.());
  }

  #open(readAs: ReadAs): ViewedFile["opened"] {
    const opened = openText({ path: this.path, growing: false, readAs }, this.#scanner);
    if (opened.kind === "problem") return Promise.resolve(opened);
    const table = new IndexedTable(opened.text, opened.head, { version: ++this.#version, growing: false });
    this.#table = table;
    return Promise.resolve({ kind: "table", shape: table.shape, progress: table.progress });
  }

  #read(readAs: ReadAs): ViewedFile {
    const opened = this.#open(readAs);
    const table = (): IndexedTable => {
      if (this.#table === undefined) throw new Error(`${this.name} is not a table.`);
      return this.#table;
    };
    const progressOf = (): ViewedFile["progress"] => this.#table?.progress;
    return {
      opened,
      get progress() {
        return progressOf();
      },
      listen: (listener) => this.#listeners.add((tell) => tell(listener)),
      rows: (request) => {
        const before = table().columnsVersion;
        const rows = table().rows(request);
        if (table().columnsVersion !== before) this.#listeners.tell((listener) => listener.onShape?.(table().shape));
        return Promise.resolve(rows);
      },
      rowsAt: (request) => {
        this.index();
        return Promise.resolve(table().rowsAt(request) ?? assert.fail(`${this.name} doesn't have these rows.`));
      },
      cell: (cell) => Promise.resolve(table().cell(cell)),
      record: (row) => Promise.resolve(table().record(row)),
      summarize: (request) => summarizeRows(table(), request, () => Promise.resolve()),
      lineOf: (row) => Promise.resolve(row + 1),
      indexed: () => {
        this.index();
        return Promise.resolve(table().progress);
      },
      startSearch: (onProgress) => this.#search(table, onProgress),
    };
  }

  async *#all(table: IndexedTable, pattern: FindPattern, signal: AbortSignal): AsyncIterable<readonly Match[]> {
    const { division } = table.text;
    const stream = new MatchStream({ path: this.path, division }, pattern, this.#scanner);
    for (let done = false; !done;) {
      const batch = await stream.take(signal);
      yield batch.matches;
      ({ done } = batch);
    }
    stream.end();
  }

  #search(table: () => IndexedTable, onProgress: Parameters<ViewedFile["startSearch"]>[0]): RowSearch {
    let running: RunningSearch | undefined;
    let search = 0;
    const end = (): void => {
      running?.end();
      running = undefined;
    };
    return {
      begin: (pattern) =>
        Promise.resolve().then(() => {
          end();
          if (this.#failsSearch) throw new Error("The file is gone.");
          const { division } = table().text;
          const file = { path: this.path, division };
          running = new RunningSearch(file, pattern, { scanner: this.#scanner, search: ++search, onProgress });
          running.run().catch(() => undefined);
          return running.progress;
        }),
      next: (from, direction, signal) => running?.next(from, direction, signal) ?? Promise.resolve(undefined),
      all: (pattern, signal) => this.#all(table(), pattern, signal),
      end,
      dispose: end,
    };
  }
}
