import { exportSourceOf } from "../../query/host/exportSourceOf.ts";
import type { OpenFiles } from "../../table/file/openFiles.ts";
import type { QueryableFile, QueryableFiles } from "../query/queryRunner.ts";
import type { TableEditors } from "../tableEditor/tableEditors.ts";
import { problemError } from "./tableQueries.ts";

/** Files for queries. One that is open in a tab is read as the tab reads it, and so shares its index. */
export class TabFiles implements QueryableFiles {
  readonly #files: OpenFiles;
  readonly #editors: Pick<TableEditors, "readingOf">;

  constructor(files: OpenFiles, editors: Pick<TableEditors, "readingOf">) {
    this.#files = files;
    this.#editors = editors;
  }

  open(path: string): QueryableFile {
    const reference = this.#files.open({ path, growing: false, readAs: this.#editors.readingOf(path) });
    const { file } = reference;
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
      dispose: () => reference.dispose(),
    };
  }
}
