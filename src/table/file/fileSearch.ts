import { ExportError } from "../../model/exportError.ts";
import { t } from "@vscode/l10n";
import type { TableListener } from "../tableReader.ts";
import type { FindPattern, FindProgress, FoundMatch, Match } from "../tableTypes.ts";
import type { FindThread } from "../worker/findThread.ts";
import type { SearchedFile } from "../worker/tableMessages.ts";

/** What a search has to know of the file that it searches. */
export interface SearchableFile {
  listen(listener: TableListener): { dispose(): void };
  /** Throws `invalidRequest` for a file without rows. */
  searched(): SearchedFile;
  /**
   * The index that a column has here, by its index in a list of names. JSON records bring columns as they are read, so a
   * search may know them in another order, and some that are new here: those are added.
   */
  columnIndexes(names: readonly string[]): Promise<(index: number) => number>;
}

/** Searches one file for one user of it, one pattern after the other. A search ends when the file is read again. */
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
    return this.#thread.begin(this.#file.searched(), pattern);
  }

  /** The nearest match after or before a place, in file order; undefined when there is none at all, or no search. */
  async next(from: Match, direction: "next" | "previous", signal: AbortSignal): Promise<FoundMatch | undefined> {
    if (!this.#isSearching) return undefined;
    const { found, columns } = await this.#thread.next(from, direction, signal);
    if (found === null) return undefined;
    const indexOf = await this.#file.columnIndexes(columns);
    return { ...found, column: indexOf(found.column) };
  }

  /**
   * Every match in file order, read only as fast as they are taken.
   *
   * @throws ExportError as `begin`, and `fileChanged` when the file is read again meanwhile
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
