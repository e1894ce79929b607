import { OpenFiles } from "../../table/file/openFiles.ts";
import { UnpackFolder } from "../../table/unpack/unpackFolder.ts";
import type { TablePrograms } from "../../table/worker/hostedThread.ts";
import type { StoredState } from "../storedState.ts";
import { Owner } from "../disposables.ts";
import { TableEditors, type TableEditorsParts } from "../tableEditor/tableEditors.ts";
import { TableState } from "../tableEditor/tableState.ts";
import { TableQueries } from "./tableQueries.ts";

export interface TablesParts extends Pick<TableEditorsParts, "unfinished" | "history" | "log" | "gridFolder"> {
  readonly programs: TablePrograms;
  readonly stored: StoredState;
  /** Where the content of gzip files is kept while a table shows it. */
  readonly unpackedFolder: string;
}

/** Open files, and who shows them: the editor's tabs and the API's queries. */
export class Tables extends Owner {
  readonly editors: TableEditors;
  readonly queries: TableQueries;
  readonly #files: OpenFiles;

  constructor({ programs, stored, unpackedFolder, ...parts }: TablesParts) {
    super();
    const files = this.own(new OpenFiles(programs, new UnpackFolder(unpackedFolder)));
    const state = this.own(new TableState(stored));
    this.editors = this.own(new TableEditors({ ...parts, files, state }));
    this.queries = new TableQueries(files);
    this.#files = files;
  }

  /** Whether anybody reads a file right now. */
  isUsed(path: string): boolean {
    return this.#files.isUsed(path);
  }
}
