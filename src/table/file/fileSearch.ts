import { ExportError } from "../../model/exportError.ts";
import { t } from "@vscode/l10n";
import type { TableListener } from "../tableReader.ts";
import type { FindPattern, FindProgress, FoundMatch, Match } from "../tableTypes.ts";
import type { FindThread } from "../worker/findThread.ts";
import type { SearchedFile } from "../worker/tableMessages.ts";

/** What a search needs from the file that it searches. */
export interface SearchableFile {
  listen(listener: TableListener): { dispose(): void };
  /** Throws `invalidRequest` for a file without rows. */
  searched(): SearchedFile;
  /** Beginnings of rows, which make a search faster. Empty if there are none. */
  landmarks(): Promise<Float64Array>;
  /**
   * Maps column indexes of the search to those of the file. `names` are the columns that the search knows. JSON records
   * add columns as they are read, so the search may know them in another order, or know some that are new to the file.
   * Those are added.
   */
  columnIndexes(names: readonly string[]): Promise<(index: number) => number>;
}

/** Searches one file for one user, one pattern at a time. A search ends when the file is read again. */
export class FileSearch {
  readonly #file: SearchableFile;
  readonly #thread: FindThread;
  readonly #listening: { dispose(): void };
  #isSearching = false;
  #rereads = 0;

  constructor(file: SearchableFile, thread: FindThread) {
    this.#file = file;
    this.#thread = thread;
    this.#listening = file.listen({
      onGrowth: (change) => this.#thread.grew(change),
      onReread: () => {
        this.#rereads += 1;
        this.end();
      },
    });
  }

  /** @throws ExportError `invalidRequest` for a broken regular expression and for a file without rows */
  begin(pattern: FindPattern): Promise<FindProgress> {
    this.#isSearching = true;
    return this.#thread.begin(async () => {
      const landmarks = await this.#file.landmarks();
      return { ...this.#file.searched(), landmarks };
    }, pattern);
  }

  /**
   * The nearest match after or before a cell, in file order. Undefined if there is none, or if no search is running.
   */
  async next(from: Match, direction: "next" | "previous", signal: AbortSignal): Promise<FoundMatch | undefined> {
    if (!this.#isSearching) return undefined;
    const { found, columns } = await this.#thread.next(from, direction, signal);
    if (found === null) return undefined;
    const indexOf = await this.#file.columnIndexes(columns);
    return { ...found, column: indexOf(found.column) };
  }

  /**
   * Every match in file order, read only as fast as they are consumed.
   *
   * @throws ExportError as `begin`, and `fileChanged` if the file is read again meanwhile
   */
  async *all(pattern: FindPattern, signal: AbortSignal): AsyncIterable<readonly Match[]> {
    const begunAt = this.#rereads;
    for await (const { matches, columns } of this.#thread.all(this.#file.searched(), pattern, signal)) {
      if (this.#rereads !== begunAt) throw rereadMeanwhile();
      const indexOf = await this.#file.columnIndexes(columns);
      yield matches.map(({ row, column }) => ({ row, column: indexOf(column) }));
    }
  }

  end(): void {
    this.#isSearching = false;
    void this.#thread.end();
  }

  dispose(): void {
    this.#listening.dispose();
    this.end();
  }
}

function rereadMeanwhile(): ExportError {
  return new ExportError("fileChanged", t("The file was read again while it was searched. Search again."));
}
