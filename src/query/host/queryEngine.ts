import { ExportError } from "../../model/exportError.ts";
import type { RowOrder } from "../../table/view/rowOrder.ts";
import type { ColumnProfile, QueryResult } from "../../model/queryContract.ts";
import type {
  Answered,
  ArrangeRequest,
  ColumnValuesRequest,
  ProfileRequest,
  QueryRequest,
  SaveResultRequest,
  SaveRowsRequest,
} from "../engineMessages.ts";
import type { CountedValues } from "../statements/columnValues.ts";
import { parquetNeedsEngine } from "../queryErrors.ts";
import { type CallOptions, EngineHost, type EngineHostParts } from "./engineHost.ts";
import { type EngineProcess, type ProgressListener, withProgress } from "./engineProcess.ts";
import { EngineOrder } from "./engineOrder.ts";

export interface ProfileOptions extends CallOptions {
  /** Called with each profile as soon as it is ready. */
  readonly onProfile?: ((column: number, profile: ColumnProfile) => void) | undefined;
}

export interface SaveOptions extends ProgressListener {
  readonly signal: AbortSignal;
}

/** What the extension asks the engine for: sorting, filtering and SQL. */
export class QueryEngine {
  readonly host: EngineHost;

  constructor(parts: EngineHostParts) {
    this.host = new EngineHost(parts);
  }

  /** Why there is no engine in this installation; undefined if there is one. */
  get missing(): ExportError | undefined {
    return this.host.missing;
  }

  /**
   * Sorts and filters the rows of an export.
   *
   * @throws ExportError `engineMissing`, `engineFailed`, `queryTooLarge`, `diskFull`, `fileChanged`, `cancelled`;
   * `invalidRequest` for an unknown column or a value that the column can't be compared with
   */
  arrange(request: ArrangeRequest, options: CallOptions): Promise<RowOrder> {
    return EngineOrder.create(this.host, request, options);
  }

  /**
   * Runs one statement that only reads. `elapsedMs` includes extracting the columns.
   *
   * @throws ExportError `badQuery` (`details.position`, `details.candidates`), `queryRefused`, and as `arrange`
   */
  async query(request: QueryRequest, { signal, onProgress }: CallOptions): Promise<QueryResult> {
    const work = this.host.nextNumber();
    const answer = await this.host.use(
      (process) =>
        withProgress(process, work, { onProgress }, () => process.ask("query", { ...request, work }, signal)),
      signal,
    );
    return resultOf(answer);
  }

  /**
   * Writes a view to a Parquet file. When this is settled, well or badly, nothing writes to the file any more.
   *
   * @returns the number of rows
   * @throws ExportError as `arrange`
   */
  saveRows(request: SaveRowsRequest, options: SaveOptions): Promise<number> {
    return this.#write(options, (process, work) => process.ask("saveRows", { ...request, work }, options.signal));
  }

  /** The same for the result of a statement, in any format. @throws ExportError as `query` */
  async saveResult(request: SaveResultRequest, options: SaveOptions): Promise<number> {
    return this.#write(options, async (process, work) =>
      resultOf(await process.ask("saveResult", { ...request, work }, options.signal)),
    );
  }

  /**
   * Writes the rows of a Parquet file as JSON Lines. The file `target` may exist, and is overwritten.
   *
   * @throws ExportError `engineMissing`, `truncated` if the file is incomplete or damaged, `engineFailed`, `queryTooLarge`,
   * `diskFull`, `cancelled`
   */
  async readParquet(file: string, target: string, signal: AbortSignal): Promise<number> {
    const { missing } = this;
    if (missing !== undefined) throw parquetNeedsEngine(missing);
    return this.#write({ signal }, (process, work) => process.ask("readParquet", { file, target, work }, signal));
  }

  /** A statement that a person can run as a query of the export, and that answers the view. @throws ExportError as `arrange` */
  viewSql(request: Omit<SaveRowsRequest, "target">, { signal, onProgress }: CallOptions): Promise<string> {
    const work = this.host.nextNumber();
    return this.host.use(
      (process) =>
        withProgress(process, work, { onProgress }, () => process.ask("viewSql", { ...request, work }, signal)),
      signal,
    );
  }

  #write(options: SaveOptions, ask: (process: EngineProcess, work: number) => Promise<number>): Promise<number> {
    const work = this.host.nextNumber();
    return this.host.use(async (process) => {
      try {
        return await withProgress(process, work, options, () => ask(process, work));
      } catch (error) {
        // A request that is canceled is rejected before the engine has stopped. If its process has ended, nothing writes.
        await process.ask("written", { work }).catch(() => undefined);
        throw error;
      }
    }, options.signal);
  }

  /** What can follow at a place of a statement. */
  complete(sql: string, position: number, signal: AbortSignal): Promise<readonly { text: string; from: number }[]> {
    return this.host.use((process) => process.ask("complete", { sql: sql.slice(0, position) }, signal), signal);
  }

  /**
   * Says what columns contain: types, counts, ranges, frequent values.
   *
   * @throws ExportError as `arrange`
   */
  async profile(
    request: ProfileRequest,
    { signal, onProgress, onProfile }: ProfileOptions,
  ): Promise<readonly ColumnProfile[]> {
    const work = this.host.nextNumber();
    return this.host.use(async (process) => {
      const listening = process.on("profiled", ({ column, profile, ...told }) => {
        if (told.work === work) onProfile?.(column, profile);
      });
      try {
        return await withProgress(process, work, { onProgress }, () =>
          process.ask("profile", { ...request, work }, signal),
        );
      } finally {
        listening.dispose();
      }
    }, signal);
  }

  /**
   * The different values of a column, the most frequent first.
   *
   * @throws ExportError as `arrange`
   */
  columnValues(request: ColumnValuesRequest, signal: AbortSignal): Promise<CountedValues> {
    return this.host.use((process) => process.ask("columnValues", request, signal), signal);
  }

  dispose(): void {
    this.host.dispose();
  }
}

/** @throws ExportError what is wrong with the statement */
function resultOf<Result>(answer: Answered<Result>): Result {
  if (answer.kind === "result") return answer.result;
  throw new ExportError(answer.code, answer.message, { details: answer.details });
}
