import path from "node:path";
import { isBelow } from "../../disk/folders.ts";
import { Arrangements } from "../../query/host/arrangements.ts";
import type { EngineLimits, EnginePrograms } from "../../query/host/engineHost.ts";
import { QueryEngine } from "../../query/host/queryEngine.ts";
import { OpenFiles } from "../../table/file/openFiles.ts";
import type { ReadParquet } from "../../table/unpack/parquetUnpacker.ts";
import { UnpackFolder } from "../../table/unpack/unpackFolder.ts";
import type { TablePrograms } from "../../table/worker/hostedThread.ts";
import type { ReadAs } from "../../table/tableTypes.ts";
import type { QueryableFiles, QueryRunner } from "../query/queryRunner.ts";
import { resultReading } from "../query/resultText.ts";
import { readSetting } from "../settings.ts";
import type { StoredState } from "../storedState.ts";
import { Owner } from "../disposables.ts";
import { ViewSaver } from "../saving/viewSaver.ts";
import { TableEditors, type TableEditorsParts } from "../tableEditor/tableEditors.ts";
import { TableState } from "../tableEditor/tableState.ts";
import { TabFiles } from "./tabFiles.ts";
import { ExportQueries } from "./exportQueries.ts";
import { TableProfiles } from "./tableProfiles.ts";
import { problemError, TableQueries } from "./tableQueries.ts";
import { ViewSaves } from "./viewSaves.ts";

export interface TablesParts extends Pick<TableEditorsParts, "unfinished" | "history" | "log" | "gridFolder"> {
  readonly programs: TablePrograms;
  readonly stored: StoredState;
  readonly enginePrograms: EnginePrograms;
  readonly engineLimits: () => EngineLimits;
  /** The extension's own folder for all workspaces. */
  readonly ownStorage: string;
  /** Where the results of queries are, as files that only tables read. */
  readonly resultsFolder: string;
}

/** Open files, and who shows them: the editor's tabs and the API's queries. */
export class Tables extends Owner {
  readonly editors: TableEditors;
  readonly queries: TableQueries;
  readonly sql: ExportQueries;
  /** What SQL reads, and who runs it. */
  readonly queryable: QueryableFiles;
  readonly runner: QueryRunner;
  readonly profiles: TableProfiles;
  readonly saves: ViewSaves;
  readonly saver: ViewSaver;
  readonly engine: QueryEngine;
  readonly #files: OpenFiles;

  constructor({ programs, enginePrograms, engineLimits, stored, ownStorage, resultsFolder, ...parts }: TablesParts) {
    super();
    const { unfinished, history } = parts;
    const engine = this.own(
      new QueryEngine({
        programs: enginePrograms,
        workFolder: new UnpackFolder(path.join(ownStorage, "query", "work")),
        cacheFolder: path.join(ownStorage, "query", "cache"),
        limits: engineLimits,
      }),
    );
    // The content of gzip and Parquet files is kept while a table shows it.
    const unpackFolder = new UnpackFolder(path.join(ownStorage, "unpacked"));
    const readParquet: ReadParquet = (from, to, signal) => engine.readParquet(from, to, signal);
    const files = this.own(new OpenFiles(programs, unpackFolder, readParquet));
    const state = this.own(new TableState(stored));
    const isResult = (path: string): boolean => isBelow(resultsFolder, path);
    const readAs = (path: string): ReadAs => (isResult(path) ? resultReading : {});
    this.editors = this.own(new TableEditors({ ...parts, files, state, engine, readAs, isResult }));
    this.queryable = new TabFiles({ files, editors: this.editors, unfinished, history });
    this.runner = engine;
    this.sql = new ExportQueries({ files, engine, unfinished, usualMaxRows: () => readSetting("query.maxRows") });
    const saver = new ViewSaver({ engine, problemError });
    this.saves = new ViewSaves(files, saver, parts.log);
    this.saver = saver;
    this.engine = engine;
    this.queries = new TableQueries(files, this.own(new Arrangements(engine)));
    this.profiles = new TableProfiles(files, engine);
    this.#files = files;
  }

  /** Whether anybody reads a file right now. */
  isUsed(path: string): boolean {
    return this.#files.isUsed(path);
  }
}
