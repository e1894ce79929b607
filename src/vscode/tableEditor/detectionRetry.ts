import type { SourceGrowth } from "../../table/document/tableSpec.ts";
import type { OpenFile } from "../../table/file/openFile.ts";
import type { TableProblem } from "../../table/tableTypes.ts";

/** Problems that may disappear when more of the file has arrived. */
const mayBecomeTable = new Set<TableProblem["kind"]>(["empty", "missing", "jsonText", "brokenJson"]);

/** Reads a file that isn't a table yet again whenever its size has doubled, and when it is complete. */
export class DetectionRetry {
  readonly #file: Pick<OpenFile, "spec" | "settled" | "listen">;
  readonly #reread: (source: Required<SourceGrowth>) => Promise<void>;
  readonly #listening: { dispose(): void };
  /** Bytes that were there the last time. */
  #triedBytes: number;
  /** Growth that was not looked at yet. */
  #newest: Required<SourceGrowth> | undefined;

  constructor(
    file: Pick<OpenFile, "spec" | "settled" | "listen">,
    reread: (source: Required<SourceGrowth>) => Promise<void>,
  ) {
    this.#file = file;
    this.#reread = reread;
    this.#triedBytes = file.spec.size ?? 0;
    this.#listening = file.listen({
      onReread: () => {
        this.#triedBytes = file.spec.size ?? 0;
      },
    });
  }

  async grew(growth: Required<SourceGrowth>): Promise<void> {
    const isUnderWay = this.#newest !== undefined;
    this.#newest = growth;
    while (!isUnderWay && this.#newest !== undefined) {
      const newest: Required<SourceGrowth> = this.#newest;
      const opened = await this.#file.settled();
      if (this.#newest !== newest) continue;
      if (opened.kind === "problem" && this.#mayHelp(opened.problem, newest)) await this.#reread(newest);
      if (this.#newest === newest) this.#newest = undefined;
    }
  }

  #mayHelp({ kind }: TableProblem, { size, growing }: Required<SourceGrowth>): boolean {
    // An archive is read only as a whole.
    if (!growing) return kind === "gzip" || kind === "parquet" || mayBecomeTable.has(kind);
    return mayBecomeTable.has(kind) && size >= 2 * this.#triedBytes;
  }

  dispose(): void {
    this.#listening.dispose();
  }
}
